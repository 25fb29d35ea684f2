package funder_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/funder"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

var (
	ctx    = context.Background()
	must   = registrationtest.Must
	ours   = granttest.Ours
	them   = granttest.Them
	team   = granttest.Team
	second = granttest.Second
	at     = asye.MustDate
)

const scheme = granttest.Scheme

// house has the pages of this package.
type house struct {
	granttest.House
	webtest.Pages
}

func (h house) needs() funder.Needs {
	return funder.Needs{Grants: h.Grants, Claims: h.Claims, Statements: h.Statements}
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	granttest.Each(t, func(t *testing.T, in granttest.House) { run(t, open(in)) })
}

func open(in granttest.House) house {
	h := house{House: in}
	h.Pages = webtest.Pages{DB: in.DB, Mount: func(m *web.Mux) { funder.Mount(m, h.needs()) }}
	return h
}

// sent is a claim for so many NQSWs of ours.
func (h house) sent(t testing.TB, numbers ...int) claim.Claim {
	t.Helper()
	for _, n := range numbers {
		h.Checked(t, ours, n)
	}
	h.Conditions(t, ours)
	return h.Sent(t, ours, granttest.Director)
}

// accepted is the claim when all of it was accepted.
func (h house) accepted(t testing.TB, numbers ...int) claim.Claim {
	t.Helper()
	c := h.sent(t, numbers...)
	must(t, h.Claims.Answer(ctx, team, c.ID, c.Version, nil))
	return h.Claim(t, ours, c.ID)
}

// withdraw ends a year within 28 days of its start, so that its payment is not
// due any more.
func (h house) withdraw(t testing.TB, id asye.EnrolmentID) {
	t.Helper()
	r := h.Record(t, ours, id)
	must(t, h.House.House.Store.Decide(ctx, ours, id, r.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: at("2026-09-10"),
		Reason: "other", Concerns: "no"}))
}

// mine is the one statement of ours.
func (h house) mine(t testing.TB) statement.Statement {
	t.Helper()
	all, err := h.Statements.Mine(ctx, ours)
	must(t, err)
	if len(all) == 0 {
		t.Fatal("there is no statement")
	}
	st, err := h.Statements.Get(ctx, ours, all[0].ID)
	must(t, err)
	return st
}

// labelled finds the line of a claim by the NQSW's family name.
func labelled(c claim.Claim, family string) claim.Line {
	for _, l := range c.Lines {
		if strings.HasSuffix(l.Shown.Name(), family) {
			return l
		}
	}
	panic("there is no line of " + family)
}
