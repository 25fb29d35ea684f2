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
	Coordinators   []registration.Allocation // for an NQSW and a director
	Administrators []registration.Allocation
	National       string // the name of the national body; empty where there is none
	Contact        registration.Contact
}

// helpShow serves "Get help": people first.
func (p *pages) helpShow(w http.ResponseWriter, r *web.Request) error {
	v := helpShowView{Page: r.Page("Get help"), Role: r.Scope.Role()}
	var err error
	if v.National, v.Contact, err = p.Store.NationalBody(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Administrators, err = p.Store.Administrators(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Role == asye.NQSW || v.Role == asye.Director {
		if v.Coordinators, err = p.coordinators(r); err != nil {
			return err
		}
	}
	return r.Render(w, helpShow(v))
}

// coordinators are the NQSW's own or, where nobody is named, and for a director,
// all of their employer.
func (p *pages) coordinators(r *web.Request) ([]registration.Allocation, error) {
	if r.Scope.Role() == asye.Director {
		return p.Store.Coordinators(r.Context(), r.Scope)
	}
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	if own := rec.CoordinatedBy(); err == nil && own.Name != "" {
		return []registration.Allocation{own}, nil
	}
	return p.Store.Coordinators(r.Context(), r.Scope)
}

// national are the ways to reach the national team.
func (v helpShowView) national() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Organisation", Text: v.National}}
	for _, one := range []ui.SummaryRow{{Key: "Contact", Text: v.Contact.Name}, {Key: "Telephone", Text: v.Contact.Phone}} {
		if one.Text != "" {
			rows = append(rows, one)
		}
	}
	if v.Contact.Email != "" {
		rows = append(rows, ui.SummaryRow{Key: "E-mail", Value: address(v.Contact.Email)})
	}
	return rows
}

// reachable reports whether there is a way to reach the national team.
func (v helpShowView) reachable() bool { return v.Contact.Phone != "" || v.Contact.Email != "" }

// across heads what only the national team can help with.
func (v helpShowView) across() string {
	switch v.Role {
	case asye.NQSW:
		return "If your employers disagree about your move: ask the national team"
	case asye.Director:
		return "About anything across employers: ask the national team"
	}
	return "About moves, possible duplicates and anything across employers: ask the national team"
}
