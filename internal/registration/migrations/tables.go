package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "nqsws", Title: "Details as an NQSW", Holds: "What is known of an NQSW beyond name and address.",
	Subject: Person("person_id"), Keep: Record,
	Columns: Columns{Key: {"person_id"}, Plain: {"version"},
		Personal: {"date_of_birth", "regulator_number", "added_to_register_on", "qualification", "qualified_year", "entry_route",
			"entry_route_other"},
		Work: {"invited_at", "confirmed_at"}},
}, {
	Name: "employments", Title: "Employers", Holds: "With whom an NQSW was employed, from when to when.",
	Org: "org_id", Subject: Person("person_id"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "person_id", "org_id"}, Work: {"starts_on", "ends_on"}},
}, {
	Name: "enrolments", Kind: "enrolment", Title: "Registrations", Holds: "The registration of an NQSW on a programme, with one employer.",
	Org: "org_id", Subject: Person("person_id"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "person_id", "org_id"}, Plain: {"version"}, Personal: {"reference"},
		Work: {"programme", "programme_version", "cohort", "starts_on", "ends_on", "due_on", "team", "funded", "recorded_at"}},
	Labels: map[string]string{"cohort": "Cohort, by its first year", "due_on": "Last day of the year", "funded": "Funded (1 or true for yes)"},
}, {
	Name: "working_patterns", Title: "Hours", Holds: "The hours that an NQSW works.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "enrolment_id"}, Work: {"starts_on", "ends_on", "hours", "full_time_hours"}},
	Labels:  map[string]string{"hours": "Hours a week, in hundredths", "full_time_hours": "Full-time hours a week, in hundredths"},
}, {
	Name: "pauses", Title: "Pauses", Holds: "When and why a year stood still, which may tell of health or of a family.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "enrolment_id"}, Work: {"starts_on", "ends_on", "expected_return_on", "recorded_at"},
		Special: {"reason", "note"}},
	Asked: []string{"note"},
}, {
	Name: "coordinator_allocations", Title: "Coordinators", Holds: "Which coordinator looks after a registration.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "enrolment_id", "person_id"}, Work: {"starts_on", "ends_on"}},
	Also:    []Mention{{Column: "person_id"}},
}, {
	Name: "assessor_allocations", Title: "Assessors", Holds: "Who assesses an NQSW.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "ends_on",
	Columns: Columns{Key: {"id", "enrolment_id", "person_id"}, Work: {"starts_on", "ends_on"},
		Personal: {"assessor_name", "assessor_email"}},
	Others: []string{"assessor_name", "assessor_email"},
	Also:   []Mention{{Column: "person_id", Texts: map[string]string{"assessor_name": "Erased person", "assessor_email": ""}}},
}, {
	Name: "extensions", Title: "Extensions", Holds: "By how much and why a year was made longer.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "approved_on",
	Columns: Columns{Key: {"id", "enrolment_id"}, Work: {"months", "days", "approved_on", "recorded_at", "undone_at"},
		Personal: {"approver"}, Special: {"reason", "note", "undone_reason"}},
	Asked: []string{"note"}, Others: []string{"approver"},
}, {
	Name: "eligibility_evidence", Title: "Answers on eligibility", Holds: "What was answered when the registration was judged, and by which rules.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record,
	Columns: Columns{Key: {"enrolment_id"}, Personal: {"evidence"}, Work: {"recorded_at"}},
}, {
	Name: "register_checks", Title: "Checks of the regulator’s register", Holds: "What the regulator's register said of a number.",
	Subject: Person("person_id"), Keep: Record, Since: "checked_on",
	Columns: Columns{Key: {"id", "person_id"}, Personal: {"number", "registered_name"}, Special: {"result"},
		Work: {"checked_on", "source", "recorded_at"}},
}, {
	Name: "outcomes", Title: "Outcomes", Holds: "How a year ended, and whether there were concerns.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record, Since: "decided_on",
	Columns: Columns{Key: {"id", "enrolment_id"}, Work: {"decided_on", "told_on", "recorded_at", "undone_at"},
		Special: {"result", "reason", "concerns", "note", "undone_reason"}},
	Asked: []string{"concerns", "note", "undone_reason"},
}, {
	Name: "transfers", Kind: "transfer", Title: "Moves", Holds: "Moves from one employer to another, and what was disputed.",
	Org: "from_org_id", Subject: Through("enrolment_id", "enrolments"), Keep: Record,
	Columns: Columns{Key: {"id", "enrolment_id", "from_org_id", "to_org_id"}, Plain: {"version"},
		Work:    {"leaves_on", "joins_on", "status", "reported_at", "claimed_at", "confirmed_at", "recorded_at"},
		Special: {"dispute", "resolution"}},
	Asked: []string{"dispute"},
}, {
	Name: "duplicates", Kind: "duplicate", Title: "Possible duplicates", Holds: "Two records that may be one person, and what was decided.",
	Subject: Person("person_id"), Keep: Record,
	Columns: Columns{Key: {"id", "person_id", "other_id", "decided_by"}, Plain: {"why", "decision"},
		Work: {"found_at", "decided_at"}, Personal: {"note"}},
	Asked: []string{"note"}, Others: []string{"note"},
	Also: []Mention{{Column: "other_id", Equally: true}, {Column: "decided_by"}},
}}
