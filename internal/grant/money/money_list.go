package money

import (
	"net/http"
	"strings"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// moneyListView is what arrived beside what was paid.
type moneyListView struct {
	ui.Page
	Tabs       ui.SubNavigationOptions
	Held       []statement.Reconciled
	Unexpected []statement.Remittance // for no statement, and nobody has said why
	Explained  []statement.Remittance // for no statement, with what was found out
	Names      map[string]string      // references of statements
	Acts       bool
}

// reconciled holds what arrived against the statements of the employer.
func (p *pages) reconciled(r *web.Request) (v moneyListView, err error) {
	v.Names, v.Acts = map[string]string{}, acts(r)
	all, err := p.statements.Mine(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	received, err := p.statements.Remittances(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	var unexpected []statement.Remittance
	v.Held, unexpected = statement.Reconcile(all, received, r.Today)
	for _, one := range unexpected {
		if one.Note == "" {
			v.Unexpected = append(v.Unexpected, one)
		} else {
			v.Explained = append(v.Explained, one)
		}
	}
	for _, st := range all {
		v.Names[st.ID] = st.Reference
	}
	return v, nil
}

// moneyList holds what arrived against statements (GRA-47).
func (p *pages) moneyList(w http.ResponseWriter, r *web.Request) error {
	v, err := p.reconciled(r)
	if err != nil {
		return err
	}
	v.Page = r.Page("Money received")
	v.Tabs, v.Wide = tabs(r), true
	return r.Render(w, moneyList(v))
}

func standingTag(s statement.Standing) ui.TagOptions {
	colour := map[statement.Standing]ui.TagColour{statement.Matched: ui.TagGreen, statement.Short: ui.TagRed, statement.Over: ui.TagOrange, statement.Waiting: ui.TagYellow}
	return ui.TagOptions{Text: s.String(), Colour: colour[s]}
}

func (v moneyListView) figures() []ui.FigureOptions {
	var due, arrived, other grant.Pence
	for _, r := range v.Held {
		due, arrived = due+r.Statement.Pence, arrived+r.Arrived
	}
	for _, r := range v.Unexpected {
		other += r.Pence
	}
	return []ui.FigureOptions{{Figure: due.String(), Label: "Authorised or paid"}, {Figure: arrived.String(), Label: "Arrived for it"},
		{Figure: v.outstanding().String(), Label: "Not arrived"}, {Figure: other.String(), Label: "Unexpected", Note: "for no statement that is known"}}
}

func (v moneyListView) outstanding() (sum grant.Pence) {
	for _, r := range v.Held {
		sum += max(r.Outstanding(), 0)
	}
	return sum
}

func (v moneyListView) statements() ui.TableOptions {
	t := ui.TableOptions{Caption: "Statements beside what arrived", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Statement"}, {Text: "State"}, {Text: "Due", Numeric: true}, {Text: "Arrived", Numeric: true}, {Text: "When"}, {Text: "Result"},
			{Text: "Outstanding", Numeric: true}, {Text: "For"}}}
	for _, r := range v.Held {
		var when []string
		for _, one := range r.Received {
			when = append(when, one.ReceivedOn.Short())
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Part(reference(r.Statement.Reference, paths.GrantStatement(r.Statement.ID))), ui.Text(stateOf(r.Statement)), money(r.Statement.Pence), money(r.Arrived),
			ui.Text(orNone(strings.Join(when, ", "))), ui.Part(ui.Tag(standingTag(r.Standing))), ui.Number(outstanding(r)), ui.Text(since(r))})
	}
	return t
}

func stateOf(st statement.Statement) string {
	if st.State == statement.Paid {
		return "Paid on " + st.PaidOn.Short()
	}
	return st.State.String()
}

func outstanding(r statement.Reconciled) string {
	switch out := r.Outstanding(); {
	case out < 0:
		return (-out).String() + " too much"
	case out > 0:
		return out.String()
	}
	return "–"
}

func since(r statement.Reconciled) string {
	switch {
	case r.Outstanding() <= 0:
		return "–"
	case r.Statement.PaidOn.IsZero():
		return "Not paid yet"
	}
	return days(r.Days)
}

func (v moneyListView) aged() ui.TableOptions {
	t := ui.TableOptions{Caption: "What has not arrived, by how long ago it was paid", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Age"}, {Text: "Statements", Numeric: true}, {Text: "Amount", Numeric: true}}}
	for _, a := range statement.Aged(v.Held) {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(a.Title), ui.Number(ui.Thousands(a.Count)), money(a.Pence)})
	}
	return t
}

func (v moneyListView) unexpected() ui.TableOptions {
	t := ui.TableOptions{Caption: "Unexpected money", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Arrived on"}, {Text: "What the bank says"}, {Text: "Amount", Numeric: true}, {Text: "Perhaps for"}}}
	if v.Acts {
		t.Head = append(t.Head, ui.Column{Text: "Settle"})
	}
	for _, r := range v.Unexpected {
		row := []ui.Cell{ui.Text(r.ReceivedOn.String()), ui.Text(r.Text), money(r.Pence), ui.Text(orNone(v.Names[statement.Suggest(r, v.Held)]))}
		if v.Acts {
			row = append(row, ui.Cell{Text: "Say what it is for", Href: paths.GrantMoneyHold(r.ID), Hidden: "the " + r.Pence.String() + " of " + r.ReceivedOn.String()})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// settled is all that arrived and is settled: what it is for, or what was found
// out.
func (v moneyListView) settled() ui.TableOptions {
	t := ui.TableOptions{Caption: "Amounts that are settled", CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Arrived on"}, {Text: "What the bank says"}, {Text: "Amount", Numeric: true}, {Text: "For"}}}
	if v.Acts {
		t.Head = append(t.Head, ui.Column{Text: "Change"})
	}
	add := func(r statement.Remittance, what string) {
		row := []ui.Cell{ui.Text(r.ReceivedOn.String()), ui.Text(r.Text), money(r.Pence), ui.Text(what)}
		if v.Acts {
			row = append(row, ui.Cell{Text: "Change", Href: paths.GrantMoneyHold(r.ID), Hidden: "what the " + r.Pence.String() + " of " + r.ReceivedOn.String() + " is for"})
		}
		t.Rows = append(t.Rows, row)
	}
	for _, h := range v.Held {
		for _, r := range h.Received {
			add(r, h.Statement.Reference)
		}
	}
	for _, r := range v.Explained {
		add(r, "None: "+r.Note)
	}
	return t
}
