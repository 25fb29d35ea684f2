package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// leavingReportView is a report of leaving as typed.
type leavingReportView struct {
	sheet
	LeavesOn  ui.DateField
	On        asye.Date
	To        asye.OrganisationID
	Employers registration.Options
}

// leavingReport says that an NQSW leaves for another employer.
func (p *pages) leavingReport(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Report that the NQSW leaves")
	if err != nil {
		return err
	}
	v := leavingReportView{sheet: s, To: asye.OrganisationID(r.Value("to_org"))}
	if v.Employers, err = p.employers(r.Context()); err != nil {
		return err
	}
	var bad fault.Problems
	v.LeavesOn, v.On = r.Date("leaves_on", "The first day no longer with you", &bad)
	bad.If(v.To != "" && v.name() == "", "to_org", "Choose an employer from the list, or leave the choice open")
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.Leave(asye.Date{}, r.Today) },
		form:     func(s sheet) templ.Component { v.sheet = s; return leavingReport(v) },
		problems: bad,
		fields:   []string{"leaves_on", "to_org"},
		judge:    func(rec registration.Record) error { return rec.Leave(v.On, r.Today) },
		save:     func(seen int) error { return p.store.Leaving(r.Context(), r.Scope, s.Record.ID, seen, v.To, v.On) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Move to another employer", Theirs: moveOf(now),
				Yours: "Leaves on " + written(v.LeavesOn) + " for " + orText(v.name(), "an employer not known yet")}}
		},
		said: func(now registration.Record) notice {
			return notice{Location: paths.Transfers(), Heading: "You have reported that " + now.Name() + " leaves on " + v.On.String(), Text: moveOf(now) + "."}
		},
	})
}

// name is the name of the employer chosen; empty when none is, or when it is
// not on the list.
func (v leavingReportView) name() string {
	for _, one := range v.Employers {
		if one.Key == string(v.To) && one.Key != string(v.Record.Org) {
			return one.Label
		}
	}
	return ""
}

func (v leavingReportView) choices() []ui.Choice {
	items := []ui.Choice{{Value: "", Text: "I do not know yet"}}
	for _, one := range v.Employers {
		if one.Key != string(v.Record.Org) {
			items = append(items, ui.Choice{Value: one.Key, Text: one.Label})
		}
	}
	return items
}

// claimed is the claim that a gaining employer has made; nil without one.
func (v leavingReportView) claimed() *registration.Transfer {
	if open := v.Record.OpenTransfer(); open != nil && !open.ClaimedAt.IsZero() {
		return open
	}
	return nil
}

// moveOf tells how a move of the record stands.
func moveOf(rec registration.Record) string {
	open := rec.OpenTransfer()
	if open == nil {
		return "No move is under way"
	}
	return open.Waiting()
}
