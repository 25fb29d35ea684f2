package claim_test

import (
	"errors"
	"sync"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

var must = registrationtest.Must

// statement runs a statement past the store.
func statement(text string, args ...any) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, text, args...)
		return err
	}
}

// withdraw ends the year of a registration on a day.
func withdraw(t *testing.T, h granttest.House, scope tenant.Scope, r registration.Record, on string) {
	t.Helper()
	must(t, h.Decide(ctx, scope, r.ID, r.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: asye.MustDate(on),
		Reason: "other-role", Concerns: "no"}))
}

// wantedByBoth is one NQSW whom two employers have registered: their year with
// ours ended in October, too late to give the payment at the start back, and
// another began in November. Both employers can claim that payment.
func wantedByBoth(t *testing.T, h granttest.House) (ours, theirs registration.Record) {
	t.Helper()
	ours = h.Checked(t, granttest.Ours, 1)
	withdraw(t, h, granttest.Ours, ours, "2026-10-31")
	again := registrationtest.Entry(1, func(e *registration.Entry) {
		e.StartsOn, e.Identity.Email = asye.MustDate("2026-11-02"), "other@example.org"
	})
	theirs = h.Register(t, granttest.Them, again)
	twins, err := h.Twins(ctx, granttest.Team)
	must(t, err)
	must(t, h.Judge(ctx, granttest.Team, twins[0].ID, true, "One person"))
	h.Check(t, ours.Person, asye.MustDate("2026-11-03"))
	h.Conditions(t, granttest.Ours)
	h.Conditions(t, granttest.Them)
	return ours, h.Record(t, granttest.Them, theirs.ID)
}

// signed is a claim of all that is due to an employer, signed and not sent.
func signed(t *testing.T, h granttest.House, coordinator, director tenant.Scope) claim.Claim {
	t.Helper()
	id, err := h.Claims.Start(ctx, coordinator, granttest.Scheme)
	must(t, err)
	h.Sign(t, director, id)
	return h.Claim(t, coordinator, id)
}

// atOnce does several things in the same moment, and gives what came of each.
func atOnce(all ...func() error) []error {
	out := make([]error, len(all))
	var ready, done sync.WaitGroup
	ready.Add(len(all))
	for i, do := range all {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			out[i] = do()
		})
	}
	done.Wait()
	return out
}

// one holds that exactly one of them succeeded, and that the others were refused
// as conflicts.
func one(t *testing.T, all []error) {
	t.Helper()
	good := 0
	for _, err := range all {
		switch {
		case err == nil:
			good++
		case fault.KindOf(err) != fault.Conflict:
			t.Errorf("refused otherwise than as a conflict: %v", err)
		}
	}
	if good != 1 {
		t.Errorf("%d of %d succeeded: %v", good, len(all), errors.Join(all...))
	}
}
