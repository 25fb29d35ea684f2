// Package record has the pages of one registration: the record itself with its
// history, the NQSW's details, who assesses and coordinates, the invitation,
// and the look at the regulator's register.
//
// Each page is a pair of files with one name. Start reading at record_show.go.
package record

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/regulator"
)

// Deps is what the pages need from others.
type Deps struct {
	Store    *registration.Store
	Answered registration.Answered // nil leaves out whether the equality section is complete
	Register regulator.Register    // the regulator's register, or its simulator
}

// Mount puts the pages on the mux.
func Mount(m *web.Mux, d Deps) {
	p := &pages{d}
	mayManage := access.Years.For(asye.Coordinator)
	enrolment := web.Personal("enrolment", "id")
	const id = asye.EnrolmentID("{id}")
	m.Page(paths.Registration(id), mayManage, enrolment, p.recordShow)
	m.Page(paths.RegistrationHistory(id), mayManage, enrolment, p.recordHistory)
	m.Form(paths.RegistrationDetails(id), mayManage.Fresh(), enrolment, web.Once, p.detailsEdit)
	m.Form(paths.RegistrationAllocation(id), mayManage, enrolment, web.Once, p.allocationEdit)
	m.Form(paths.RegistrationCheck(id), mayManage, enrolment, web.Once, p.registerCheck)
	m.Act(paths.RegistrationInvite(id), mayManage, web.Once, p.invite)
}

type pages struct{ Deps }

// load finds the record that the address names.
func (p *pages) load(r *web.Request) (registration.Record, error) {
	return p.Store.Get(r.Context(), r.Scope, asye.EnrolmentID(r.PathValue("id")))
}
