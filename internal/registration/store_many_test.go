package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	test "example.org/asye/internal/registration/registrationtest"
)

// write runs a step in a transaction of its own.
func write(t *testing.T, h test.House, scope tenant.Scope, step func(tx *db.Tx) error) error {
	t.Helper()
	return h.DB.Write(t.Context(), scope, step)
}

func TestManyAreEnteredTogetherOrNotAtAll(t *testing.T) {
	test.Each(t, func(t *testing.T, h test.House) {
		enter := func(second registration.Entry) error {
			return write(t, h, test.Ours, func(tx *db.Tx) error {
				for _, e := range []registration.Entry{test.Entry(1), second} {
					if _, err := h.Enter(t.Context(), tx, test.Ours, e, registration.DoNotInvite); err != nil {
						return err
					}
				}
				return nil
			})
		}
		twice := test.Entry(1)
		twice.Identity.Email = "another@example.org"
		if p := fault.ProblemsOf(enter(twice)); p.For("regulator_number") == "" {
			t.Errorf("the same number twice in one transaction: %v", p)
		}
		if n := h.Count(t, "enrolments"); n != 0 {
			t.Errorf("%d were kept of a transaction that failed", n)
		}
		test.Must(t, enter(test.Entry(2)))
		if n, mails := h.Count(t, "enrolments where org_id = 'a'"), h.Count(t, "mail_outbox"); n != 2 || mails != 0 {
			t.Errorf("%d registered, %d invited; want 2 and none", n, mails)
		}
	})
}

func TestPastYearIsBroughtInWhole(t *testing.T) {
	at := asye.MustDate
	past := func() registration.Past {
		e := test.Entry(1)
		e.StartsOn, e.Identity.Email = at("2025-06-01"), ""
		return registration.Past{Entry: e, Coordinator: "co-a",
			Pauses:  []registration.Pause{{Period: asye.Period{Start: at("2025-09-01"), End: at("2025-10-01")}, Reason: "sickness"}},
			Outcome: &registration.Outcome{Result: registration.ResultPassed, DecidedOn: at("2026-07-01")}}
	}
	test.Each(t, func(t *testing.T, h test.House) {
		bring := func(p registration.Past) (added registration.Added, err error) {
			err = write(t, h, test.Ours, func(tx *db.Tx) error {
				added, err = h.EnterPast(t.Context(), tx, test.Ours, p)
				return err
			})
			return added, err
		}
		added, err := bring(past())
		test.Must(t, err)
		r := h.Record(t, test.Ours, added.ID)
		if r.Deferrals != 1 || r.Outcome() == nil || r.EndsOn != at("2026-07-02") || r.DueOn != at("2026-07-01") {
			t.Errorf("brought in as %+v", r.Row)
		}
		if n := h.Count(t, "memberships where person_id = $1", string(added.Person)); n != 0 {
			t.Error("somebody whose year has ended can sign in")
		}
		if _, err := h.Get(t.Context(), test.Them, added.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another employer sees it: %v", err)
		}
		late := past()
		late.Number, late.Outcome.DecidedOn = "SW77", at("2026-12-01")
		if _, err := bring(late); fault.ProblemsOf(err).For("decided_on") == "" {
			t.Errorf("an outcome in the future was brought in: %v", err)
		}
	})
}

func TestAmendIsForTheOwnEmployer(t *testing.T) {
	test.Each(t, func(t *testing.T, h test.House) {
		r := h.Register(t, test.Ours, test.Entry(1))
		amendment := registration.Amendment{Allocate: &registration.Allocate{Team: "New", AssessorName: "Ann Assessor", From: asye.MustDate("2026-11-22")}}
		amend := func(scope tenant.Scope) error {
			return write(t, h, scope, func(tx *db.Tx) error { return h.Amend(t.Context(), tx, scope, r.ID, amendment) })
		}
		if err := amend(test.Them); fault.KindOf(err) != fault.NotFound {
			t.Errorf("by another employer: %v", err)
		}
		test.Must(t, amend(test.Ours))
		if got := h.Record(t, test.Ours, r.ID).Team; got != "New" {
			t.Errorf("the team is %q", got)
		}
	})
}

func TestWhoIsListedForWhom(t *testing.T) {
	test.Each(t, func(t *testing.T, h test.House) {
		r := h.Register(t, test.Ours, test.Entry(1))
		coordinators, err := h.Coordinators(t.Context(), test.Them)
		if err != nil || len(coordinators) != 1 || coordinators[0].Person != "co-b" {
			t.Errorf("coordinators of the other employer: %v, %v", coordinators, err)
		}
		administrators, err := h.Administrators(t.Context(), test.Ours)
		if err != nil || len(administrators) != 0 {
			t.Errorf("administrators: %v, %v", administrators, err)
		}
		test.Must(t, h.Leaving(t.Context(), test.Ours, r.ID, r.Version, "b", asye.MustDate("2026-12-01")))
		for scope, want := range map[tenant.Scope]int{test.Ours: 1, test.Them: 0} {
			moves, err := h.Moves(t.Context(), scope)
			if err != nil || len(moves) != want {
				t.Errorf("%s is told of %v, %v; want %d: who has not claimed learns nothing", scope.Org(), moves, err, want)
			}
		}
	})
}
