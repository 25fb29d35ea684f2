package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make. Statements and the ledger are the
// service's own accounts: they name nobody but through the lines of claims.
var Tables = []Table{{
	Name: "grant_batches", Kind: "batch", Title: "Batches of payments", Holds: "Statements that are authorised and paid in one go.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id"}, Plain: {"reference", "scheme", "state", "content_hash", "pence", "statements", "prepared_at", "paid_on", "version"}},
}, {
	Name: "grant_batch_acts", Title: "Who authorised what", Holds: "Who prepared, approved, paid or discarded a batch of payments.",
	Subject: Person("person_id"), Keep: Account, Since: "acted_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "batch_id", "person_id"}, Work: {"act", "acted_at"}, Plain: {"content_hash"}},
}, {
	Name: "grant_statements", Kind: "statement", Title: "Statements", Holds: "What an employer is paid of a scheme in one go.",
	Org: "org_id", Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id", "org_id", "batch_id"}, Plain: {"reference", "scheme", "number", "state", "pence", "content_hash", "opened_at", "closed_at", "paid_on", "version"}},
}, {
	Name: "grant_items", Title: "What is on statements", Holds: "Each payment, recovery and adjustment on a statement.",
	Org: "org_id", Subject: Nobody, Keep: Service, Also: []Mention{{Column: "person_id"}},
	Columns: Columns{Key: {"id", "statement_id", "org_id", "line_id", "person_id"}, Plain: {"kind", "pence", "effective_on", "recorded_at"}, Personal: {"reason"}},
}, {
	Name: "grant_entries", Title: "The ledger of grants", Holds: "What money went from which account to which, and for what.",
	Org: "org_id", Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id", "org_id", "item_id", "statement_id"}, Plain: {"scheme", "debit", "credit", "pence", "effective_on", "recorded_at"}},
}, {
	Name: "grant_estimates", Kind: "estimate", Title: "Estimates", Holds: "How many NQSWs an employer expects in a year.",
	Org: "org_id", Subject: Nobody, Keep: Service, Also: []Mention{{Column: "person_id"}},
	Columns: Columns{Key: {"id", "org_id", "person_id"}, Plain: {"scheme", "number", "given_at", "accepted_at", "version"}},
}, {
	Name: "grant_remittances", Kind: "remittance", Title: "Money received", Holds: "What arrived at an employer’s bank, and which statement it is for.",
	Org: "org_id", Subject: Nobody, Keep: Service, Also: []Mention{{Column: "person_id"}},
	Columns: Columns{Key: {"id", "org_id", "statement_id", "person_id"}, Plain: {"received_on", "pence", "recorded_at", "version"}, Personal: {"bank_text", "settled_note"}},
}, {
	Name: "grant_budgets", Kind: "budget", Title: "Budgets of grants", Holds: "What there is to spend on a scheme.",
	Subject: Nobody, Keep: Service, Also: []Mention{{Column: "person_id"}},
	Columns: Columns{Key: {"id", "person_id"}, Plain: {"scheme", "pence", "set_at", "version"}},
}}
