package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "audit_leaves", Title: "Chain of the audit trail", Holds: "The chain of the audit trail: the hash of each line, by its number.",
	Subject: Nobody, Keep: Trail,
	Columns: Columns{Key: {"line_id"}, Plain: {"number", "hashes"}},
}, {
	Name: "audit_checkpoints", Title: "Checkpoints", Holds: "Signed statements of how long the chain was, one for each day.",
	Subject: Nobody, Keep: Trail, Since: "signed_at",
	Columns: Columns{Plain: {"day", "size", "note", "signed_at"}},
}, {
	Name: "audit_origin", Title: "Origin of the audit trail", Holds: "The public half of the key with which the chain is signed.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Plain: {"name", "verifier", "first_line", "since"}},
}}
