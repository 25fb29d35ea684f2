package money_test

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/money"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration/registrationtest"
)

var (
	ctx      = context.Background()
	must     = registrationtest.Must
	ours     = granttest.Ours
	them     = granttest.Them
	director = granttest.Director
	entry    = registrationtest.Entry
)

// house has the pages of this package.
type house struct {
	granttest.House
	webtest.Pages
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	granttest.Each(t, func(t *testing.T, in granttest.House) { run(t, open(in)) })
}

func open(in granttest.House) house {
	mount := func(m *web.Mux) {
		money.Mount(m, money.Deps{Grants: in.Grants, Claims: in.Claims, Statements: in.Statements, Books: books.NewStore(in.DB), Drafts: journey.NewStore(in.DB)})
	}
	return house{in, webtest.Pages{DB: in.DB, Mount: mount}}
}

// paid is a statement of two payments that was paid five days ago.
func (h house) paid(t *testing.T) statement.Statement {
	t.Helper()
	h.accepted(t)
	h.settle(t)
	return h.only(t)
}

// settle pays what is open, and lets five days pass.
func (h house) settle(t *testing.T) {
	t.Helper()
	h.PaidOn(t, clock.Today(h.DB.Clock()))
	h.DB.Clock().(*clock.Stopped).Move(5 * 24 * time.Hour)
}

func (h house) accepted(t *testing.T) claim.Claim {
	t.Helper()
	h.Checked(t, ours, 1)
	h.Checked(t, ours, 2)
	h.Conditions(t, ours)
	return h.Accepted(t, ours, director)
}

// outside has a claim of two payments with a funder that does not use the
// service.
func (h house) outside(t *testing.T) claim.Claim {
	t.Helper()
	h.Statements.PaidBy(grant.PaidElsewhere)
	h.Checked(t, ours, 1)
	h.Checked(t, ours, 2)
	h.Conditions(t, ours)
	return h.Sent(t, ours, director)
}

func (h house) only(t *testing.T) statement.Statement {
	t.Helper()
	all, err := h.Statements.Mine(ctx, ours)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d statements", len(all))
	}
	st, err := h.Statements.Get(ctx, ours, all[0].ID)
	must(t, err)
	return st
}
