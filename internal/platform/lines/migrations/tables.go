package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "audit_pending", Title: "Lines that wait", Holds: "Lines of the audit trail that wait for their number in the chain.",
	Subject: Nobody, Keep: Passing,
	Columns: Columns{Key: {"line_id"}},
}, {
	Name: "person_keys", Title: "Keys of people", Holds: "The keys with which the audit trail is sealed, one for each person; erasure destroys them.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"id", "person_id"}, Secret: {"sealed"}, Plain: {"made_at"}},
}}
