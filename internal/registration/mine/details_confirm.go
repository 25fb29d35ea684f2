package mine

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// detailsConfirmView is an NQSW's details, to be confirmed as they stand.
type detailsConfirmView struct {
	ui.Page
	Record  registration.Record
	Changed bool // somebody changed them while the page was open
}

// detailsConfirm asks whether the details are right.
func (p *pages) detailsConfirm(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := detailsConfirmView{Page: r.Page("Confirm your details"), Record: rec}
	if !rec.NQSW.ConfirmedAt.IsZero() {
		v.Title = "Your details"
	}
	v.Back = &ui.Link{Text: "Back to your year", Href: paths.MyYear()}
	if !r.Posted() {
		return r.Render(w, detailsConfirm(v))
	}
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	err = p.Store.ConfirmDetails(r.Context(), r.Scope, seen, rec.NQSW.Details())
	switch fault.KindOf(err) {
	case fault.Conflict:
		v.Changed = true
		return r.Stale(w, detailsConfirm(v))
	case fault.Invalid:
		return r.SeeOther(w, paths.MyDetailsEdit()) // what is stored needs mending: the form says what
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.MyYear(), "Thank you: your details are confirmed", "If anything changes, you can correct it here at any time.")
}

func (v detailsConfirmView) rows() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, fact := range v.Record.NQSW.Details().Facts() {
		text := fact.Text
		if text == "" {
			text = "Not given"
		}
		rows = append(rows, ui.SummaryRow{Key: fact.Label, Text: text})
	}
	return rows
}

func (v detailsConfirmView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Record.NQSW.Version)}}}
}

// confirmed says when the details were last confirmed; empty before that.
func (v detailsConfirmView) confirmed() string {
	return web.Moment(v.Record.NQSW.ConfirmedAt)
}
