package claims

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// claimListView is an employer's claims, and what it has asked of the funder.
type claimListView struct {
	ui.Page
	Sections  ui.SubNavigationOptions
	Claims    []claim.Claim
	Contested []claim.Clash
	Late      []claim.LateRequest
	Org       asye.OrganisationID
	milestone func(scheme, key string) string
}

// claimList lists the claims of the employer at work.
func (p *pages) claimList(w http.ResponseWriter, r *web.Request) error {
	v := claimListView{Page: r.Page("Claims"), Sections: sections(r), Org: r.Scope.Org(), milestone: p.milestone}
	v.Wide = true
	var err error
	if v.Claims, err = p.claims.List(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Contested, err = p.claims.Contested(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Late, err = p.claims.Late(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Render(w, claimListPage(v))
}

// claimStart begins a claim from a scheme.
func (p *pages) claimStart(w http.ResponseWriter, r *web.Request) error {
	id, err := p.claims.Start(r.Context(), r.Scope, r.Value("scheme"))
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantClaim(id), "The claim is begun", "It is a draft, and follows your registrations as they change. The director signs it here.")
}

func (v claimListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Claims, the latest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Claim"}, {Text: "Scheme"}, {Text: "Total", Numeric: true}, {Text: "State"}, {Text: "What is next"}}}
	for _, c := range v.Claims {
		total := c.Pence.String()
		if c.State == claim.Draft {
			total = "–"
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.LinkTo(c.Reference, paths.GrantClaim(c.ID)), ui.Text(c.Scheme.Name), ui.Number(total),
			ui.Part(ui.Tag(claimTag(c.State))), ui.Text(next(c))})
	}
	return t
}

// next says what happens next with a claim.
func next(c claim.Claim) string {
	switch c.State {
	case claim.Draft:
		return "The director signs it"
	case claim.Signed:
		return "You submit it"
	case claim.Submitted:
		return "With the funder since " + web.Moment(c.SubmittedAt)
	case claim.Answered:
		return "Answered on " + web.Moment(c.AnsweredAt)
	}
	return ""
}

// contested are the payments that another employer wants too.
func (v claimListView) contested() ui.TableOptions {
	t := ui.TableOptions{Caption: "Payments that another employer claims too", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Amount", Numeric: true}, {Text: "What was said"}, {Text: "Decision"}}}
	for _, c := range v.Contested {
		said := "Another employer told the national team on " + web.Moment(c.RaisedAt) + " that it is theirs"
		if c.Org == v.Org {
			said = "You told the national team on " + web.Moment(c.RaisedAt) + ": " + c.Reason
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(c.Name), ui.Text(v.milestone(c.Line.Scheme, c.Line.Milestone)), ui.Number(c.Line.Pence.String()),
			ui.Text(said), ui.Text(v.decision(c))})
	}
	return t
}

func (v claimListView) decision(c claim.Clash) string {
	own := c.Line.Org == v.Org
	switch {
	case c.Decision == "":
		return "Not decided yet"
	case (c.Decision == claim.Stays) == own:
		return "It is yours: " + c.Why
	}
	return "It is the other employer’s: " + c.Why
}

// late are the requests to claim after a deadline.
func (v claimListView) late() ui.TableOptions {
	t := ui.TableOptions{Caption: "What you have asked to claim late", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Asked"}, {Text: "Why"}, {Text: "Answer"}}}
	for _, l := range v.Late {
		answer := "Not answered yet"
		switch l.Answer {
		case "granted":
			answer = "You may claim it: " + l.AnswerWhy
		case "refused":
			answer = "Refused: " + l.AnswerWhy
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(l.Name), ui.Text(v.milestone(l.Scheme, l.Milestone)), ui.Text(web.Moment(l.AskedAt)), ui.Text(l.Reason), ui.Text(answer)})
	}
	return t
}
