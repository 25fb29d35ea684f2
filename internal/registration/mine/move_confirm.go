package mine

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// moveConfirmView is a move, and what the NQSW says about it.
type moveConfirmView struct {
	ui.Page
	Record  registration.Record
	Move    registration.Transfer
	Today   asye.Date
	Answer  string // right or wrong
	Why     string
	Changed string // why the answer came too late
}

// moveConfirm asks the NQSW whether both employers have it right.
func (p *pages) moveConfirm(w http.ResponseWriter, r *web.Request) error {
	v := moveConfirmView{Page: r.Page("Your move"), Today: r.Today, Answer: r.Value("answer"), Why: r.Value("dispute")}
	v.Back = &ui.Link{Text: "Back to your year", Href: paths.MyYear()}
	if err := p.loadMove(r, &v); err != nil {
		return err
	}
	if r.Posted() {
		return p.answerMove(w, r, v)
	}
	if v.Move.ID == "" {
		return r.Render(w, moveNone(v.Page))
	}
	return r.Render(w, moveConfirm(v))
}

func (p *pages) loadMove(r *web.Request, v *moveConfirmView) error {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v.Record = rec
	if open := rec.OpenTransfer(); open != nil {
		v.Move = *open
	}
	return nil
}

func (p *pages) answerMove(w http.ResponseWriter, r *web.Request, v moveConfirmView) error {
	var err error
	said, text := v.confirmed()
	switch v.Answer {
	case "right":
		err = p.Store.Confirm(r.Context(), r.Scope, r.Value("move"))
	case "wrong":
		said, text = "Thank you: the national team will look at your move", "Your year stays where it is until they have decided. Nothing is lost."
		err = p.Store.Deny(r.Context(), r.Scope, r.Value("move"), v.Why)
	default:
		err = fault.Problems{{Field: "answer", Text: "Say whether the dates are right"}}
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return r.Refuse(w, moveConfirm(v))
	case fault.Conflict, fault.NotFound:
		return p.tooLate(w, r, v)
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.MyYear(), said, text)
}

// confirmed says what comes of a confirmation: the year moves on the first day
// with the next employer.
func (v moveConfirmView) confirmed() (said, text string) {
	if v.Move.JoinsOn.After(v.Today) {
		return "Thank you: your move is confirmed", "Your year moves to " + v.Move.ToName + " on " + v.Move.JoinsOn.String() +
			". Until then it stays with " + v.Move.FromName + "."
	}
	return "Thank you: your year has moved", "It is now with your new employer, with everything that was recorded."
}

// tooLate shows how the move stands now, with what was typed kept.
func (p *pages) tooLate(w http.ResponseWriter, r *web.Request, v moveConfirmView) error {
	v.Move = registration.Transfer{}
	if err := p.loadMove(r, &v); err != nil {
		return err
	}
	if v.Move.ID == "" {
		return r.Stale(w, moveNone(v.Page))
	}
	v.Changed = "The move changed while you had this page open. This is how it stands now: please read it again."
	return r.Stale(w, moveConfirm(v))
}

// agreed reports whether both employers have spoken and do not disagree.
func (v moveConfirmView) agreed() bool { return v.Move.Status == registration.TransferAgreed }

func (v moveConfirmView) rows() []ui.SummaryRow {
	last := "Not said yet"
	if !v.Move.LeavesOn.IsZero() {
		last = v.Move.LeavesOn.AddDays(-1).String()
	}
	return []ui.SummaryRow{{Key: "From", Text: v.Move.FromName}, {Key: "Last day there", Text: last},
		{Key: "To", Text: otherwise(v.Move.ToName, "Not said yet")},
		{Key: "First day there", Text: otherwise(v.Move.JoinsOn.String(), "Not said yet")}}
}

// effect says what the move does to the end of the year.
func (v moveConfirmView) effect() string {
	gap := v.Move.LeavesOn.DaysUntil(v.Move.JoinsOn)
	if gap <= 0 {
		return "The last day of your year stays as it is."
	}
	days := "day"
	if gap > 1 {
		days = "days"
	}
	return ui.Thousands(gap) + " " + days + " between the two employers do not count, so your year ends that much later."
}

// stands says what the move waits for.
func (v moveConfirmView) stands() string {
	switch v.Move.Status {
	case registration.TransferAgreed:
		return "Both employers have said the same. Once you have confirmed, your year moves on your first day there, with everything that is recorded."
	case registration.TransferConfirmed:
		return "This move is confirmed. Your year moves on " + v.Move.JoinsOn.String() + ", and stays with " + v.Move.FromName +
			" until then. If something has changed, you can still say so: the national team then decides."
	case registration.TransferDisputed:
		return "The national team is deciding. Your year stays where it is until then. You can add what they should know."
	}
	return "This is what has been said so far. " + v.Move.Waiting() + ". You can confirm once both have spoken."
}

func (v moveConfirmView) answers() []ui.Choice {
	return []ui.Choice{{Value: "right", Text: "Yes, both dates are right", Hint: v.when()},
		{Value: "wrong", Text: "No, something is wrong", Conditional: moveWrong(v)}}
}

func (v moveConfirmView) when() string {
	if v.Move.JoinsOn.After(v.Today) {
		return "Your year moves on " + v.Move.JoinsOn.String() + "."
	}
	return "Your year moves at once."
}

func otherwise(text, missing string) string {
	if text == "" {
		return missing
	}
	return text
}
