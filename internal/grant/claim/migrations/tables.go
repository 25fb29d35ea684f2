package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make. What was paid for somebody stays when
// they are erased, without their name and what was known of their year: money
// that was spent has to be accounted for.
var Tables = []Table{{
	Name: "grant_claims", Kind: "claim", Title: "Claims of grants", Holds: "What an employer asked a funder for in one go, and how far that has come.",
	Org: "org_id", Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id", "org_id"}, Plain: {"reference", "scheme", "state", "left_out", "scheme_hash", "content_hash", "pence", "drafted_at", "signed_at",
		"submitted_at", "answered_at", "version"}},
}, {
	Name: "grant_claim_acts", Title: "Who claimed what", Holds: "Who drafted, signed, submitted or answered a claim.",
	Subject: Person("person_id"), Keep: Account, Since: "acted_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "claim_id", "person_id"}, Work: {"act", "acted_at"}, Plain: {"content_hash", "note"}},
}, {
	Name: "grant_lines", Kind: "payment", Title: "Payments claimed", Holds: "One payment that an employer has claimed for an NQSW, with the facts that it rested on.",
	Org: "org_id", Subject: Person("person_id"), Keep: Record,
	Columns: Columns{Key: {"id", "claim_id", "org_id", "person_id", "enrolment_id"}, Plain: {"programme", "scheme", "milestone", "pence", "payment", "recovery", "standing", "version"},
		Work: {"event_on"}, Personal: {"shown"}, Special: {"facts", "reasons", "payment_reason", "recovery_reason"}},
	Stub: map[string]string{"facts": "{}", "reasons": "[]", "shown": "[]", "payment_reason": "Erased", "recovery_reason": "Erased"},
}, {
	Name: "grant_clashes", Kind: "clash", Title: "Payments that two employers claim", Holds: "That a second employer wants a payment, why, and how it was settled.",
	Org: "org_id", Subject: Through("enrolment_id", "enrolments"), Keep: Record,
	Columns: Columns{Key: {"id", "line_id", "org_id", "enrolment_id", "person_id"}, Plain: {"decision", "version"}, Work: {"raised_at", "decided_at"}, Personal: {"reason", "decided_why"}},
	Also:    []Mention{{Column: "person_id"}},
}, {
	Name: "grant_late_requests", Kind: "late_request", Title: "Requests to claim late", Holds: "What missed a deadline, why an employer asks for it all the same, and the answer.",
	Org: "org_id", Subject: Through("enrolment_id", "enrolments"), Keep: Record,
	Columns: Columns{Key: {"id", "org_id", "enrolment_id", "person_id"}, Plain: {"scheme", "milestone", "answer", "version"}, Work: {"asked_at", "answered_at"}, Personal: {"reason", "answer_why"}},
	Also:    []Mention{{Column: "person_id"}},
}, {
	Name: "grant_conditions", Kind: "condition", Title: "Conditions of grants", Holds: "That an employer has done what a scheme asks for, with the document that shows it.",
	Org: "org_id", Subject: Person("person_id"), Keep: Account, Since: "confirmed_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "org_id", "person_id"}, Plain: {"scheme", "condition", "file_name", "document"}, Work: {"confirmed_at"}},
}}
