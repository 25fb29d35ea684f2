package register

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// registeredView is the confirmation.
type registeredView struct {
	Page    ui.Page
	Record  registration.Record
	LastDay asye.Date
	Paired  bool // may be somebody who is registered elsewhere too
}

// registered confirms that an NQSW has been registered, and says what is next.
func (p *pages) registered(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.store.Get(r.Context(), r.Scope, asye.EnrolmentID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := registeredView{Page: r.Page(rec.Name() + " is registered"), Record: rec, LastDay: rec.Schedule(r.Today).LastDay}
	if v.Paired, err = p.store.Paired(r.Context(), r.Scope, rec.ID); err != nil {
		return err
	}
	return r.Render(w, registered(v))
}

// because are the sentences of the answers that lead to something: what the NQSW
// is told, or what is not settled.
func (v registeredView) because(leads programme.Leads) []string {
	var out []string
	for _, a := range v.Record.Evidence.Answers {
		if a.Leads == leads && a.Reason != "" {
			out = append(out, a.Reason)
		}
	}
	return out
}
