package queue_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration/queue"
	"example.org/asye/internal/registration/registrationtest"
)

var (
	ctx   = context.Background()
	at    = asye.MustDate
	ours  = registrationtest.Ours
	them  = registrationtest.Them
	team  = registrationtest.Team
	entry = registrationtest.Entry
	must  = registrationtest.Must
	self  = registrationtest.Self
)

// house has the pages of this package.
type house struct {
	registrationtest.House
	webtest.Pages
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	registrationtest.Each(t, func(t *testing.T, in registrationtest.House) {
		run(t, house{in, webtest.Pages{DB: in.DB, Mount: func(m *web.Mux) { queue.Mount(m, in.Store) }}})
	})
}
