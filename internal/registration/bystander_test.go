package registration_test

import (
	"reflect"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// bystanders are NQSWs of other employers with whom an act on somebody of ours
// could be mixed up: none of them has been invited or has confirmed anything.
func bystanders(t *testing.T, h house) map[asye.EnrolmentID]tenant.Scope {
	t.Helper()
	third := h.Employer(t, "c", "303", "Carwick")
	stands := func(with tenant.Scope, n int, starts string) registration.Record {
		r := h.Register(t, with, entry(n, func(e *registration.Entry) { e.Identity.Email, e.StartsOn = "", at(starts) }))
		must(t, h.CheckRegister(ctx, with, r.ID, registration.RegisterCheck{Number: r.Number, CheckedOn: at("2026-11-01"), Result: "registered"}))
		return r
	}
	mistake := stands(them, 11, "2026-09-01")
	must(t, h.Decide(ctx, them, mistake.ID, mistake.Version, registration.Outcome{Result: registration.ResultWithdrawn,
		DecidedOn: at("2026-11-20"), Reason: registration.Mistaken, Concerns: "no"}))
	arriving, going := stands(third, 12, "2026-10-01"), stands(them, 13, "2026-10-01")
	must(t, h.Claim(ctx, them, wanted(arriving, "2026-12-07")))
	must(t, h.Claim(ctx, third, wanted(going, "2026-12-07")))
	return map[asye.EnrolmentID]tenant.Scope{mistake.ID: them, arriving.ID: third, going.ID: them}
}

// Whatever is done to one NQSW leaves the record of everybody else as it was.
func TestNobodyElsesRecordChanges(t *testing.T) {
	for name, act := range map[string]func(*testing.T, house){
		"registered and invited": func(t *testing.T, h house) { h.Register(t, ours, entry(1)) },
		"brought in":             bringIn,
		"the outcome undone":     decideAndUndo,
		"moved":                  move,
		"the employer merged":    func(t *testing.T, h house) { merge(t, h, "2026-11-01") },
		"merged before the year": func(t *testing.T, h house) { merge(t, h, "2026-08-01") },
		"a pair united":          uniteTwo,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				before := map[asye.EnrolmentID]registration.Record{}
				others := bystanders(t, h)
				for id, of := range others {
					before[id] = h.Record(t, of, id)
				}
				act(t, h)
				for id, of := range others {
					if now := h.Record(t, of, id); !reflect.DeepEqual(now, before[id]) {
						t.Errorf("was %+v,\nis now %+v", before[id], now)
					}
				}
			})
		})
	}
}

func bringIn(t *testing.T, h house) {
	past := registration.Past{Entry: entry(1), InvitedAt: then, ConfirmedAt: then}
	must(t, h.DB.Write(ctx, ours, func(tx *db.Tx) error {
		_, err := h.EnterPast(ctx, tx, ours, past)
		return err
	}))
}

// decideAndUndo ends a year on the day on which a bystander's has ended.
func decideAndUndo(t *testing.T, h house) {
	r := h.Register(t, ours, entry(1))
	must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: registration.ResultPassed, DecidedOn: at("2026-11-20")}))
	must(t, h.Undo(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "A slip"))
}

func move(t *testing.T, h house) {
	moved := h.Record(t, them, confirmed(t, h, "2026-11-16", "2026-11-22").ID)
	if len(moved.Employments) != 2 {
		t.Errorf("the employments are %+v", moved.Employments)
	}
}

func merge(t *testing.T, h house, on string) {
	t.Helper()
	r := h.Register(t, ours, entry(1))
	must(t, h.DB.Write(ctx, team, func(tx *db.Tx) error { return h.MoveAll(ctx, tx, team, "a", "b", at(on)) }))
	h.Record(t, them, r.ID)
}

// uniteTwo unites a year of ours with one that began with them while the year of
// a bystander, registered by mistake, was running there.
func uniteTwo(t *testing.T, h house) {
	first := h.Register(t, ours, entry(1))
	must(t, h.Decide(ctx, ours, first.ID, first.Version, registration.Outcome{Result: registration.ResultWithdrawn,
		DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
	second := h.Register(t, them, entry(1, func(e *registration.Entry) {
		e.StartsOn, e.Identity.Email = at("2026-11-01"), "second@example.org"
	}))
	twins, err := h.Twins(ctx, team)
	must(t, err)
	must(t, h.Judge(ctx, team, twins[0].ID, true, "The same date of birth and number"))
	if got := h.Record(t, them, second.ID); len(got.Employments) != 1 || got.Employments[0].Org != "b" {
		t.Errorf("the employments are %+v", got.Employments)
	}
	if n := h.Count(t, `memberships where person_id = $1 and org_id = 'c'`, string(first.Person)); n != 0 {
		t.Error("they can sign in with an employer of somebody else's")
	}
}

// A claim waits for the employer that has to answer it, and for nobody else.
func TestClaimsWaitForTheLosingEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		for who, want := range map[tenant.Scope]int{ours: 1, them: 0} {
			if waiting, err := h.Waiting(ctx, who); err != nil || waiting.Claims != want {
				t.Errorf("%d claims wait for %s, want %d: %v", waiting.Claims, who.Org(), want, err)
			}
		}
	})
}

// Whom to ask is an administrator of the own organisation or, where there is
// none, of the national body. A visitor is told no name.
func TestAdministratorsAreOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for _, who := range []asye.PersonID{"co-a", "nat"} {
			h.Run(t, `update memberships set role = 'administrator' where person_id = $1`, string(who))
		}
		for scope, want := range map[tenant.Scope]asye.PersonID{ours: "co-a", them: "nat", team: "nat", tenant.Nobody(): ""} {
			found, err := h.Administrators(ctx, scope)
			must(t, err)
			var got asye.PersonID
			for _, one := range found {
				got += one.Person
			}
			if got != want {
				t.Errorf("whoever works for %q is told of %q, want %q", scope.Org(), got, want)
			}
		}
	})
}
