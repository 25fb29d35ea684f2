package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "uploads", Kind: "upload", Title: "Spreadsheets", Holds: "Spreadsheets that were checked and await a decision, and what became of them.",
	Org: "org_id", Subject: Nobody, Keep: Passing, Since: "expires_at",
	Columns: Columns{Key: {"id", "org_id", "person_id"},
		Plain: {"status", "rows_total", "rows_new", "rows_changed", "rows_same", "rows_wrong", "version"},
		Work:  {"made_at", "expires_at", "ended_at"}, Personal: {"file_name"}, Special: {"content", "left_out"}},
	Also: []Mention{{Column: "person_id"}},
}}
