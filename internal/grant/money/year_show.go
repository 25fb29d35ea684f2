package money

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// yearShowView is where the employer stands with each scheme, and what the next
// year may bring.
type yearShowView struct {
	ui.Page
	Tabs      ui.SubNavigationOptions
	Positions []books.Position
	Outlooks  []books.Outlook
	Estimates map[string]statement.Estimate // by scheme with a formula
	Acts      bool
}

// yearShow shows where the employer stands (GRA-53), and an estimate of the next
// year (GRA-51).
func (p *pages) yearShow(w http.ResponseWriter, r *web.Request) error {
	v := yearShowView{Page: r.Page("Where we stand"), Estimates: map[string]statement.Estimate{}, Acts: acts(r)}
	v.Tabs, v.Wide = tabs(r), true
	all, err := p.read(r)
	if err != nil {
		return err
	}
	book := p.statements.Book()
	v.Positions = books.Positions(book, all)
	for _, s := range book.Schemes() {
		if s.Formula == nil {
			continue
		}
		if v.Estimates[s.Key], err = p.statements.Expected(r.Context(), r.Scope, s.Key); err != nil {
			return err
		}
	}
	history, err := p.years.History(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	for _, s := range latest(book.Schemes(), history) {
		v.Outlooks = append(v.Outlooks, history.Outlook(s, r.Today))
	}
	slices.SortStableFunc(v.Outlooks, func(a, b books.Outlook) int { return cmp.Compare(b.About, a.About) })
	return r.Render(w, yearShow(v))
}

func (p *pages) read(r *web.Request) (b books.Books, err error) {
	if b.Rows, err = p.grants.Due(r.Context(), r.Scope); err != nil {
		return b, err
	}
	payments, err := p.claims.Payments(r.Context(), r.Scope)
	if err != nil {
		return b, err
	}
	for _, l := range payments {
		if l.Recovery != claim.RecoveryNone {
			b.Taken = append(b.Taken, books.Taken{Scheme: l.Scheme, Start: startOf(l), Pence: l.Pence})
		}
	}
	if b.Entries, err = p.statements.Journal(r.Context(), r.Scope, ""); err != nil {
		return b, err
	}
	list, err := p.reconciled(r)
	b.Received = list.Held
	return b, err
}

// startOf is the start of the year that a payment was for: the day of the payment
// stands in for it where the person was erased.
func startOf(l claim.Line) asye.Date {
	if l.Facts.Start.IsZero() {
		return l.On
	}
	return l.Facts.Start
}

// latest are the last scheme of each programme on which anybody started with the
// employer.
func latest(all []grant.Scheme, h books.History) (out []grant.Scheme) {
	at := map[string]int{}
	on := map[string]bool{}
	for _, b := range h.Began {
		on[b.Programme] = true
	}
	for _, s := range all {
		if !on[s.Programme] {
			continue
		}
		i, there := at[s.Programme]
		switch {
		case !there:
			at[s.Programme] = len(out)
			out = append(out, s)
		case out[i].Window.LastDay.Before(s.Window.LastDay):
			out[i] = s
		}
	}
	return out
}

func (v yearShowView) facts(p books.Position) []ui.SummaryRow {
	last := p.Scheme.Window.LastDay.String()
	rows := []ui.SummaryRow{{Key: "Expected in all", Text: p.Due().String() + ": what is claimable, can be claimed later, is claimed or paid" + v.adjusted(p)},
		{Key: "Paid by the funder", Text: p.Paid.String() + " so far, less what was taken back"},
		{Key: "Arrived at your bank", Text: p.Arrived.String()}}
	if p.Ahead > 0 {
		rows = append(rows, ui.SummaryRow{Key: "First instalment", Text: p.Ahead.String() + " of it is still to be taken off"})
	}
	end := ui.SummaryRow{Key: "On " + last}
	switch at := p.AtEnd(); {
	case at > 0:
		end.Text = at.String() + " is due and not paid by then, as it stands today: the funder owes you that at the year end"
	case at < 0:
		end.Text = (-at).String() + " is paid and not due, as it stands today: you owe the funder that at the year end"
	default:
		end.Text = "Nothing is owed either way, as it stands today"
	}
	rows = append(rows, end)
	if p.Scheme.Formula != nil {
		rows = append(rows, v.estimate(p.Scheme))
	}
	return rows
}

func (v yearShowView) adjusted(p books.Position) string {
	if p.Adjusted == 0 {
		return ""
	}
	return ", with adjustments of " + p.Adjusted.String()
}

func (v yearShowView) estimate(s grant.Scheme) ui.SummaryRow {
	row := ui.SummaryRow{Key: "Your estimate", Text: "None was given"}
	if e := v.Estimates[s.Key]; e.ID != "" {
		row.Text = nqsws(e.Number)
		if !e.Accepted.IsZero() {
			row.Text += ", accepted on " + dayOf(e.Accepted).String()
		}
	}
	if v.Acts {
		row.Actions = []ui.Link{{Text: "See the estimate", Href: paths.GrantEstimate(s.Key)}}
	}
	return row
}

func nqsws(n int) string {
	if n == 1 {
		return "1 NQSW"
	}
	return ui.Thousands(n) + " NQSWs"
}

// columns are the states of the table by cohort, in its order.
var columns = []struct {
	state grant.State
	title string
}{{grant.Claimable, "Claimable"}, {grant.NotYet, "Not yet"}, {grant.Claimed, "Claimed"}, {grant.Paid, "Paid"}, {grant.Recover, "To be recovered"}, {grant.Clash, "With another employer"}}

func (v yearShowView) cohorts(p books.Position) ui.TableOptions {
	t := ui.TableOptions{Caption: p.Scheme.Name + ", by the financial year of the start", CaptionSize: "s", RowHeaders: true, Stacked: true, Head: []ui.Column{{Text: "Started in"}}}
	var shown []grant.State
	for _, c := range columns {
		if c.state != grant.Recover && c.state != grant.Clash || p.All.Of[c.state].Count > 0 {
			shown = append(shown, c.state)
			t.Head = append(t.Head, ui.Column{Text: c.title, Numeric: true})
		}
	}
	t.Head = append(t.Head, ui.Column{Text: "Taken back", Numeric: true}, ui.Column{Text: "Not payable", Numeric: true}, ui.Column{Text: "Expected", Numeric: true})
	add := func(name string, b books.ByState) {
		row := []ui.Cell{ui.Part(unbroken(name))}
		for _, s := range shown {
			row = append(row, ui.Number(sum(b.Of[s])))
		}
		t.Rows = append(t.Rows, append(row, ui.Number(sum(b.Taken)), ui.Number(strconv.Itoa(b.Of[grant.Never].Count)), money(b.Expected())))
	}
	for _, c := range p.Cohorts {
		add(c.Cohort.String(), c)
	}
	if len(p.Cohorts) > 1 {
		add("All", p.All)
	}
	return t
}

func sum(s books.Sum) string {
	if s.Count == 0 {
		return "–"
	}
	return fmt.Sprintf("%s (%d)", s.Pence, s.Count)
}

// years is the table of what an estimate rests on.
func years(of grant.Scheme, past []books.PastYear) ui.TableOptions {
	t := ui.TableOptions{Caption: "Years that are over, counted as in " + of.Name, CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Year"}, {Text: "Started", Numeric: true}, {Text: "Outcome known", Numeric: true}, {Text: "Completed", Numeric: true}}}
	for _, y := range past {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(y.Name), ui.Number(strconv.Itoa(y.Starts)), ui.Number(strconv.Itoa(y.Ended)), ui.Number(strconv.Itoa(y.Completed))})
	}
	return t
}

