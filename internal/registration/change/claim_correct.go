package change

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// claimCorrectView is an own claim, with the day as typed.
type claimCorrectView struct {
	ui.Page
	Move    registration.Moving
	Seen    int // the version of the transfer that the person has seen
	JoinsOn ui.DateField
	Changed string // why what was sent came too late
}

// claimCorrect corrects an own claim that nobody has answered.
func (p *pages) claimCorrect(w http.ResponseWriter, r *web.Request) error {
	v, err := p.ownClaim(r, "Correct your claim")
	if err != nil {
		return err
	}
	if !r.Posted() {
		v.JoinsOn = filled(v.Move.JoinsOn)
		return r.Render(w, claimCorrect(v))
	}
	var bad fault.Problems
	var on asye.Date
	v.JoinsOn, on = r.Date("joins_on", "The first day with you", &bad)
	if len(bad) > 0 {
		v.Problems = bad
		return r.Refuse(w, claimCorrect(v))
	}
	switch err = p.store.CorrectClaim(r.Context(), r.Scope, v.Move.ID, v.Seen, on); fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return r.Refuse(w, claimCorrect(v))
	case fault.Conflict:
		return r.Stale(w, claimCorrect(v.late(err)))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Transfers(), "Your claim is corrected", "The first day with you is now "+on.String()+".")
}

// ownClaim finds the claim that a page is about.
func (p *pages) ownClaim(r *web.Request, title string) (claimCorrectView, error) {
	move, err := p.store.MyClaim(r.Context(), r.Scope, r.PathValue("id"))
	v := claimCorrectView{Page: r.Page(title), Move: move, Seen: move.Version}
	v.Back = &ui.Link{Text: "Back to moves", Href: paths.Transfers()}
	if r.Posted() {
		v.Seen, _ = strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	}
	return v, err
}

// late shows the claim as it stands, after something else happened to it.
func (v claimCorrectView) late(err error) claimCorrectView {
	v.Seen, v.Changed = v.Move.Version, "The claim changed while you had this page open. This is how it stands now. What you sent has not been saved."
	if !v.canChange() {
		v.Changed = err.Error() + "."
	}
	return v
}

// canChange reports whether nobody has answered the claim yet.
func (v claimCorrectView) canChange() bool { return v.Move.Status == registration.TransferClaimed }

func (v claimCorrectView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}}
}

func (v claimCorrectView) caption() string { return v.Move.Name + ", " + v.Move.Reference }

func (v claimCorrectView) text() string {
	return "You claimed " + v.Move.Name + " from " + v.Move.FromName + " on " + web.Moment(v.Move.ClaimedAt) +
		", with " + v.Move.JoinsOn.String() + " as the first day with you."
}

// tooLate says why nothing can be done here.
func (v claimCorrectView) tooLate() string { return v.Move.Waiting() + "." }
