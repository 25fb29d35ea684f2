package example_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// checkPeriods asks for what the database should have refused.
func checkPeriods(t *testing.T, p place) {
	for table, key := range map[string]string{"employments": "person_id", "enrolments": "person_id",
		"working_patterns": "enrolment_id", "pauses": "enrolment_id", "coordinator_allocations": "enrolment_id",
		"assessor_allocations": "enrolment_id"} {
		n := p.count(t, table+" a join "+table+" b on a."+key+" = b."+key+` and a.id < b.id
			where (b.ends_on is null or a.starts_on < b.ends_on) and (a.ends_on is null or b.starts_on < a.ends_on)`)
		if n != 0 {
			t.Errorf("%d periods of %s overlap", n, table)
		}
	}
	for _, where := range []string{
		"pauses u join enrolments e on e.id = u.enrolment_id where u.starts_on < e.starts_on or u.ends_on > e.ends_on",
		"outcomes o join enrolments e on e.id = o.enrolment_id where e.ends_on is null or o.decided_on < e.starts_on or o.decided_on >= e.ends_on",
		"enrolments e where ends_on is not null and not exists (select 1 from outcomes o where o.enrolment_id = e.id)",
		"outcomes where decided_on > '2026-11-22' or told_on > '2026-11-22'",
		"audit_lines where recorded_at > '2026-11-22T10:00:00Z'",
		"enrolments e where not exists (select 1 from working_patterns w where w.enrolment_id = e.id and w.starts_on = e.starts_on)",
	} {
		if n := p.count(t, where); n != 0 {
			t.Errorf("%d of %s", n, where)
		}
	}
}

// checkDueDates derives the end of every twenty-fifth year, and of every paused
// one, again.
func checkDueDates(t *testing.T, p place) {
	ids := p.lines(t, `select org_id || ' ' || id from enrolments order by id`)
	paused := p.lines(t, `select e.org_id || ' ' || e.id from enrolments e join pauses u on u.enrolment_id = e.id where u.ends_on is null`)
	looked := 0
	for i, line := range append(ids, paused...) {
		if i < len(ids) && i%25 != 0 {
			continue
		}
		looked++
		org, id, _ := strings.Cut(line, " ")
		r, err := p.Registration.Get(ctx, system.In(asye.OrganisationID(org)), asye.EnrolmentID(id))
		if err != nil {
			t.Fatal(err)
		}
		if want := r.Schedule(clock.Today(p.DB.Clock())).End; r.DueOn != want {
			t.Errorf("%s is due on %s, and follows from its facts on %s", r.Reference, r.DueOn, want)
		}
	}
	if looked < 500 || len(paused) < 30 {
		t.Errorf("looked at %d years, %d of them paused", looked, len(paused))
	}
}

func checkPersonas(t *testing.T, p place) {
	roles := map[asye.Role]int{}
	for _, persona := range example.Personas() {
		roles[persona.Role]++
		posts := append([]example.Post{{Role: persona.Role, Employer: persona.Employer}}, persona.Also...)
		for _, post := range posts {
			n := p.count(t, `people p join memberships m on m.person_id = p.id join organisations o on o.id = m.org_id
				where p.email = $1 and p.given_name || ' ' || p.family_name = $2 and m.role = $3 and o.code = $4 and m.ends_on is null`,
				persona.Email, persona.Name, string(post.Role), post.Employer)
			if n != 1 {
				t.Errorf("%s is %d times %s at %s", persona.Name, n, post.Role, post.Employer)
			}
		}
		if !strings.HasSuffix(persona.Story, ".") || strings.Count(persona.Story, ". ") > 0 {
			t.Errorf("the story of %s is not one sentence: %s", persona.Name, persona.Story)
		}
	}
	if len(example.Personas()) < 24 || roles[asye.Coordinator] < 6 || roles[asye.NQSW] != 12 || roles[asye.National] != 2 ||
		roles[asye.Director] != 1 || roles[asye.Analyst] != 2 || roles[asye.Administrator] != 2 {
		t.Errorf("%d personas: %v", len(example.Personas()), roles)
	}
	for email, holds := range nqswStories {
		if r := p.year(t, email); !holds(r) {
			t.Errorf("the year of %s is not as told: %s, due %s, %+v", email, r.Status(example.AsOf), r.DueOn, r.Row)
		}
	}
}

