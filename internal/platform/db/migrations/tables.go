package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "audit_lines", Title: "Audit trail", Holds: "The audit trail: who changed or read what, when and why.",
	Org: "org_id", Subject: Nobody, Keep: Trail, Since: "recorded_at",
	Columns: Columns{Key: {"id", "org_id", "actor_id", "actor_org_id", "on_behalf_of", "subject_id"},
		Plain:   {"recorded_at", "actor_kind", "actor_role", "what", "reading", "subject_kind", "effective_on", "mark"},
		Special: {"before", "after", "reason"}},
}, {
	Name: "form_tokens", Title: "Forms that were sent", Holds: "Forms that were sent, so that none has its effect twice.",
	Subject: Nobody, Keep: Passing, Since: "spent_at",
	Columns: Columns{Secret: {"token"}, Plain: {"spent_at", "location"}},
}, {
	Name: "turns", Title: "Turns", Holds: "Whose turn it is, while a change is made.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"key"}},
}, {
	Name: "schema_needs", Title: "What a program must know", Holds: "The migrations that a program must know to use this database.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Plain: {"migration"}},
}}
