package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "asked_questions", Kind: "question", Title: "Questions asked of the figures", Holds: "Who asked which question of the figures, and whether it was answered.",
	Org: "org_id", Subject: Person("person_id"), Keep: Account, Since: "asked_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "person_id", "org_id"}, Work: {"asked_at"}, Plain: {"programme", "question", "refusal"}},
}}
