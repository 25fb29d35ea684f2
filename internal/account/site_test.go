package account_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/own"
	"example.org/asye/internal/account/setup"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// site is the whole capability over HTTP.
type site struct {
	*service
	mux *web.Mux
}

var testNav = map[asye.Role][]ui.NavItem{asye.Administrator: {
	{Text: "People", Href: paths.AdminPeople()}, {Text: "Outbox", Href: paths.AdminOutbox()}}}

func newSite(t *testing.T) *site {
	t.Helper()
	s := newService(t, dbtest.OpenSQLite(t, schema.All()))
	m := web.New(web.Site{}, account.Identify(s.Store, testNav), s.d, s.d.Clock(), slog.New(slog.DiscardHandler))
	add := func(ctx context.Context, tx *db.Tx, _ tenant.Scope, o account.FirstOrganisation) (asye.OrganisationID, error) {
		var p fault.Problems
		p.If(o.Name == "", "name", "Enter the name of the employer")
		return kent, p.Err()
	}
	f := factor.NewStore(s.d, s.Store, s.outbox, tries.NewStore(s.d, s.Store, tries.DefaultBudget()))
	account.Mount(m, s.Store, account.Deps{})
	setup.Mount(m, s.Store, add)
	own.Mount(m, s.Store, f)
	admin.Mount(m, admin.Deps{Accounts: s.Store, Factors: f, Works: s.works(), Trail: s.trail(),
		Policy: func() policy.Table {
			return policy.Table{Things: []policy.Thing{access.Door},
				Uses: []policy.Use{{Pattern: "GET /sign-in", Leaves: "nothing", Rule: access.Door.ForEveryone()}}}
		},
		Tables:   schema.Tables(),
		Settings: []account.Setting{{Key: "database", Value: "asye.db", Origin: "default", Help: "Where records are kept."}}})
	m.Page(paths.Home(), policy.SignedIn(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
		_, err := io.WriteString(w, "home of "+r.Visitor.Name+" as "+r.Scope.Role().String()+" at "+r.Visitor.Org)
		return err
	})
	return &site{s, m}
}

// visitor is somebody who has not signed in.
func (s *site) visitor(t *testing.T) *webtest.Browser { return webtest.Visit(t, s.mux) }

// as is a visitor who has signed in.
func (s *site) as(t *testing.T, email string) *webtest.Browser {
	t.Helper()
	v := s.visitor(t)
	v.Get(paths.SignInWith(s.link(t, email), "")).Is(200)
	v.Press(paths.SignInLink()).Is(200)
	return v
}
