package money

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementAnnouncedView records what a funder outside did with a statement.
type statementAnnouncedView struct {
	ui.Page
	Statement statement.Statement
	PaidOn    ui.DateField
}

// statementAnnounced records that a funder outside has announced an open
// statement, or paid one that was announced.
func (p *pages) statementAnnounced(w http.ResponseWriter, r *web.Request) error {
	if err := p.statements.Payer().Outside(); err != nil {
		return err
	}
	v := statementAnnouncedView{Page: r.Page("The funder has announced a payment")}
	var err error
	if v.Statement, err = p.statements.Get(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	if v.Statement.State == statement.Authorised {
		v.Title = "The funder has paid"
	}
	v.Back = &ui.Link{Text: "Back to statement " + v.Statement.Reference, Href: paths.GrantStatement(v.Statement.ID)}
	if !r.Posted() {
		if err := v.waits(); err != nil {
			return err
		}
		return r.Render(w, statementAnnounced(v))
	}
	return p.announced(w, r, v)
}

// waits refuses a statement with which a funder has nothing to do any more.
func (v statementAnnouncedView) waits() error {
	if v.Statement.State == statement.Authorised {
		return nil
	}
	return v.Statement.Is(statement.Open)
}

func (p *pages) announced(w http.ResponseWriter, r *web.Request, v statementAnnouncedView) error {
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	id, said := v.Statement.ID, "Statement "+v.Statement.Reference+" is closed and authorised"
	var err error
	if r.Value("act") == "paid" {
		var bad fault.Problems
		var on asye.Date
		v.PaidOn, on = r.Date("paid_on", "The day of the payment", &bad)
		if err = bad.Err(); err == nil {
			err = p.statements.RecordPaid(r.Context(), r.Scope, id, seen, on)
		}
		said = "Statement " + v.Statement.Reference + " is recorded as paid"
	} else {
		err = p.statements.Announce(r.Context(), r.Scope, id, seen)
	}
	if err == nil {
		return r.Say(w, paths.GrantStatement(id), said, "The audit trail says that you recorded it for the funder.")
	}
	if web.IsStale(err) {
		v.Flash = changed
		return r.Stale(w, statementAnnounced(v))
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
		return err
	}
	return r.Refuse(w, statementAnnounced(v))
}

// changed says that something is different from what was on the page.
var changed = &ui.Notice{Heading: "This has changed since you opened the page", Text: "Nothing was saved. Look at it as it is now, and send it again if it is still right."}

func (v statementAnnouncedView) form(act string) ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Statement.Version)}, {Name: "act", Value: act}}}
}
