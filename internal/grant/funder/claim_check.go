package funder

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// claimCheckView is a claim as it was signed, beside what is known now.
type claimCheckView struct {
	deciding
	Claim     claim.Claim
	Lines     []judged
	Documents []claim.Document
	Clashes   map[string]claim.Clash // that nobody has settled, by line
	Decision  string
	Ticked    map[string]bool   // the lines to be returned
	Reasons   map[string]string // by line, as typed
}

const (
	acceptAll  = "all"
	returnSome = "some"
)

// claimCheck shows a claim, and answers it.
func (p *pages) claimCheck(w http.ResponseWriter, r *web.Request) error {
	v := claimCheckView{deciding: decide(r, "Check a claim", toWork, paths.Funding())}
	v.Wide = true
	c, err := p.Claims.Received(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.Posted() {
		v.read(r, c)
		err := v.choice(c).Err()
		if err == nil {
			err = p.Claims.Answer(r.Context(), r.Scope, c.ID, version(r), v.returned())
		}
		if err == nil {
			return r.Say(w, paths.Funding(), c.Reference+" is answered", answered(c, v.returned()))
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	if err := p.claimNow(r, &v); err != nil {
		return err
	}
	return v.answer(w, r, claimCheckPage(v))
}

// claimNow reads the claim as it is, with what is known now.
func (p *pages) claimNow(r *web.Request, v *claimCheckView) error {
	ctx, scope := r.Context(), r.Scope
	var err error
	if v.Claim, err = p.Claims.Received(ctx, scope, r.PathValue("id")); err != nil {
		return err
	}
	v.Seen = v.Claim.Version
	due, err := p.Grants.DueTo(ctx, scope, v.Claim.Org)
	if err != nil {
		return err
	}
	n, err := p.names(r)
	if err != nil {
		return err
	}
	for _, l := range v.Claim.Lines {
		v.Lines = append(v.Lines, judge(l, due, n))
	}
	slices.SortStableFunc(v.Lines, func(a, b judged) int { return b.urgency() - a.urgency() })
	if v.Documents, err = p.Claims.DocumentsOf(ctx, scope, v.Claim.Org, v.Claim.Scheme.Key); err != nil {
		return err
	}
	clashes, err := p.Claims.Clashes(ctx, scope)
	v.Clashes = map[string]claim.Clash{}
	for _, c := range clashes {
		v.Clashes[c.Line.ID] = c
	}
	return err
}

// urgency puts first what somebody has to look at.
func (j judged) urgency() int {
	switch {
	case j.doubt() != "":
		return 2
	case j.differences() > 0:
		return 1
	}
	return 0
}

func (v *claimCheckView) read(r *web.Request, c claim.Claim) {
	v.Decision, v.Ticked, v.Reasons = r.Value("decision"), map[string]bool{}, map[string]string{}
	for _, l := range c.Lines {
		v.Ticked[l.ID], v.Reasons[l.ID] = r.Value("return-"+l.ID) != "", r.Value("reason-"+l.ID)
	}
}

// returned are the reasons of what is ticked.
func (v claimCheckView) returned() map[string]string {
	out := map[string]string{}
	for id, ticked := range v.Ticked {
		if ticked {
			out[id] = v.Reasons[id]
		}
	}
	return out
}

// choice holds that what is ticked is what was decided.
func (v claimCheckView) choice(c claim.Claim) fault.Problems {
	var bad fault.Problems
	for _, l := range c.Lines {
		bad.If(!v.Ticked[l.ID] && v.Reasons[l.ID] != "", "return-"+l.ID, "You wrote why the payment for %s is returned. Tick it, or delete the reason", l.Shown.Name())
	}
	n := len(v.returned())
	bad.If(v.Decision != acceptAll && v.Decision != returnSome, "decision", "Choose whether you accept everything, or return some of it")
	bad.If(v.Decision == acceptAll && n > 0, "decision", "You chose to accept everything, and %s ticked to be returned. Untick what you accept, or choose to return some", isAre(n))
	bad.If(v.Decision == returnSome && n == 0, "decision", "Tick each payment that you return, and write why, or accept everything")
	return bad
}

func isAre(n int) string {
	if n == 1 {
		return "1 payment is"
	}
	return fmt.Sprintf("%d payments are", n)
}

func answered(c claim.Claim, returned map[string]string) string {
	var sum grant.Pence
	for _, l := range c.Lines {
		if _, back := returned[l.ID]; !back {
			sum += l.Pence
		}
	}
	accepted := len(c.Lines) - len(returned)
	text := fmt.Sprintf("%s accepted: %s on the open statement of %s.", count(accepted, "payment"), sum, c.OrgName)
	if accepted == 0 {
		text = "Nothing was accepted."
	}
	if len(returned) > 0 {
		text += fmt.Sprintf(" %s returned, with your reasons.", count(len(returned), "payment"))
	}
	return text
}

func (v claimCheckView) waits() bool { return v.Claim.State == claim.Submitted }

func (v claimCheckView) summary() []ui.SummaryRow {
	c := v.Claim
	rows := []ui.SummaryRow{
		{Key: "Employer", Text: c.OrgName + ", " + c.OrgCode + ", " + c.OrgType.String()},
		{Key: "Scheme", Text: c.Scheme.Name},
		{Key: "Claimed", Text: c.Pence.String() + " for " + count(len(c.Lines), "payment")},
		{Key: "State", Text: c.State.String()},
	}
	for _, a := range c.Acts {
		text := a.By + ", " + web.Moment(a.At)
		if a.Note != "" {
			text += ". " + a.Note
		}
		rows = append(rows, ui.SummaryRow{Key: a.String(), Text: text})
	}
	if c.Scheme.Hash != c.SchemeHash {
		rows = append(rows, ui.SummaryRow{Key: "Rules", Text: "The rules of the scheme have changed since this was signed. It is judged by the rules as they are now."})
	}
	return rows
}

// doubtful is how many payments are not due by what is known now.
func (v claimCheckView) doubtful() int {
	n := 0
	for _, j := range v.Lines {
		if j.doubt() != "" {
			n++
		}
	}
	return n
}

// documents lists each condition of the scheme with what shows that it is met.
func (v claimCheckView) documents() ui.TableOptions {
	o := ui.TableOptions{Caption: "What the scheme asks of the employer", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Condition"}, {Text: "Document"}, {Text: "Brought"}}}
	for _, c := range v.Claim.Scheme.Conditions {
		found := false
		for _, d := range v.Documents {
			if d.Condition == c.Key {
				found = true
				o.Rows = append(o.Rows, []ui.Cell{ui.Text(c.Name), ui.LinkTo(d.FileName, paths.FundingDocument(d.ID)), ui.Text(d.By + ", " + web.Moment(d.At))})
			}
		}
		if !found {
			o.Rows = append(o.Rows, []ui.Cell{ui.Text(c.Name), ui.Text("None"), ui.Text(needed(c, v.Claim.Lines))})
		}
	}
	return o
}

func needed(c grant.Condition, lines []claim.Line) string {
	if slices.ContainsFunc(lines, func(l claim.Line) bool { return slices.Contains(c.Milestones, l.Milestone) }) {
		return "It is asked for by what is claimed"
	}
	return "Nothing in this claim asks for it"
}

func (v claimCheckView) ticked(j judged) []string {
	if v.Ticked[j.ID] {
		return []string{"yes"}
	}
	return nil
}

func (v claimCheckView) choices() []ui.Choice {
	return []ui.Choice{{Value: acceptAll, Text: fmt.Sprintf("Accept everything: %s for %s", v.Claim.Pence, count(len(v.Lines), "payment"))},
		{Value: returnSome, Text: "Return those that are ticked above, and accept the rest"}}
}

// paymentTag says how far a payment has come.
func paymentTag(l claim.Line) ui.TagOptions {
	switch {
	case l.Recovery != claim.RecoveryNone:
		return ui.TagOptions{Text: l.Recovery.String(), Colour: ui.TagOrange}
	case l.Payment == claim.PaymentReturned:
		return ui.TagOptions{Text: "Returned", Colour: ui.TagRed}
	case l.Payment == claim.PaymentPaid:
		return ui.TagOptions{Text: "Paid", Colour: ui.TagGreen}
	case l.Payment == claim.PaymentAccepted:
		return ui.TagOptions{Text: "Accepted", Colour: ui.TagTeal}
	}
	return ui.TagOptions{Text: "To check", Colour: ui.TagYellow}
}
