package record

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/regulator"
)

// checkView is the page of a look at the regulator's register.
type checkView struct {
	sheet
	Source string
	Today  asye.Date
}

// registerCheck looks the NQSW up in the regulator's register and keeps what it
// says.
func (p *pages) registerCheck(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Check the regulator’s register", func(rec registration.Record) int { return rec.Version })
	if err != nil {
		return err
	}
	v := checkView{sheet: s, Source: p.Register.Source(), Today: r.Today}
	if !r.Posted() {
		return r.Render(w, registerCheck(v))
	}
	if s.Record.NQSW.Number == "" {
		return fault.New(fault.Invalid, "No Social Work England number is recorded, so there is nothing to look up. Add it to the details first")
	}
	listing, err := p.Register.Look(r.Context(), s.Record.NQSW.Number)
	if err != nil {
		return err
	}
	check := regulator.Compare(listing, s.Record.NQSW.Identity)
	check.CheckedOn, check.Source = r.Today, v.Source
	if err := p.Store.CheckRegister(r.Context(), r.Scope, s.Record.ID, check); err != nil {
		return err
	}
	return r.Say(w, paths.Registration(s.Record.ID), check.ResultText(), nextStep(check))
}

// nextStep is what to do about what the register says.
func nextStep(c registration.RegisterCheck) string {
	switch c.Result {
	case "registered":
		return "Nothing more to do. The check is kept on the record."
	case "name_differs":
		return "The register has the name " + c.RegisteredName + ". Ask the NQSW which name is right, and change the details if they are wrong."
	case "lapsed", "removed":
		return "Speak to the NQSW and to whoever manages them. Somebody who is not registered cannot practise as a social worker."
	}
	return "Check the number with the NQSW, and change the details if it is wrong."
}

// before lists the checks that are on record.
func (v checkView) before() ui.SummaryListOptions {
	o := ui.SummaryListOptions{}
	for _, c := range v.Record.Checks {
		o.Rows = append(o.Rows, ui.SummaryRow{Key: c.CheckedOn.String(), Text: checkText(c)})
	}
	return o
}