// nqswStories are what the sentences about the NQSWs promise.
var nqswStories = map[string]func(registration.Record) bool{
	"grace.adebayo": func(r registration.Record) bool {
		return r.Status(example.AsOf) == registration.Paused && r.OpenPause().ExpectedReturn == asye.MustDate("2027-06-14")
	},
	"megan.polglase": func(r registration.Record) bool {
		return r.PartTime() && r.DueOn.Year() == 2027 && r.LastDay().Month() == 9
	},
	"zainab.akhtar": func(r registration.Record) bool {
		return r.OpenTransfer().Status == registration.TransferAgreed && r.OrgCode == "316"
	},
	"callum.fenwick": func(r registration.Record) bool {
		return r.Status(example.AsOf) == registration.UnderWay && r.LastDay() == asye.MustDate("2026-12-07")
	},
	"chloe.hepworth": func(r registration.Record) bool { return r.Status(example.AsOf) == registration.Overdue },
	"temitope.balogun": func(r registration.Record) bool {
		return r.Status(example.AsOf) == registration.Upcoming && !r.Confirmed && !r.NQSW.InvitedAt.IsZero()
	},
	"simran.sandhu": func(r registration.Record) bool {
		return len(r.Extensions) == 1 && r.DueOn == asye.MustDate("2026-12-15") && len(r.Assessors) == 2
	},
	"ioana.moraru":  func(r registration.Record) bool { return !r.Funded && r.NQSW.QualifiedYear == 2021 },
	"leroy.cargill": func(r registration.Record) bool { return r.Result == "failed" && !r.Outcome().ToldOn.IsZero() },
	"aoife.heneghan": func(r registration.Record) bool {
		return r.Result == "passed" && r.Deferrals == 1
	},
	"rosie.nethercott": func(r registration.Record) bool {
		return r.Pauses[0].Reason == "support-missing" && r.Pauses[0].Period.Days() == 77 && r.DueOn == asye.MustDate("2027-08-24")
	},
	"tendai.moyo": func(r registration.Record) bool { return r.OrgCode == "AGY01" && r.Funded && len(r.Checks) == 1 },
}

// year is the record of a persona as they see it themselves.
func (p place) year(t *testing.T, local string) registration.Record {
	t.Helper()
	ids := p.lines(t, `select id from people where email = '`+local+`@example.org'`)
	if len(ids) != 1 {
		t.Fatalf("%s is there %d times", local, len(ids))
	}
	r, err := p.Registration.Mine(ctx, tenant.SignedIn(asye.PersonID(ids[0]), "", asye.NQSW))
	if err != nil {
		t.Fatal(err)
	}
	events, _, err := p.Registration.History(ctx, system.In(r.Org), r.ID, 50)
	if err != nil || len(events) == 0 {
		t.Errorf("the timeline of %s: %+v, %v", local, events, err)
	}
	for _, e := range events {
		if e.Person == "" || e.Tell(r.Rules).Title == "The record was changed" {
			t.Errorf("the timeline of %s has %+v", local, e)
		}
	}
	return r
}

func checkQueues(t *testing.T, p place) {
	team := tenant.SignedIn("nat", "national", asye.National)
	pairs, err := p.Registration.Twins(ctx, team)
	if err != nil || len(pairs) != 3 {
		t.Errorf("%d pairs wait, %v", len(pairs), err)
	}
	disputes, err := p.Registration.Disputes(ctx, team)
	if err != nil || len(disputes) != 4 {
		t.Errorf("%d disputes wait, %v", len(disputes), err)
	}
	for _, status := range []string{"reported", "claimed", "agreed", "disputed", "completed"} {
		if n := p.count(t, "transfers where status = $1", status); n < 3 {
			t.Errorf("%d transfers are %s", n, status)
		}
	}
}

// checkMadeUp sees that nothing can reach a real person.
func checkMadeUp(t *testing.T, p place) {
	for where, want := range map[string]int{
		"people where email not like '%@example.org'":                                                   0,
		"mail_outbox where recipient not like '%@example.org'":                                          0,
		"nqsws a join nqsws b on a.regulator_number = b.regulator_number and a.person_id < b.person_id": 2,
		"duplicates where why = 'name_and_birth'":                                                       2,
		"people a join people b on a.sort_name = b.sort_name and a.id < b.id join nqsws m on m.person_id = a.id join nqsws n on n.person_id = b.id and n.date_of_birth = m.date_of_birth": 2,
	} {
		if n := p.count(t, where); n != want {
			t.Errorf("%s: %d, want %d", where, n, want)
		}
	}
	for _, number := range []string{"SW999911", "SW999921", "SW999931", "SW999941"} {
		if p.count(t, "nqsws where regulator_number = $1", number) != 1 {
			t.Errorf("nobody has the number %s, to try the register with", number)
		}
	}
}

func checkAgain(t *testing.T, p place) {
	built, err := example.Built(ctx, p.DB)
	if err != nil || !built {
		t.Fatalf("Built = %v, %v", built, err)
	}
	before := p.fingerprint(t)
	if err := example.Build(ctx, p.Stores, nil); err != nil {
		t.Fatal(err)
	}
	if p.fingerprint(t) != before {
		t.Error("a second build changed something")
	}
}
