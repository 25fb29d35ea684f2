package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "held_forms", Title: "Forms that wait", Holds: "Forms that wait for a proof of presence, or for their writer to sign in again; sealed with a key that only their browser has.",
	Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Key: {"id", "person_id", "session_id"}, Secret: {"sealed"}, Work: {"made_at", "expires_at"}},
}}
