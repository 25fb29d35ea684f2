// Package register has the journey by which a coordinator registers one NQSW,
// page by page, and the page that confirms it. The draft is kept in the
// database from the first page on.
//
// The questions about eligibility are those of the programme's version: a new
// version asks others without a change here. Start reading at journey.go.
package register

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// Mount puts the journey and its confirmation on the mux.
func Mount(m *web.Mux, store *registration.Store, drafts *journey.Store) {
	p := &pages{store}
	p.journey().Mount(m, drafts)
	m.Page(paths.RegistrationDone("{id}"), maySee, web.Personal("enrolment", "id"), p.registered)
}

var (
	mayRegister = access.Drafts.For(asye.Coordinator)
	maySee      = access.Years.For(asye.Coordinator)
)

type pages struct{ store *registration.Store }
