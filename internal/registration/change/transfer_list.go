package change

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// transferListView is the moves that concern an employer.
type transferListView struct {
	ui.Page
	Leaving, Joining []moveCard
}

// moveCard is one move, as a card.
type moveCard struct {
	registration.Moving
	Leaving bool // it leaves the reader's own employer
}

// transferList lists the moves under way that concern the employer.
func (p *pages) transferList(w http.ResponseWriter, r *web.Request) error {
	moves, err := p.store.Moves(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := transferListView{Page: r.Page("Moves between employers")}
	for _, m := range moves {
		card := moveCard{m, m.From == r.Scope.Org()}
		if card.Leaving {
			v.Leaving = append(v.Leaving, card)
		} else {
			v.Joining = append(v.Joining, card)
		}
	}
	return r.Render(w, transferList(v))
}

func (c moveCard) summary() ui.SummaryListOptions {
	rows := []ui.SummaryRow{{Key: "From", Text: c.FromName + dated(", last day there ", c.lastDay())},
		{Key: "To", Text: orText(c.ToName, "Not known yet") + dated(", first day there ", c.JoinsOn.String())},
		{Key: "What it waits for", Text: c.Waiting() + "."}}
	if c.Dispute != "" {
		rows = append(rows, ui.SummaryRow{Key: "What is disputed", Value: said(c.Dispute)})
	}
	o := ui.SummaryListOptions{CardTitle: c.Name + ", " + c.Reference, Rows: rows}
	if c.Leaving {
		o.CardActions = c.actions()
	}
	return o
}

// actions are what the losing employer can do about the move.
func (c moveCard) actions() []ui.Link {
	all := []ui.Link{{Text: "Open the record", Href: paths.Registration(c.Enrolment)}}
	switch c.Status {
	case registration.TransferReported:
		all = append(all, ui.Link{Text: "Take back the report", Href: paths.RegistrationLeavingCancel(c.Enrolment)})
	case registration.TransferClaimed:
		all = append(all, ui.Link{Text: "Report the leaving", Href: paths.RegistrationLeaving(c.Enrolment)},
			ui.Link{Text: "Object", Href: paths.RegistrationObject(c.Enrolment)})
	case registration.TransferAgreed:
		all = append(all, ui.Link{Text: "Object", Href: paths.RegistrationObject(c.Enrolment)})
	}
	return all
}

// lastDay is the last day with the losing employer, if it is known.
func (c moveCard) lastDay() string {
	if c.LeavesOn.IsZero() {
		return ""
	}
	return c.LeavesOn.AddDays(-1).String()
}

func dated(words, date string) string {
	if date == "" {
		return ""
	}
	return words + date
}
