package funder

import (
	"net/http"
	"net/url"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// reportShowView is what was claimed and paid, where the budget stands, and what
// somebody has to look at.
type reportShowView struct {
	ui.Page
	Schemes   []grant.Scheme
	Scheme    string // empty for all
	By        statement.Split
	Rows      []statement.ReportRow
	Total     statement.ReportRow
	Forecasts []statement.Spending
	Odd       statement.Exceptions
	Clashes   []claim.Clash
}

// reportShow shows the report, or writes its table to a file.
func (p *pages) reportShow(w http.ResponseWriter, r *web.Request) error {
	v := reportShowView{Page: r.Page("Report"), Schemes: p.Grants.Book().Schemes(), Scheme: r.Value("scheme"), By: statement.Split(r.Value("by"))}
	v.Wide = true
	if !slices.Contains(statement.Splits(), v.By) {
		v.By = statement.ByType
	}
	all, err := p.Statements.Movements(r.Context(), r.Scope, v.Scheme)
	if err != nil {
		return err
	}
	v.Rows, v.Total = statement.Tabulate(all, v.By)
	if format := r.Value("format"); format != "" {
		return v.write(w, r, format)
	}
	if v.Forecasts, err = p.forecasts(r, v.Scheme); err != nil {
		return err
	}
	if v.Odd, err = p.Statements.Exceptions(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Clashes, err = p.Claims.Clashes(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Render(w, reportShowPage(v))
}

// forecasts are those of one scheme, or of all.
func (p *pages) forecasts(r *web.Request, only string) ([]statement.Spending, error) {
	budgets, err := p.Statements.Budgets(r.Context(), r.Scope)
	if err != nil {
		return nil, err
	}
	rows, err := p.Grants.Nation(r.Context(), r.Scope)
	if err != nil {
		return nil, err
	}
	var out []statement.Spending
	for _, s := range p.Grants.Book().Schemes() {
		if only != "" && only != s.Key {
			continue
		}
		used, err := p.Statements.Used(r.Context(), r.Scope, s.Key)
		if err != nil {
			return nil, err
		}
		out = append(out, statement.Foresee(s, budgets[s.Key], used, rows))
	}
	return out, nil
}

func report(scheme string, by statement.Split, format string) string {
	q := url.Values{"by": {string(by)}}
	if scheme != "" {
		q.Set("scheme", scheme)
	}
	if format != "" {
		q.Set("format", format)
	}
	return paths.FundingReport() + "?" + q.Encode()
}

func (v reportShowView) filter() ui.FilterOptions {
	return ui.FilterOptions{Action: paths.FundingReport(), Heading: "What to show", Button: "Show it"}
}

func splitChoices() []ui.Choice {
	var out []ui.Choice
	for _, s := range statement.Splits() {
		out = append(out, ui.Choice{Value: string(s), Text: s.String()})
	}
	return out
}

// columns are those of the table, on the page and in files.
func (v reportShowView) columns() []string {
	outstanding := "Outstanding"
	if v.By == statement.ByMonth {
		outstanding = "Outstanding at its end"
	}
	return []string{v.By.String(), "Claimed", "Accepted", "Adjusted", "Recovered", "Paid", outstanding}
}

func cells(row statement.ReportRow) []grant.Pence {
	return []grant.Pence{row.Claimed, row.Accepted, row.Adjusted, row.Recovered, row.Paid, row.Outstanding}
}

func (v reportShowView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Claimed and paid, by " + lower(v.By.String()), CaptionSize: "m", RowHeaders: true, Stacked: true}
	for i, name := range v.columns() {
		o.Head = append(o.Head, ui.Column{Text: name, Numeric: i > 0})
	}
	for _, row := range append(slices.Clone(v.Rows), v.Total) {
		line := []ui.Cell{ui.Text(row.Title)}
		for _, pence := range cells(row) {
			line = append(line, amount(pence))
		}
		o.Rows = append(o.Rows, line)
	}
	return o
}

// forecast is where one scheme stands.
func forecast(f statement.Spending) ui.SummaryListOptions {
	set := ui.Link{Text: "Set a budget", Href: paths.FundingBudget(f.Scheme.Key)}
	o := ui.SummaryListOptions{CardTitle: f.Scheme.Name, Rows: []ui.SummaryRow{
		{Key: "Used", Text: f.Used.String()},
		{Key: "Claimed, not answered", Text: f.Waiting.String()},
		{Key: "Can be claimed now", Text: f.Claimable.String()},
		{Key: "Can be claimed later", Text: f.Later.String()},
		{Key: "Forecast at its end", Text: f.Expected().String()},
	}}
	if f.Budget.Version > 0 {
		set.Text = "Change the budget"
		o.Rows = append(o.Rows, ui.SummaryRow{Key: "Budget", Text: f.Budget.Pence.String()}, ui.SummaryRow{Key: "Left of it", Text: f.Left().String()})
	}
	o.CardActions = []ui.Link{set}
	return o
}

func (v reportShowView) clashes() ui.TableOptions { return workListView{Clashes: v.Clashes}.clashes() }

func (v reportShowView) owing() ui.TableOptions {
	o := ui.TableOptions{Caption: "Employers that owe more than is due", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Employer"}, {Text: "Statement"}, {Text: "Owes", Numeric: true}, {Text: "Since"}}}
	for _, st := range v.Odd.Owing {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(st.OrgName), ui.LinkTo(st.Reference, paths.FundingStatement(st.ID)), amount(-st.Pence), ui.Text(clock.DateOf(st.OpenedAt).Short())})
	}
	return o
}

func (v reportShowView) unconfirmed() ui.TableOptions {
	o := ui.TableOptions{Caption: "Paid more than 30 days ago, and not confirmed", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Employer"}, {Text: "Statement"}, {Text: "Amount", Numeric: true}, {Text: "Paid on"}}}
	for _, st := range v.Odd.Unconfirmed {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(st.OrgName), ui.LinkTo(st.Reference, paths.FundingStatement(st.ID)), amount(st.Pence), ui.Text(st.PaidOn.Short())})
	}
	return o
}
