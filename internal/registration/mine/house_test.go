package mine_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration/mine"
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

// house has the pages of this package. The equality section is another
// capability: here, those have sent it whom answered names.
type house struct {
	registrationtest.House
	webtest.Pages
	answered map[asye.PersonID]bool
}

func (h house) needs() mine.Needs {
	return mine.Needs{Store: h.Store, Answered: func(context.Context, tenant.Scope, []asye.PersonID) (map[asye.PersonID]bool, error) {
		return h.answered, nil
	}}
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	registrationtest.Each(t, func(t *testing.T, in registrationtest.House) {
		h := house{House: in, answered: map[asye.PersonID]bool{}}
		h.Pages = webtest.Pages{DB: in.DB, Mount: func(m *web.Mux) { mine.Mount(m, h.needs()) }}
		run(t, h)
	})
}
