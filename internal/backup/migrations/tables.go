package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "backups", Kind: "backup", Title: "Backups", Holds: "Which backups were made, where they are, and which failed.",
	Subject: Nobody, Keep: Passing, Since: "started_at",
	Columns: Columns{Key: {"id"}, Plain: {"way", "state", "place", "started_at", "ended_at", "size_bytes", "rows_total", "failure"}},
}, {
	Name: "backup_alarms", Title: "Alarms about backups", Holds: "Since when the last good backup was too old, or the shipped log behind, and when that was told.",
	Subject: Nobody, Keep: Passing, Since: "began_at",
	Columns: Columns{Key: {"id"}, Plain: {"about", "began_at", "told_at", "ended_at"}},
}}
