package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "mail_outbox", Kind: "message", Title: "Mail", Holds: "Mail that waits to be sent; its text is forgotten once it is.",
	Subject: Address("recipient"), Keep: Passing, Since: "created_at",
	Columns: Columns{Key: {"id"}, Personal: {"recipient", "subject", "last_error"}, Secret: {"body"},
		Plain: {"created_at", "sent_at", "failed_at", "attempts", "next_at"}},
}}
