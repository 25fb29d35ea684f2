package example_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/example"
)

func checkEmployers(t *testing.T, p place) {
	for where, want := range map[string]int{
		"organisations where type <> 'national'":                                                                                         202,
		"organisations where type = 'local_authority'":                                                                                   153,
		"organisations where type = 'national'":                                                                                          1,
		"organisations where contact_name = '' or director_name = ''":                                                                    0,
		"organisations where region = '' and type <> 'national'":                                                                         0,
		"organisations where contact_phone not like '01632 960%'":                                                                        0,
		"organisations where contact_email not like '%@example.org'":                                                                     0,
		"memberships where role = 'coordinator' and ends_on is null":                                                                     202,
		"organisations o where type <> 'national' and not exists (select 1 from enrolments e where e.org_id = o.id and e.cohort = 2020)": 0,
	} {
		if n := p.count(t, where); n != want {
			t.Errorf("%s: %d, want %d", where, n, want)
		}
	}
	for _, kind := range asye.EmployerTypes() {
		if p.count(t, "organisations where type = $1", string(kind)) < 5 {
			t.Errorf("there are hardly any employers of the type %s", kind)
		}
	}
}

func checkCohorts(t *testing.T, p place) {
	got, err := p.Equality.RegistrationsByCohort(ctx, system, equality.ChildAndFamily)
	if err != nil {
		t.Fatal(err)
	}
	exact := map[asye.Cohort]int{2018: example.FirstCohortTotal, 2019: 3065, 2020: 2799, 2021: 3052}
	for _, r := range got {
		if want := exact[r.Cohort]; want != 0 && r.Total != want {
			t.Errorf("%s has %d registrations, want %d", r.Cohort, r.Total, want)
		}
		if r.Cohort == 2026 && (r.Total < 880 || r.Total > 940) {
			t.Errorf("the present cohort has %d child and family registrations", r.Total)
		}
		if len(r.ByType) != len(asye.EmployerTypes()) && r.Total > 2000 {
			t.Errorf("%s comes from %v only", r.Cohort, r.ByType)
		}
	}
	if len(got) != 6 {
		t.Errorf("cohorts %+v", got)
	}
	if n := p.count(t, "enrolments where programme = 'adults' and cohort = 2026"); n < 280 || n > 320 {
		t.Errorf("%d adults' years in the present cohort", n)
	}
}

// checkPublished counts as the service counts, and compares with what was
// published.
func checkPublished(t *testing.T, p place) {
	want := published.Read().Outcomes
	cohorts, err := equality.ReadCohorts(want.Cohorts)
	if err != nil {
		t.Fatal(err)
	}
	for _, completeOnly := range []bool{true, false} {
		report, err := p.Equality.Count(ctx, system, equality.Query{Cohorts: cohorts, CompleteOnly: completeOnly})
		if err != nil {
			t.Fatal(err)
		}
		if report.Registrations != example.FirstCohortTotal+3065+2799 || report.Complete != 1660 || report.Failed != 24 {
			t.Errorf("%d registrations, %d complete, %d failed", report.Registrations, report.Complete, report.Failed)
		}
		if !completeOnly {
			continue
		}
		for _, table := range report.Tables {
			total := 0
			for _, g := range table.Groups {
				published, _ := want.Find(table.Characteristic.Key, g.Group)
				if g.Failed != published.Failed || g.Total() != published.Total {
					t.Errorf("%s, %s: %d of %d, want %d of %d", table.Characteristic.Key, g.Group, g.Failed, g.Total(),
						published.Failed, published.Total)
				}
				total += g.Total()
			}
			if total != 1660 {
				t.Errorf("%s counts %d", table.Characteristic.Key, total)
			}
		}
	}
}

// checkStates sees that each way in which a record can be incomplete, and each
// state of a year, is there.
func checkStates(t *testing.T, p place) {
	past := "enrolments e left join outcomes o on o.enrolment_id = e.id left join equality_answers a on a.person_id = e.person_id where e.cohort <= 2020 and "
	now := "enrolments e left join outcomes o on o.enrolment_id = e.id join nqsws n on n.person_id = e.person_id where e.cohort >= 2025 and "
	for where, atLeast := range map[string]int{
		past + "o.id is null":                                                            300,
		past + "a.person_id is null":                                                     2000,
		past + "a.sex = 'prefer_not_to_say'":                                             100,
		past + "a.ethnic_group = 'prefer_not_to_say'":                                    100,
		past + "o.result = 'withdrawn'":                                                  300,
		"equality_answers where disability = 'yes'":                                      300,
		now + "o.result = 'passed'":                                                      250,
		now + "o.result = 'failed'":                                                      2,
		now + "o.result = 'withdrawn'":                                                   15,
		now + "o.id is null and e.due_on <= '2026-11-22'":                                15,
		now + "o.id is null and e.starts_on > '2026-11-22'":                              50,
		now + "o.id is null and n.confirmed_at is null":                                  100,
		now + "o.id is null and n.confirmed_at is not null":                              800,
		now + "not e.funded":                                                             20,
		"pauses where ends_on is null and reason = 'parental-leave'":                     10,
		"pauses where ends_on is null and reason = 'sickness'":                           10,
		"working_patterns where ends_on is null and hours < full_time_hours":             80,
		"extensions e join enrolments x on x.id = e.enrolment_id where x.cohort >= 2025": 5,
	} {
		if n := p.count(t, where); n < atLeast {
			t.Errorf("%s: %d, want %d at least", where, n, atLeast)
		}
	}
	if n := len(p.lines(t, `select distinct ethnic_background from equality_answers where ethnic_background not in ('', 'prefer_not_to_say')`)); n != 18 {
		t.Errorf("%d ethnic backgrounds, want the 18", n)
	}
}
