package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "jobs", Kind: "job", Title: "Jobs", Holds: "Work that waits to be done by the service itself.",
	Subject: Nobody, Keep: Passing, Since: "finished_at",
	Columns: Columns{Key: {"id", "dedupe"}, Plain: {"kind", "run_at", "attempts", "created_at", "finished_at", "failed_at"},
		Personal: {"payload", "last_error"}},
}}
