package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "equality_answers", Title: "Equality answers", Holds: "What NQSWs said of themselves for equality figures; no employer sees it.",
	Subject: Person("person_id"), Keep: Record, Since: "answered_on", Alone: true,
	Columns: Columns{Key: {"person_id"}, Work: {"answered_on"}, Plain: {"version"},
		Special: {"sex", "gender_same", "gender_identity", "ethnic_group", "ethnic_background", "ethnic_detail", "disability"}},
}}
