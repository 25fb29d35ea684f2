package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make. What a release was counted from is told
// to nobody, like a secret: what is told of it is in the release. It has no
// subject: it is numbers of people, of whole cohorts, and stays when somebody is
// erased (PUB-9).
var Tables = []Table{{
	Name: "record_keys", Title: "Record keys", Holds: "A random number for each registration, from which the noise of figures is made. It is never told.",
	Subject: Through("enrolment_id", "enrolments"), Keep: Record,
	Columns: Columns{Key: {"enrolment_id"}, Secret: {"value"}, Work: {"made_on"}},
}, {
	Name: "releases", Kind: "release", Title: "Releases", Holds: "Figures that were published, or are prepared to be, as readers see them.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"id"}, Plain: {"programme", "title", "state", "content", "content_hash", "prepared_at", "published_at", "withdrawn_at",
		"withdrawn_reason", "version"}},
}, {
	Name: "release_acts", Title: "Who released what", Holds: "Who prepared, approved, discarded or withdrew a release.",
	Subject: Person("person_id"), Keep: Account, Since: "acted_at", Stub: map[string]string{},
	Columns: Columns{Key: {"id", "release_id", "person_id"}, Work: {"act", "acted_at"}, Plain: {"content_hash"}},
}, {
	Name: "release_bases", Title: "What releases were counted from", Holds: "How many of each cohort passed and failed by one characteristic at a time, as the first release of the cohort counted them.",
	Subject: Nobody, Keep: Service,
	Columns: Columns{Key: {"release_id"}, Plain: {"programme", "cohort", "family", "leaf", "result"}, Secret: {"people", "key_sum"}},
}}
