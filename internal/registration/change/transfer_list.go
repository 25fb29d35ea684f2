package change

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// transferListView is the moves that concern an employer.
type transferListView struct {
	ui.Page
	Leaving, Joining []moveCard // under way
	Past             []moveCard // the latest that are over
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
	past, err := p.store.PastMoves(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	for _, m := range past {
		v.Past = append(v.Past, moveCard{m, m.From == r.Scope.Org()})
	}
	return r.Render(w, transferList(v))
}

func (c moveCard) summary() ui.SummaryListOptions {
	rows := []ui.SummaryRow{{Key: "From", Text: c.FromName + dated(", last day there ", c.lastDay())},
		{Key: "To", Text: orText(c.ToName, "Not known yet") + dated(", first day there ", c.JoinsOn.String())},
		{Key: "What it waits for", Text: c.Waiting() + "."}}
	rows = append(rows, c.said()...)
	if contact := c.contact(); contact != "" {
		rows = append(rows, ui.SummaryRow{Key: "Whom to ask there", Text: contact})
	}
	return ui.SummaryListOptions{CardTitle: c.Name + ", " + c.Reference, Rows: rows, CardActions: c.actions()}
}

// said is who has said what, and when.
func (c moveCard) said() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, one := range []struct {
		key string
		at  asye.Instant
	}{{"Leaving reported", c.ReportedAt}, {"Claimed", c.ClaimedAt}, {"Confirmed", c.ConfirmedAt}} {
		if !one.at.IsZero() {
			rows = append(rows, ui.SummaryRow{Key: one.key, Text: "On " + web.Moment(one.at)})
		}
	}
	if c.Dispute != "" {
		rows = append(rows, ui.SummaryRow{Key: "What is disputed", Value: said(c.Dispute)})
	}
	return rows
}

// contact is whom to ask at the other employer.
func (c moveCard) contact() string {
	if c.Leaving {
		return c.ToContact.String()
	}
	return c.FromContact.String()
}

// over is a move that is over: how it ended, and why.
func (c moveCard) over() ui.SummaryListOptions {
	how := "Cancelled: the year stays with " + c.FromName + "."
	if c.Status == registration.TransferCompleted {
		how = "Moved from " + c.FromName + " to " + c.ToName + ". First day there: " + c.JoinsOn.String() + "."
	}
	rows := []ui.SummaryRow{{Key: "How it ended", Text: how}}
	if c.Resolution != "" {
		rows = append(rows, ui.SummaryRow{Key: "Why", Text: c.Resolution})
	}
	if contact := c.contact(); contact != "" {
		rows = append(rows, ui.SummaryRow{Key: "Whom to ask at the other employer", Text: contact})
	}
	o := ui.SummaryListOptions{CardTitle: c.Name + ", " + c.Reference, Rows: rows}
	if c.Leaving == (c.Status == registration.TransferCancelled) {
		o.CardActions = []ui.Link{{Text: "Open the record", Href: paths.Registration(c.Enrolment)}}
	}
	return o
}

// actions are what the reader's employer can do about the move.
func (c moveCard) actions() []ui.Link {
	if !c.Leaving {
		if c.Status != registration.TransferClaimed {
			return nil
		}
		return []ui.Link{{Text: "Correct the claim", Href: paths.TransferClaimCorrect(c.ID)},
			{Text: "Take it back", Href: paths.TransferClaimTakeBack(c.ID)}}
	}
	all := []ui.Link{{Text: "Open the record", Href: paths.Registration(c.Enrolment)}}
	switch c.Status {
	case registration.TransferReported:
		all = append(all, ui.Link{Text: "Take back the report", Href: paths.RegistrationLeavingCancel(c.Enrolment)})
	case registration.TransferClaimed:
		all = append(all, ui.Link{Text: "Report the leaving", Href: paths.RegistrationLeaving(c.Enrolment)},
			ui.Link{Text: "Object", Href: paths.RegistrationObject(c.Enrolment)})
	case registration.TransferAgreed, registration.TransferConfirmed:
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
