package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "grant_confirmations", Kind: "confirmed_rule", Title: "Confirmed rules of grants", Holds: "Which rules of a grant, assumed until then, were confirmed with the funder, by whom and how.",
	Subject: Person("person_id"), Keep: Account, Since: "confirmed_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "person_id"}, Plain: {"scheme", "rule", "said", "note"}, Work: {"confirmed_at"}},
}}
