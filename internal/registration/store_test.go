package registration_test

import (
	"errors"
	"fmt"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

func TestAddKeepsEverything(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		e := entry(1)
		if r.NQSW.Identity != e.Identity || r.Number != e.Number || r.NQSW.DateOfBirth != e.DateOfBirth ||
			r.NQSW.EntryRoute != e.EntryRoute || r.Team != "Duty" || r.AssessedBy().Name != "Ann Assessor" ||
			r.CoordinatedBy().Person != "co-a" || r.Hours != 3700 || !r.Funded || r.Cohort != 2026 {
			t.Errorf("got %+v", r)
		}
		if r.DueOn != at("2027-09-01") || r.LastDay() != at("2027-08-31") {
			t.Errorf("due %s", r.DueOn)
		}
		if r.Evidence.Version != "2026" || len(r.Evidence.Answers) == 0 {
			t.Errorf("evidence %+v", r.Evidence)
		}
		if n := h.Count(t, `audit_lines where what = 'registration.registered' and actor_id = 'co-a' and org_id = 'a'`); n != 1 {
			t.Errorf("%d audit lines", n)
		}
		if n := h.Count(t, `mail_outbox where recipient = $1`, e.Identity.Email); n != 1 {
			t.Errorf("%d invitations", n)
		}
	})
}

func TestREG8_NobodyTwiceWithOneEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		first := h.Register(t, ours, entry(1))
		again := entry(1)
		again.Identity.Email = "other@example.org"
		_, err := h.Add(ctx, ours, again)
		if p := fault.ProblemsOf(err); p.For("regulator_number") == "" {
			t.Fatalf("second registration: %v", err)
		}
		must(t, h.Decide(ctx, ours, first.ID, first.Version, registration.Outcome{Result: "withdrawn",
			DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		again.StartsOn = at("2026-11-01")
		back := h.Register(t, ours, again)
		if back.Person != first.Person {
			t.Error("somebody who comes back is the same person")
		}
	})
}

// TestIsolation walks every method that takes an enrolment as the coordinator
// of another employer: all answer NotFound.
func TestIsolation(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		calls := map[string]func() error{
			"Get":            func() error { _, err := h.Get(ctx, them, r.ID); return err },
			"Pause":          func() error { return h.Pause(ctx, them, r.ID, r.Version, registration.Pause{}) },
			"Return":         func() error { return h.Return(ctx, them, r.ID, r.Version, at("2026-10-01")) },
			"RemovePause":    func() error { return h.RemovePause(ctx, them, r.ID, r.Version, "x", "y") },
			"WorkFrom":       func() error { return h.WorkFrom(ctx, them, r.ID, r.Version, registration.Pattern{}) },
			"Extend":         func() error { return h.Extend(ctx, them, r.ID, r.Version, registration.Extension{}) },
			"UndoExtension":  func() error { return h.UndoExtension(ctx, them, r.ID, r.Version, "x", "y") },
			"Allocate":       func() error { return h.Allocate(ctx, them, r.ID, r.Version, registration.Allocate{}) },
			"Decide":         func() error { return h.Decide(ctx, them, r.ID, r.Version, registration.Outcome{}) },
			"Undo":           func() error { return h.Undo(ctx, them, r.ID, r.Version, "x") },
			"Leaving":        func() error { return h.Leaving(ctx, them, r.ID, r.Version, "b", at("2026-12-01")) },
			"Object":         func() error { return h.Object(ctx, them, r.ID, r.Version, "x") },
			"Cancel":         func() error { return h.Cancel(ctx, them, r.ID, r.Version) },
			"InviteAgain":    func() error { return h.InviteAgain(ctx, them, r.ID) },
			"ChangeDetails":  func() error { return h.ChangeDetails(ctx, them, r.ID, 1, r.NQSW.Details()) },
			"CheckRegister":  func() error { return h.CheckRegister(ctx, them, r.ID, registration.RegisterCheck{}) },
			"Mine":           func() error { _, err := h.Mine(ctx, them); return err },
			"Confirm":        func() error { return h.Confirm(ctx, them, "x") },
			"Deny":           func() error { return h.Deny(ctx, them, "x", "y") },
			"ConfirmDetails": func() error { return h.ConfirmDetails(ctx, them, 1, r.NQSW.Details()) },
		}
		for name, call := range calls {
			if err := call(); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s of another employer's NQSW: %v, want NotFound", name, err)
			}
		}
		if found, err := h.List(ctx, them, registration.Filter{}); err != nil || found.Total != 0 {
			t.Errorf("List shows %d of another employer's, %v", found.Total, err)
		}
		if counts, err := h.Counts(ctx, them, registration.Filter{}); err != nil || len(counts) != 0 {
			t.Errorf("Counts shows %v, %v", counts, err)
		}
		if cohorts, err := h.Cohorts(ctx, them); err != nil || len(cohorts) != 0 {
			t.Errorf("Cohorts shows %v, %v", cohorts, err)
		}
	})
}

func TestStaleSaveIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		pause := registration.Pause{Period: asye.Since(at("2026-10-01")), Reason: "sickness"}
		must(t, h.Pause(ctx, ours, r.ID, r.Version, pause))
		if err := h.Return(ctx, ours, r.ID, r.Version, at("2026-11-01")); !errors.Is(err, db.ErrStale) {
			t.Errorf("a stale save: %v", err)
		}
		must(t, h.Return(ctx, ours, r.ID, r.Version+1, at("2026-11-01")))
		if got := h.Record(t, ours, r.ID); got.DueOn != at("2027-10-02") || got.Deferrals != 1 {
			t.Errorf("31 days of pause: due %s, %d deferrals", got.DueOn, got.Deferrals)
		}
	})
}

func TestOutcomeEndsTheYearAndUndoOpensIt(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		e := entry(1)
		e.StartsOn = at("2025-11-01")
		e.Programme = "child-and-family"
		r := h.Register(t, ours, e)
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-01"), ToldOn: at("2026-11-03")}))
		ended := h.Record(t, ours, r.ID)
		if ended.EndsOn != at("2026-11-02") || ended.Outcome() == nil || ended.AssessedBy().Name != "" {
			t.Errorf("ended %+v", ended)
		}
		err := h.Decide(ctx, ours, r.ID, ended.Version, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-02")})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second outcome: %v", err)
		}
		must(t, h.Undo(ctx, ours, r.ID, ended.Version, "Recorded for the wrong person"))
		open := h.Record(t, ours, r.ID)
		if !open.EndsOn.IsZero() || open.Outcome() != nil || open.AssessedBy().Name != "Ann Assessor" || len(open.Outcomes) != 1 {
			t.Errorf("reopened %+v", open)
		}
	})
}

func TestDatabaseRefusesASecondOutcome(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		err := h.DB.Keep(ctx, func(tx *db.Tx) error {
			for _, id := range []string{"x", "y"} {
				_, err := tx.Exec(ctx, `insert into outcomes (id, enrolment_id, result, decided_on, recorded_at)
					values ($1, $2, 'passed', '2026-11-01', $3)`, id, string(r.ID), tx.Now())
				if err != nil {
					return err
				}
			}
			return nil
		})
		if !errors.Is(err, db.ErrDuplicate) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDetailsAreConfirmedByTheNQSW(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		self := tenant.SignedIn(r.Person, "a", asye.NQSW)
		d := r.NQSW.Details()
		d.Identity.FamilyName = "Okafor-Smith"
		must(t, h.ConfirmDetails(ctx, self, r.NQSW.Version, d))
		got := h.Record(t, ours, r.ID)
		if got.NQSW.ConfirmedAt.IsZero() || got.FamilyName != "Okafor-Smith" || !got.Confirmed {
			t.Errorf("not confirmed: %+v", got.NQSW)
		}
		must(t, h.ChangeDetails(ctx, ours, r.ID, got.NQSW.Version, d))
		if again := h.Record(t, ours, r.ID); again.Confirmed {
			t.Error("a coordinator's change must be confirmed again")
		}
		if err := h.ChangeDetails(ctx, ours, r.ID, got.NQSW.Version, d); !errors.Is(err, db.ErrStale) {
			t.Errorf("a stale save: %v", err)
		}
	})
}

func TestReferenceIsReadable(t *testing.T) {
	h := onSQLite(t)
	seen := map[string]bool{}
	for n := range 50 {
		ref := h.Register(t, ours, entry(n)).Reference
		if len(ref) != 14 || seen[ref] {
			t.Errorf("reference %q", ref)
		}
		seen[ref] = true
	}
}

func TestREG8_NobodyTwiceEvenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		results := make(chan error, 6)
		for n := range 6 {
			e := entry(1)
			e.Identity.Email = fmt.Sprintf("race%d@example.org", n)
			go func() { _, err := h.Add(ctx, ours, e); results <- err }()
		}
		added := 0
		for range 6 {
			if err := <-results; err == nil {
				added++
			} else if fault.ProblemsOf(err).For("regulator_number") == "" {
				t.Errorf("refused with %v", err)
			}
		}
		if added != 1 {
			t.Errorf("%d of six registrations of one number went through, want 1", added)
		}
	})
}
