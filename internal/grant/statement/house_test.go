package statement_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/registrationtest"
)

var (
	ctx    = context.Background()
	must   = registrationtest.Must
	entry  = registrationtest.Entry
	ours   = granttest.Ours
	them   = granttest.Them
	team   = granttest.Team
	second = granttest.Second
	at     = asye.MustDate
)

const (
	scheme = granttest.Scheme
	adults = "adults-2026-27"
)

// refused fails the test unless an error is of a kind and says something.
func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if fault.KindOf(err) != kind || err == nil || !strings.Contains(err.Error(), says) {
		t.Fatalf("want a refusal that says %q: %v", says, err)
	}
}

// exec runs a statement past the store.
func exec(text string, args ...any) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, text, args...)
		return err
	}
}

// accepted claims so many NQSWs of ours, and has them accepted.
func accepted(t *testing.T, h granttest.House, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		h.Checked(t, ours, n)
	}
	h.Conditions(t, ours)
	h.Accepted(t, ours, granttest.Director)
}

// mine are the statements of an employer, with what is on them, the latest
// first.
func mine(t *testing.T, h granttest.House, who tenant.Scope) []statement.Statement {
	t.Helper()
	all, err := h.Statements.Mine(ctx, who)
	must(t, err)
	for i := range all {
		all[i], err = h.Statements.Get(ctx, who, all[i].ID)
		must(t, err)
	}
	return all
}

// adjust adds an amount for ours.
func adjust(t *testing.T, h granttest.House, pence grant.Pence) {
	t.Helper()
	must(t, h.Statements.Adjust(ctx, team, adjustment(pence)))
}

func adjustment(pence grant.Pence) statement.Adjustment {
	return statement.Adjustment{Org: "a", Scheme: scheme, Pence: pence, On: at("2026-11-01"), Reason: "Agreed with the auditor"}
}

// takeBack takes back the payment of a line.
func takeBack(t *testing.T, h granttest.House, line string) {
	t.Helper()
	l, err := h.Claims.Payment(ctx, team, line)
	must(t, err)
	must(t, h.Claims.Recover(ctx, team, line, l.Version, "Left within 28 days"))
}

// entries are all entries of the ledger.
func entries(t *testing.T, h granttest.House) []statement.Entry {
	t.Helper()
	all, err := h.Statements.Ledger(ctx, team, "")
	must(t, err)
	return all
}
