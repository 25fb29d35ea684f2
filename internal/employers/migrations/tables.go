package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "organisations", Kind: "organisation", Title: "Organisations", Holds: "Employers and the national body, with whom to write to.",
	Org: "id", Subject: Nobody, Keep: Service,
	Columns: Columns{
		Key:      {"id"},
		Plain:    {"code", "name", "type", "region", "ons_code", "opened_on", "closed_on", "search_text", "version"},
		Personal: {"contact_name", "contact_email", "contact_phone", "director_name", "director_email"},
	},
}, {
	Name: "organisation_successions", Title: "Successors", Holds: "Which employer followed which.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id", "predecessor_id", "successor_id"}, Plain: {"happened_on", "kind", "recorded_at"}},
}}
