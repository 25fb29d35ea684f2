package money

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementShowView is one statement, with what is on it.
type statementShowView struct {
	ui.Page
	Statement  statement.Statement
	SchemeName string
	Names      map[string]string // of milestones
	Held       *statement.Reconciled
	Outside    bool
	Acts       bool // may record what a funder outside did
}

// statementShow shows one statement, or gives what is on it as a file.
func (p *pages) statementShow(w http.ResponseWriter, r *web.Request) error {
	v, err := p.statementView(r)
	if err != nil {
		return err
	}
	if format := files.Format(r.Value("format")); format != "" {
		return v.file(w, format)
	}
	return r.Render(w, statementShow(v))
}

func (p *pages) statementView(r *web.Request) (statementShowView, error) {
	v := statementShowView{Outside: p.outside(), Names: map[string]string{}}
	v.Acts = v.Outside && acts(r)
	var err error
	if v.Statement, err = p.statements.Get(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return v, err
	}
	received, err := p.statements.Remittances(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	if held, _ := statement.Reconcile([]statement.Statement{v.Statement}, received, r.Today); len(held) > 0 {
		v.Held = &held[0]
	}
	for _, i := range v.Statement.Items {
		v.Names[i.Milestone] = p.milestoneName(v.Statement.Scheme, i.Milestone)
	}
	v.Page, v.SchemeName = r.Page("Statement "+v.Statement.Reference), p.schemeName(v.Statement.Scheme)
	v.Breadcrumbs, v.Wide = crumbs(), true
	return v, nil
}

func (v statementShowView) facts() []ui.SummaryRow {
	st := v.Statement
	rows := []ui.SummaryRow{{Key: "State", Value: ui.Tag(stateTag(st.State))}, {Key: "What comes next", Text: next(st, v.Outside)}, {Key: "Amount", Text: st.Pence.String()}}
	if v.Held != nil {
		rows = append(rows, ui.SummaryRow{Key: "What arrived", Text: v.arrived(), Actions: []ui.Link{{Text: "See money received", Href: paths.GrantMoney()}}})
	}
	for _, kind := range []statement.Kind{statement.KindLine, statement.KindInstalment, statement.KindInstalmentBack, statement.KindRecovery, statement.KindAdjustment, statement.KindCarried} {
		if n, sum := worthOf(st.Items, kind); n > 0 {
			rows = append(rows, ui.SummaryRow{Key: many(kind), Text: fmt.Sprintf("%s in %s", sum, things(n))})
		}
	}
	return rows
}

func things(n int) string {
	if n == 1 {
		return "1 item"
	}
	return ui.Thousands(n) + " items"
}

// many is what the items of a kind are called together.
func many(k statement.Kind) string {
	switch k {
	case statement.KindLine:
		return "Payments"
	case statement.KindRecovery:
		return "Recoveries"
	case statement.KindAdjustment:
		return "Adjustments"
	}
	return k.String()
}

func (v statementShowView) arrived() string {
	text := v.Held.Arrived.String() + ": " + lower(v.Held.Standing.String())
	switch out := v.Held.Outstanding(); {
	case out > 0 && v.Held.Days > 0:
		return text + ". " + out.String() + " has not arrived, " + days(v.Held.Days) + " after it was paid."
	case out > 0:
		return text + ". " + out.String() + " has not arrived."
	case out < 0:
		return text + ". " + (-out).String() + " too much has arrived."
	}
	return text + "."
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return ui.Thousands(n) + " days"
}

// table is what is on the statement, with what it comes to.
func (v statementShowView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "What is on it: " + statement.Total(v.Statement.Items).String() + " in all", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "What it is"}, {Text: "Claim"}, {Text: "Day"}, {Text: "Amount", Numeric: true}}}
	why := slices.ContainsFunc(v.Statement.Items, func(i statement.Item) bool { return i.Reason != "" })
	if why {
		t.Head = append(t.Head, ui.Column{Text: "Why"})
	}
	if v.Acts {
		t.Head = append(t.Head, ui.Column{Text: "Taken back"})
	}
	for _, i := range v.Statement.Items {
		row := []ui.Cell{ui.Text(orNone(i.Name)), ui.Text(v.what(i)), ui.Text(orNone(i.Claim)), ui.Text(i.EffectiveOn.String()), money(i.Pence)}
		if why {
			row = append(row, ui.Text(orNone(v.why(i))))
		}
		if v.Acts {
			row = append(row, v.back(i))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// back leads to where it is recorded that a funder outside takes a payment back.
func (v statementShowView) back(i statement.Item) ui.Cell {
	if i.Kind != statement.KindLine {
		return ui.Text("–")
	}
	return ui.Cell{Text: "Record", Href: paths.GrantTakenBack(i.Line), Hidden: "that the funder takes back what it paid for " + i.Name}
}

func (v statementShowView) what(i statement.Item) string {
	if name := v.Names[i.Milestone]; name != "" {
		return i.Kind.String() + ": " + lower(name)
	}
	return i.Kind.String()
}

func (v statementShowView) why(i statement.Item) string {
	if i.Kind == statement.KindAdjustment && i.By != "" {
		return i.Reason + " (" + i.By + ")"
	}
	return i.Reason
}
