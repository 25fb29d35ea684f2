package funder

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementShowView is a statement with one page of what is on it.
type statementShowView struct {
	ui.Page
	Sheet  statement.Sheet
	Scheme grant.Scheme
	Number int
}

// statementShow shows a statement.
func (p *pages) statementShow(w http.ResponseWriter, r *web.Request) error {
	v := statementShowView{Page: r.Page("Statement"), Number: pageOf(r)}
	var err error
	if v.Sheet, err = p.Statements.Any(r.Context(), r.Scope, r.PathValue("id"), v.Number); err != nil {
		return err
	}
	v.Scheme, v.Wide, v.Title = p.scheme(v.Sheet.Scheme), true, "Statement "+v.Sheet.Reference
	v.Back = &ui.Link{Text: "Back to statements", Href: paths.FundingStatements()}
	return r.Render(w, statementShowPage(v))
}

func (v statementShowView) summary() []ui.SummaryRow {
	s := v.Sheet
	rows := []ui.SummaryRow{
		{Key: "Employer", Text: s.OrgName},
		{Key: "Scheme", Text: v.Scheme.Name},
		{Key: "State", Value: ui.Tag(stateTag(s.State))},
		{Key: "Comes to", Text: s.Pence.String()},
		{Key: "Opened", Text: web.Moment(s.OpenedAt)},
	}
	if !s.ClosedAt.IsZero() {
		rows = append(rows, ui.SummaryRow{Key: "Closed", Text: web.Moment(s.ClosedAt)}, ui.SummaryRow{Key: "Fingerprint", Text: s.Hash[:min(16, len(s.Hash))]})
	}
	if s.Batch != "" {
		rows = append(rows, ui.SummaryRow{Key: "Batch", Value: linkTo("See the batch", paths.FundingBatch(s.Batch))})
	}
	if !s.PaidOn.IsZero() {
		rows = append(rows, ui.SummaryRow{Key: "Paid on", Text: s.PaidOn.String()})
	}
	return rows
}

// next says what happens to the statement now.
func (v statementShowView) next() string {
	switch v.Sheet.State {
	case statement.Open:
		if v.Sheet.Pence < 0 {
			return "It takes what is accepted, taken back and adjusted until it is closed. As it is, the employer owes more than it is due: nothing would be paid, and the rest carried over to its next statement."
		}
		return "It takes what is accepted, taken back and adjusted until it is closed."
	case statement.Payable:
		if v.Sheet.Batch == "" {
			return "It is closed, and waits to go into a batch."
		}
		return "It is closed, and in a batch that waits for approval."
	case statement.Authorised:
		return "Two people have approved it, and it waits to be paid."
	}
	return ""
}

func (v statementShowView) sums() ui.TableOptions {
	o := ui.TableOptions{Caption: "What it is made of", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Kind"}, {Text: "How many", Numeric: true}, {Text: "Amount", Numeric: true}}}
	for _, s := range v.Sheet.Sums {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(s.Kind.String()), ui.Number(ui.Thousands(s.Count)), amount(s.Pence)})
	}
	return o
}

func (v statementShowView) adjustments() ui.TableOptions {
	o := ui.TableOptions{Caption: "Adjustments", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Reason"}, {Text: "Amount", Numeric: true}, {Text: "Counts from"}, {Text: "By"}, {Text: "Recorded"}}}
	for _, i := range v.Sheet.Adjustments {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(i.Reason), amount(i.Pence), ui.Text(i.EffectiveOn.Short()), ui.Text(i.By), ui.Text(web.Moment(i.RecordedAt))})
	}
	return o
}

func (v statementShowView) items() ui.TableOptions {
	o := ui.TableOptions{Caption: "Everything on it, in the order in which it came", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "What"}, {Text: "Kind"}, {Text: "Claim"}, {Text: "Falls on"}, {Text: "Amount", Numeric: true}}}
	for _, i := range v.Sheet.Items {
		what := ui.Text(i.Reason)
		switch {
		case i.Line != "":
			m, _ := v.Scheme.Milestone(i.Milestone)
			what = ui.LinkTo(i.Name+", "+m.Name, paths.FundingPayment(i.Line))
		case i.Reason == "":
			what = ui.Text(i.Kind.String())
		}
		o.Rows = append(o.Rows, []ui.Cell{what, ui.Text(i.Kind.String()), ui.Text(i.Claim), ui.Text(i.EffectiveOn.Short()), amount(i.Pence)})
	}
	return o
}

func (v statementShowView) showing() string {
	return ui.Showing(v.Number, statement.PageSize, v.Sheet.Count, "items")
}

func (v statementShowView) pagination() ui.PaginationOptions {
	return ui.Pages(v.Number, pagesFor(v.Sheet.Count), func(page int) string {
		return paths.FundingStatement(v.Sheet.ID) + "?page=" + strconv.Itoa(page)
	})
}