// pounds is an amount without its pence, which an estimate does not have.
func pounds(p grant.Pence) string {
	text := p.String()
	return text[:len(text)-len(".00")]
}

// percent is a share of a hundred.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 0, 64) + "%" }

// rests says what an estimate stands on.
func rests(f books.Outlook) []string {
	starts := 0
	for _, y := range f.Past {
		starts += y.Starts
	}
	out := []string{fmt.Sprintf("It is an estimate from %d funded starts in %d years that are over: %.1f a year. Next year’s number of starts is likely to lie between %d and %d.",
		starts, len(f.Past), f.Mean, f.Low, f.High)}
	if f.Uneven {
		out = append(out, "These years differ by far more than chance would make them, so their mean says little of the next, and the range is wide.")
	}
	if f.Second > 0 {
		out = append(out, fmt.Sprintf("Of %d whose outcome is known %d completed: %s, and the true share may be from %s to %s.", f.Ended, f.Completed, percent(f.Share()), percent(f.ShareLow), percent(f.ShareHigh)),
			fmt.Sprintf("Each start is counted as %s, and each completion as %s more, in whichever year that falls.", f.First, f.Second))
	} else {
		out = append(out, fmt.Sprintf("Each start is counted as %s.", f.First))
	}
	return append(out, "The amounts are those of "+f.Scheme.Name+". Whether there is a grant in "+f.Year+", and of how much, is for the funder to say.",
		"It takes next year to be like the years before: it knows nothing of posts that you have added or cut. The first of these years may be incomplete if you began to use this service within it.")
}

// method is the statistics of an estimate, for whoever checks it.
const method = "Starts: Poisson prediction interval by the conditional binomial (Nelson, 1970), rounded outwards; where the index of dispersion says that years differ by more than chance (5%), widened by it with Student’s t. Share: Clopper and Pearson (1934). " +
	"Completions at the ends: binomial quantiles. The 5% that stays open is shared out between the three, so that the amount lies within the interval in at least 95 of 100 such cases."
