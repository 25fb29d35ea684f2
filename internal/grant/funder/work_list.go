package funder

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// workListView is everything that waits for the national team.
type workListView struct {
	ui.Page
	Claims    []claim.Queued
	Clashes   []claim.Clash
	Late      []claim.LateRequest
	Estimates []statement.Estimate
	Doubts    []grant.Row
	Tallies   []statement.Tally
	Batches   []statement.Batch // that wait for approval, or for their payment
	scheme    func(string) grant.Scheme
	names     names
}

// workList lists what waits, in the order in which it is usually done.
func (p *pages) workList(w http.ResponseWriter, r *web.Request) error {
	ctx, scope := r.Context(), r.Scope
	v := workListView{Page: r.Page("Funding"), scheme: p.scheme}
	v.Wide = true
	var err error
	for _, read := range []func() error{
		func() error { v.Claims, err = p.Claims.Waiting(ctx, scope); return err },
		func() error { v.Clashes, err = p.Claims.Clashes(ctx, scope); return err },
		func() error { v.Late, err = p.Claims.LateWaiting(ctx, scope); return err },
		func() error { v.Estimates, err = p.Statements.Estimates(ctx, scope); return err },
		func() error { v.Doubts, err = p.Grants.Doubts(ctx, scope); return err },
		func() error { v.Tallies, err = p.Statements.Tallies(ctx, scope); return err },
		func() error { v.Batches, err = p.batchesWaiting(r); return err },
		func() error { v.names, err = p.names(r); return err },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	return r.Render(w, workListPage(v))
}

// batchesWaiting are those that nobody has paid yet.
func (p *pages) batchesWaiting(r *web.Request) ([]statement.Batch, error) {
	all, err := p.Statements.Batches(r.Context(), r.Scope)
	var out []statement.Batch
	for _, b := range all {
		if b.State != statement.BatchPaid {
			out = append(out, b)
		}
	}
	return out, err
}

// names are the employers, for what names them by their identifiers.
func (p *pages) names(r *web.Request) (names, error) {
	all, err := p.Statements.Employers(r.Context(), r.Scope)
	out := names{}
	for _, e := range all {
		out[e.ID] = e.Name
	}
	return out, err
}

// figures are how much waits of each, with a way to it.
func (v workListView) figures() []ui.FigureOptions {
	var sum grant.Pence
	for _, c := range v.Claims {
		sum += c.Pence
	}
	figure := func(n int, label, id string) ui.FigureOptions {
		return ui.FigureOptions{Figure: ui.Thousands(n), Label: label, Href: "#" + id}
	}
	claims := figure(len(v.Claims), "Claims to check", "claims")
	claims.Note = sum.String()
	return []ui.FigureOptions{claims, figure(len(v.Clashes), "Clashes", "clashes"), figure(len(v.Late), "Late requests", "late"),
		figure(len(v.Estimates), "Estimates", "estimates"), figure(len(v.Doubts), "To recover", "recover"), figure(len(v.Batches), "Batches that wait", "batches")}
}

func (v workListView) claims() ui.TableOptions {
	o := ui.TableOptions{Caption: "Claims to check, the earliest deadline first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Claim"}, {Text: "Employer"}, {Text: "Scheme"}, {Text: "Payments", Numeric: true}, {Text: "Amount", Numeric: true}, {Text: "Submitted"}, {Text: "Deadline"}}}
	for _, c := range v.Claims {
		deadline := ""
		if !c.Deadline.IsZero() {
			deadline = clock.DateOf(c.Deadline.Add(-1)).Short() // the instant after it is the next day
		}
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(c.Reference, paths.FundingClaim(c.ID)), ui.Text(c.OrgName), ui.Text(c.Scheme.Name),
			ui.Number(ui.Thousands(c.Count)), amount(c.Pence), ui.Text(web.Moment(c.SubmittedAt)), ui.Text(deadline)})
	}
	return o
}

func (v workListView) clashes() ui.TableOptions {
	o := ui.TableOptions{Caption: "Payments that two employers claim, the oldest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Amount", Numeric: true}, {Text: "Stands with"}, {Text: "Wanted by"}, {Text: "Raised"}}}
	for _, c := range v.Clashes {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(c.Line.Shown.Name(), paths.FundingClash(c.ID)), ui.Text(c.Line.Shown.Milestone), amount(c.Line.Pence),
			ui.Text(c.StandsWith), ui.Text(c.OrgName), ui.Text(web.Moment(c.RaisedAt))})
	}
	return o
}

func (v workListView) late() ui.TableOptions {
	o := ui.TableOptions{Caption: "Requests to claim late, the oldest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Employer"}, {Text: "Asked"}}}
	for _, q := range v.Late {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(q.Name, paths.FundingLate(q.ID)), ui.Text(v.milestone(q.Scheme, q.Milestone)), ui.Text(q.OrgName), ui.Text(web.Moment(q.AskedAt))})
	}
	return o
}

func (v workListView) milestone(scheme, key string) string {
	m, _ := v.scheme(scheme).Milestone(key)
	return m.Name + ", " + v.scheme(scheme).Name
}

func (v workListView) estimates() ui.TableOptions {
	o := ui.TableOptions{Caption: "Estimates to accept", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Employer"}, {Text: "Scheme"}, {Text: "Expects", Numeric: true}, {Text: "First instalment", Numeric: true}, {Text: "Given"}}}
	for _, e := range v.Estimates {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(e.OrgName, paths.FundingEstimate(e.ID)), ui.Text(v.scheme(e.Scheme).Name),
			ui.Number(ui.Thousands(e.Number)), amount(statement.First(v.scheme(e.Scheme), e)), ui.Text(web.Moment(e.GivenAt))})
	}
	return o
}

func (v workListView) doubts() ui.TableOptions {
	o := ui.TableOptions{Caption: "Payments that are not due any more", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Employer"}, {Text: "Amount", Numeric: true}, {Text: "Why"}}}
	for _, d := range v.Doubts {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(d.Name(), paths.FundingPayment(d.Standing.ID)), ui.Text(d.Milestone.Name), ui.Text(v.names.of(d.Standing.Org)),
			amount(d.Standing.Pence), ui.Text(reasons(d.Why))})
	}
	return o
}

func (v workListView) open() ui.TableOptions {
	o := ui.TableOptions{Caption: "Open statements, by scheme", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Scheme"}, {Text: "Open statements", Numeric: true}, {Text: "To be paid", Numeric: true}, {Text: "Owed by employers", Numeric: true}, {Text: "Close", Hidden: true}}}
	for _, t := range v.Tallies {
		if !t.Waits() {
			continue
		}
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(v.scheme(t.Scheme).Name, openStatements(t.Scheme)), ui.Number(ui.Thousands(t.Open)), amount(t.Pence),
			amount(t.Owed), {Text: "Close them", Href: paths.FundingClose(t.Scheme), Hidden: "of " + v.scheme(t.Scheme).Name}})
	}
	return o
}

// batches are those that wait, and what could go into the next.
func (v workListView) batches() ui.TableOptions { return batchTable(v.Batches, v.scheme) }

// payable says what waits for a batch; empty where nothing does.
func (v workListView) payable() string {
	n, sum := 0, grant.Pence(0)
	for _, t := range v.Tallies {
		n, sum = n+t.Payable, sum+t.ToBePaid
	}
	if n == 0 {
		return ""
	}
	return count(n, "closed statement") + ", " + sum.String() + " in all, can go into a batch."
}
