package money

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementListView is what an employer is paid.
type statementListView struct {
	ui.Page
	Tabs    ui.SubNavigationOptions
	Rows    []statementRow
	Claims  []claim.Claim // that wait for the answer of a funder outside
	Outside bool
}

type statementRow struct {
	statement.Statement
	SchemeName string
}

// statementList lists the statements of the employer.
func (p *pages) statementList(w http.ResponseWriter, r *web.Request) error {
	v := statementListView{Page: r.Page("Statements"), Outside: p.outside()}
	v.Tabs, v.Wide = tabs(r), true
	all, err := p.statements.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	for _, st := range all {
		v.Rows = append(v.Rows, statementRow{st, p.schemeName(st.Scheme)})
	}
	if v.Outside && acts(r) {
		if v.Claims, err = p.unanswered(r); err != nil {
			return err
		}
	}
	return r.Render(w, statementList(v))
}

func (p *pages) unanswered(r *web.Request) (out []claim.Claim, err error) {
	all, err := p.claims.List(r.Context(), r.Scope)
	for _, c := range all {
		if c.State == claim.Submitted {
			out = append(out, c)
		}
	}
	return out, err
}

func (v statementListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "The latest first", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Statement"}, {Text: "Grant"}, {Text: "State"}, {Text: "What comes next"}, {Text: "Amount", Numeric: true}}}
	for _, st := range v.Rows {
		t.Rows = append(t.Rows, []ui.Cell{ui.Part(reference(st.Reference, paths.GrantStatement(st.ID))), ui.Text(st.SchemeName), ui.Part(ui.Tag(stateTag(st.State))),
			ui.Text(next(st.Statement, v.Outside)), money(st.Pence)})
	}
	return t
}

func (v statementListView) claims() ui.TableOptions {
	t := ui.TableOptions{Caption: "Claims that wait for the funder’s answer", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Claim"}, {Text: "Grant"}, {Text: "Sent"}, {Text: "Amount", Numeric: true}, {Text: "Answer"}}}
	for _, c := range v.Claims {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(c.Reference), ui.Text(c.Scheme.Name), ui.Text(web.Moment(c.SubmittedAt)), money(c.Pence),
			{Text: "Record the answer", Href: paths.GrantAnswer(c.ID), Hidden: "to claim " + c.Reference}})
	}
	return t
}

func stateTag(s statement.State) ui.TagOptions {
	colour := map[statement.State]ui.TagColour{statement.Open: ui.TagBlue, statement.Payable: ui.TagYellow, statement.Authorised: ui.TagTeal, statement.Paid: ui.TagGreen}
	return ui.TagOptions{Text: s.String(), Colour: colour[s]}
}

// next says what becomes of a statement.
func next(st statement.Statement, outside bool) string {
	switch {
	case st.State == statement.Open && outside:
		return "It takes what you record as accepted. Close it when the funder announces the payment."
	case st.State == statement.Open:
		return "It takes what the national team accepts until they close it."
	case st.State == statement.Payable:
		return "It was closed on " + dayOf(st.ClosedAt).String() + " and stays as it is. Two people of the national team authorise it next."
	case st.State == statement.Authorised && st.Pence == 0:
		return "There is nothing to pay on it."
	case st.State == statement.Authorised:
		return "It is authorised, and the funder pays it next."
	}
	return "It was paid on " + st.PaidOn.String() + "."
}

func dayOf(at asye.Instant) asye.Date { return clock.DateOf(at) }

// worthOf is what the items of some kinds come to.
func worthOf(items []statement.Item, kind statement.Kind) (n int, sum grant.Pence) {
	for _, i := range items {
		if i.Kind == kind {
			n, sum = n+1, sum+i.Pence
		}
	}
	return n, sum
}
