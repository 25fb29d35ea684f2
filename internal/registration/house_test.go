package registration_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/cohort"
	"example.org/asye/internal/registration/record"
	"example.org/asye/internal/registration/register"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/registration/regulator"
)

type house = registrationtest.House

var (
	ctx      = context.Background()
	at       = asye.MustDate
	ours     = registrationtest.Ours
	them     = registrationtest.Them
	team     = registrationtest.Team
	each     = registrationtest.Each
	onSQLite = registrationtest.OnSQLite
	entry    = registrationtest.Entry
	must     = registrationtest.Must
)

// browse opens the pages of a cohort, a record and a registration for somebody.
// The first of any NQSWs has answered the equality questions.
func browse(t *testing.T, h house, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	simulator, err := regulator.NewSimulator(func(ctx context.Context, n registration.Number) (string, error) {
		return h.NameOf(ctx, tenant.System("the simulated register"), n)
	})
	must(t, err)
	answered := func(_ context.Context, _ tenant.Scope, persons []asye.PersonID) (map[asye.PersonID]bool, error) {
		return map[asye.PersonID]bool{persons[0]: true}, nil
	}
	drafts := journey.NewStore(h.DB)
	pages := webtest.Pages{DB: h.DB, Mount: func(m *web.Mux) {
		cohort.Mount(m, cohort.Deps{Store: h.Store, Drafts: drafts, Answered: answered})
		record.Mount(m, record.Deps{Store: h.Store, Answered: answered, Register: simulator})
		register.Mount(m, h.Store, drafts)
	}}
	return pages.As(t, scope)
}
