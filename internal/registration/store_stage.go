package registration

import "example.org/asye/internal/asye"

// Stages lists what the records of a year say has happened. Somebody who withdrew
// while there were concerns has not left for reasons of their own: the two are
// never one stage.
func Stages() []asye.Stage {
	return []asye.Stage{
		{Key: "deferred", Name: "Deferred", Adverse: true, Days: `select enrolment_id, min(starts_on) from pauses group by enrolment_id`},
		{Key: "extended", Name: "Extended", Adverse: true, Days: `select enrolment_id, min(approved_on) from extensions where undone_at is null group by enrolment_id`},
		{Key: "moved", Name: "Moved to another employer", Days: `select enrolment_id, min(joins_on) from transfers where status = 'completed' group by enrolment_id`},
		{Key: "withdrawn", Name: "Withdrew, no concerns", Days: `select enrolment_id, decided_on from outcomes where undone_at is null and result = 'withdrawn' and concerns = 'no'`},
		{Key: "withdrawn-concerns", Name: "Withdrew while there were concerns", Adverse: true,
			Days: `select enrolment_id, decided_on from outcomes where undone_at is null and result = 'withdrawn' and concerns <> 'no'`},
		{Key: "failed", Name: "Failed", Adverse: true, Days: `select enrolment_id, decided_on from outcomes where undone_at is null and result = 'failed'`},
		{Key: "failed-or-concerns", Name: "Failed, or withdrew while there were concerns", Adverse: true,
			Days: `select enrolment_id, decided_on from outcomes where undone_at is null and (result = 'failed' or result = 'withdrawn' and concerns <> 'no')`},
		{Key: "passed", Name: "Passed", Days: `select enrolment_id, decided_on from outcomes where undone_at is null and result = 'passed'`},
	}
}
