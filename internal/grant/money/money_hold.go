package money

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// none is the answer that money is for no statement.
const none = "none"

// moneyHoldView says what one amount is for.
type moneyHoldView struct {
	ui.Page
	Money   statement.Remittance
	Held    []statement.Reconciled
	Seen    int
	For     string // the statement that is chosen, or none
	Note    string
	Suggest string
}

// moneyHold says which statement an amount is for, or what was found out about
// it.
func (p *pages) moneyHold(w http.ResponseWriter, r *web.Request) error {
	list, err := p.reconciled(r)
	if err != nil {
		return err
	}
	v := moneyHoldView{Page: r.Page("Say what an amount is for"), Held: list.Held}
	v.Breadcrumbs = underMoney()
	if v.Money, err = p.statements.Remittance(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	v.Seen, v.Suggest = v.Money.Version, statement.Suggest(v.Money, v.Held)
	if r.Posted() {
		return p.held(w, r, v)
	}
	v.For, v.Note = v.Money.Statement, v.Money.Note
	if v.For == "" && v.Note != "" {
		v.For = none
	}
	if v.For == "" {
		v.For = v.Suggest
	}
	return r.Render(w, moneyHold(v))
}

func (p *pages) held(w http.ResponseWriter, r *web.Request, v moneyHoldView) error {
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	v.For, v.Note = r.Value("statement"), r.Value("note")
	goal, note := v.For, ""
	if v.For == none {
		goal, note = "", v.Note
	}
	var bad fault.Problems
	bad.If(v.For == "", "statement", "Choose the statement that the money is for, or that it is for none of them")
	bad.If(v.For == none && note == "", "note", "Write what you have found out about the money")
	err := bad.Err()
	if err == nil {
		err = p.statements.Hold(r.Context(), r.Scope, v.Money.ID, seen, goal, note)
	}
	if err == nil {
		return r.Say(w, paths.GrantMoney(), "The "+v.Money.Pence.String()+" of "+v.Money.ReceivedOn.String()+" is settled", v.settledAs())
	}
	if web.IsStale(err) {
		v.Flash = changed
		return r.Stale(w, moneyHold(v))
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
		return err
	}
	return r.Refuse(w, moneyHold(v))
}

func (v moneyHoldView) settledAs() string {
	for _, h := range v.Held {
		if h.Statement.ID == v.For {
			return "It is held against statement " + h.Statement.Reference + "."
		}
	}
	return "It is for none of your statements: what you found out stands beside it."
}

func (v moneyHoldView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}}
}

func (v moneyHoldView) facts() []ui.SummaryRow {
	return []ui.SummaryRow{{Key: "Arrived on", Text: v.Money.ReceivedOn.String()}, {Key: "What the bank says", Text: v.Money.Text}, {Key: "Amount", Text: v.Money.Pence.String()}}
}

func (v moneyHoldView) choices() []ui.Choice {
	var out []ui.Choice
	for _, h := range v.Held {
		c := ui.Choice{Value: h.Statement.ID, Text: h.Statement.Reference + ": " + h.Statement.Pence.String(), Hint: v.hint(h)}
		if c.Value == v.Suggest {
			c.Hint += " Suggested: its reference or exactly its amount is in what the bank says."
		}
		out = append(out, c)
	}
	if len(out) > 0 {
		out = append(out, ui.Choice{Divider: "or"})
	}
	return append(out, ui.Choice{Value: none, Text: "It is for none of them", Conditional: moneyNote(v)})
}

func (v moneyHoldView) hint(h statement.Reconciled) string {
	switch out := h.Outstanding(); {
	case out > 0:
		return out.String() + " of it has not arrived."
	case out < 0:
		return (-out).String() + " too much has arrived."
	}
	return "All of it has arrived."
}
