package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "sign_in_tries", Title: "Tries to sign in", Holds: "Tries at codes and passwords, counted by keyed hashes of accounts and networks.",
	Subject: Nobody, Keep: Passing, Since: "at",
	Columns: Columns{Key: {"id"}, Secret: {"subject_hash", "client_hash"}, Work: {"at"}, Plain: {"own", "got_in"}},
}}
