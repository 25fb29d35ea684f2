package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "directory_accounts", Title: "Directory accounts", Holds: "Which account of an organisation's own directory is whose, so that they can sign in with it.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"id", "person_id"}, Plain: {"issuer", "connected_by"}, Personal: {"subject", "shown_as"},
		Work: {"connected_at", "last_used_at"}},
}, {
	Name: "directory_visits", Title: "Visits to a directory", Holds: "Visits to a directory that have ended; only their hashes, for an hour.",
	Subject: Nobody, Keep: Passing, Since: "ended_at",
	Columns: Columns{Secret: {"state_hash"}, Work: {"ended_at"}},
}}
