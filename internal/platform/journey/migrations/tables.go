package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "journey_drafts", Title: "Unfinished forms", Holds: "Forms of several pages that somebody has begun.",
	Org: "org_id", Subject: Person("person_id"), Keep: Passing, Since: "updated_at",
	Columns: Columns{Key: {"id", "person_id", "org_id", "subject"}, Plain: {"journey", "updated_at", "version"}, Special: {"answers"}},
}}
