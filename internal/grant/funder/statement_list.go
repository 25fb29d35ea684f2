package funder

import (
	"net/http"
	"net/url"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementListView is the statements of every employer, or of a choice.
type statementListView struct {
	ui.Page
	Filter    statement.Filter
	Listed    statement.Listed
	Number    int
	Schemes   []grant.Scheme
	Employers []statement.Employer
	scheme    func(string) grant.Scheme
}

// statementList lists statements.
func (p *pages) statementList(w http.ResponseWriter, r *web.Request) error {
	v := statementListView{Page: r.Page("Statements"), Number: pageOf(r), Schemes: p.Grants.Book().Schemes(), scheme: p.scheme,
		Filter: statement.Filter{Scheme: r.Value("scheme"), State: statement.State(r.Value("state")), Org: asye.OrganisationID(r.Value("employer"))}}
	v.Wide = true
	var err error
	if v.Listed, err = p.Statements.All(r.Context(), r.Scope, v.Filter, v.Number); err != nil {
		return err
	}
	if v.Employers, err = p.Statements.Employers(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Render(w, statementListPage(v))
}

// openStatements is the list of the open statements of a scheme.
func openStatements(scheme string) string {
	return listed(statement.Filter{Scheme: scheme, State: statement.Open}, 1)
}

func listed(f statement.Filter, page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"scheme": f.Scheme, "state": string(f.State), "employer": string(f.Org)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return paths.FundingStatements()
	}
	return paths.FundingStatements() + "?" + q.Encode()
}

func (v statementListView) pagination() ui.PaginationOptions {
	return ui.Pages(v.Number, pagesFor(v.Listed.Count), func(page int) string { return listed(v.Filter, page) })
}

func pagesFor(n int) int { return (n + statement.PageSize - 1) / statement.PageSize }

func (v statementListView) showing() string {
	return ui.Showing(v.Number, statement.PageSize, v.Listed.Count, "statements") + ", " + v.Listed.Pence.String() + " in all"
}

// closes is the scheme whose open statements are listed; empty for any other
// list.
func (v statementListView) closes() string {
	if v.Filter.State == statement.Open && v.Filter.Org == "" && v.Listed.Count > 0 {
		return v.Filter.Scheme
	}
	return ""
}

func (v statementListView) filter() ui.FilterOptions {
	o := ui.FilterOptions{Action: paths.FundingStatements()}
	if v.Filter != (statement.Filter{}) {
		o.Clear = paths.FundingStatements()
	}
	return o
}

func schemeChoices(all []grant.Scheme, none string) []ui.Choice {
	out := []ui.Choice{{Value: "", Text: none}}
	for _, s := range all {
		out = append(out, ui.Choice{Value: s.Key, Text: s.Name})
	}
	return out
}

func employerChoices(all []statement.Employer, none string) []ui.Choice {
	out := []ui.Choice{{Value: "", Text: none}}
	for _, e := range all {
		out = append(out, ui.Choice{Value: string(e.ID), Text: e.Name + ", " + e.Code})
	}
	return out
}

func stateChoices() []ui.Choice {
	out := []ui.Choice{{Value: "", Text: "All states"}}
	for _, s := range []statement.State{statement.Open, statement.Payable, statement.Authorised, statement.Paid} {
		out = append(out, ui.Choice{Value: string(s), Text: s.String()})
	}
	return out
}

func (v statementListView) table() ui.TableOptions {
	return statementTable("Statements, by employer", v.Listed.Statements, v.scheme)
}

// statementTable lists statements; with their scheme where they can be of any.
func statementTable(caption string, all []statement.Statement, scheme func(string) grant.Scheme) ui.TableOptions {
	o := ui.TableOptions{Caption: caption, CaptionHidden: true, RowHeaders: true, Stacked: true, Head: []ui.Column{{Text: "Statement"}, {Text: "Employer"}}}
	if scheme != nil {
		o.Head = append(o.Head, ui.Column{Text: "Scheme"})
	}
	o.Head = append(o.Head, ui.Column{Text: "Amount", Numeric: true}, ui.Column{Text: "State"}, ui.Column{Text: "Since"})
	for _, st := range all {
		row := []ui.Cell{ui.LinkTo(st.Reference, paths.FundingStatement(st.ID)), ui.Text(st.OrgName)}
		if scheme != nil {
			row = append(row, ui.Text(scheme(st.Scheme).Name))
		}
		o.Rows = append(o.Rows, append(row, amount(st.Pence), ui.Part(ui.Tag(stateTag(st.State))), ui.Text(since(st))))
	}
	return o
}

// since is the day on which a statement came into its state, as far as it has
// one of its own.
func since(st statement.Statement) string {
	switch {
	case !st.PaidOn.IsZero():
		return st.PaidOn.Short()
	case !st.ClosedAt.IsZero():
		return clock.DateOf(st.ClosedAt).Short()
	}
	return clock.DateOf(st.OpenedAt).Short()
}
