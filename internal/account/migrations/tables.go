package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "people", Kind: "person", Title: "Name and address", Holds: "Everybody who is known here, by name and address.",
	Subject: Person("id"), Keep: Account, Since: "created_at",
	Columns: Columns{
		Key:      {"id", "disabled_in"},
		Personal: {"given_name", "middle_names", "family_name", "email", "sort_name", "search_text"},
		Work:     {"created_at", "disabled_at"},
		Plain:    {"version"},
	},
	Stub: map[string]string{"given_name": "Erased", "middle_names": "", "family_name": "person", "sort_name": "person erased", "search_text": ""},
}, {
	Name: "memberships", Title: "Roles", Holds: "Who has which role in which organisation, from when to when.",
	Org: "org_id", Subject: Person("person_id"), Keep: Account, Since: "ends_on",
	Columns: Columns{Key: {"id", "person_id", "org_id"}, Work: {"role", "starts_on", "ends_on", "last_used_at"}},
}, {
	Name: "sign_in_links", Title: "Sign-in links", Holds: "Links that let somebody in once; only their hashes.",
	Org: "org_id", Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Secret: {"token_hash"}, Key: {"person_id", "org_id"}, Plain: {"purpose"},
		Work: {"made_at", "expires_at", "used_at"}},
}, {
	Name: "sessions", Title: "Where signed in", Holds: "Who is signed in, as what, and on which kind of device.",
	Org: "org_id", Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Secret: {"token_hash", "form_key"}, Key: {"id", "person_id", "org_id"},
		Work: {"role", "made_at", "last_seen_at", "expires_at", "how", "also", "proved_at"}, Personal: {"device"}},
	Labels: map[string]string{"how": "Came in with", "also": "Second step"},
}, {
	Name: "sign_in_attempts", Title: "Requests for links", Holds: "How often links were asked for, counted by keyed hashes of addresses.",
	Subject: Nobody, Keep: Passing, Since: "at",
	Columns: Columns{Key: {"id"}, Secret: {"address_hash", "client_hash"}, Work: {"at"}},
}, {
	Name: "account_keys", Title: "Keys of the service", Holds: "The secret with which the service signs and counts.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Plain: {"name", "made_at"}, Secret: {"value"}},
}, {
	Name: "setup_codes", Title: "Codes for the first administrator", Holds: "The code for the first administrator; only its hash.",
	Org: "org_id", Subject: Nobody, Keep: Service,
	Columns: Columns{Secret: {"code_hash"}, Plain: {"made_at", "expires_at", "used_at"}, Key: {"org_id"}},
}}
