package change_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/change"
	"example.org/asye/internal/registration/mine"
	"example.org/asye/internal/registration/queue"
	"example.org/asye/internal/registration/registrationtest"
)

var (
	ctx   = context.Background()
	at    = asye.MustDate
	ours  = registrationtest.Ours
	them  = registrationtest.Them
	team  = registrationtest.Team
	self  = registrationtest.Self
	entry = registrationtest.Entry
	must  = registrationtest.Must
)

// house has the pages of this package and its neighbours, and a third employer.
type house struct {
	registrationtest.House
	webtest.Pages
	third tenant.Scope // its coordinator
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	registrationtest.Each(t, func(t *testing.T, in registrationtest.House) {
		employers := func(context.Context) ([]registration.Option, error) {
			return []registration.Option{{Key: "a", Label: "Ashford"}, {Key: "b", Label: "Barnwell"}, {Key: "c", Label: "Carwick"}}, nil
		}
		run(t, house{in, webtest.Pages{DB: in.DB, Mount: func(m *web.Mux) {
			change.Mount(m, in.Store, employers)
			mine.Mount(m, mine.Needs{Store: in.Store})
			queue.Mount(m, in.Store)
		}}, in.Employer(t, "c", "303", "Carwick")})
	})
}
