package mine

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// helpShowView is whom to ask, from where the reader stands.
type helpShowView struct {
	ui.Page
	Role           asye.Role
	Coordinators   []registration.Allocation // for an NQSW
	Administrators []registration.Allocation
}

// helpShow serves "Get help": people first.
func (p *pages) helpShow(w http.ResponseWriter, r *web.Request) error {
	v := helpShowView{Page: r.Page("Get help"), Role: r.Scope.Role()}
	if !r.Scope.IsSignedIn() {
		return r.Render(w, helpShow(v))
	}
	var err error
	if v.Administrators, err = p.Store.Administrators(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Role == asye.NQSW {
		if v.Coordinators, err = p.coordinators(r); err != nil {
			return err
		}
	}
	return r.Render(w, helpShow(v))
}

// coordinators are the NQSW's own or, where nobody is named, all of their
// employer.
func (p *pages) coordinators(r *web.Request) ([]registration.Allocation, error) {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	if own := rec.CoordinatedBy(); err == nil && own.Name != "" {
		return []registration.Allocation{own}, nil
	}
	return p.Store.Coordinators(r.Context(), r.Scope)
}
