package money

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// estimateGiveView asks how many NQSWs are expected of a scheme with a formula.
type estimateGiveView struct {
	ui.Page
	Scheme  grant.Scheme
	Given   statement.Estimate
	Past    []books.PastYear // that the default is made of
	Default int
	Number  string
	Closes  grant.Deadline
	Late    bool
	Outside bool
}

// estimateGive asks how many NQSWs are expected, until the funder has accepted it.
func (p *pages) estimateGive(w http.ResponseWriter, r *web.Request) error {
	v, err := p.estimateView(r)
	if err != nil {
		return err
	}
	if !r.Posted() {
		v.Number = strconv.Itoa(v.Default)
		if v.Given.ID != "" {
			v.Number = strconv.Itoa(v.Given.Number)
		} else if v.Default == 0 {
			v.Number = ""
		}
		return r.Render(w, estimateGive(v))
	}
	v.Number = r.Value("number")
	number, err := strconv.Atoi(v.Number)
	if err != nil {
		number = 0 // which is refused in words
	}
	err = p.statements.Expect(r.Context(), r.Scope, v.Scheme.Key, number)
	if err == nil {
		return r.Say(w, paths.GrantEstimate(v.Scheme.Key), "You expect "+nqsws(number), "The first instalment would be "+v.first(number).String()+". You can change the number until the funder has accepted it.")
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
		return err
	}
	return r.Refuse(w, estimateGive(v))
}

func (p *pages) estimateView(r *web.Request) (estimateGiveView, error) {
	v := estimateGiveView{Page: r.Page("How many NQSWs do you expect?"), Outside: p.outside()}
	v.Breadcrumbs = underYear()
	var ok bool
	if v.Scheme, ok = p.statements.Book().Get(r.PathValue("key")); !ok || v.Scheme.Formula == nil {
		return v, fault.New(fault.NotFound, "There is no grant that asks for an estimate here")
	}
	var err error
	if v.Given, err = p.statements.Expected(r.Context(), r.Scope, v.Scheme.Key); err != nil {
		return v, err
	}
	history, err := p.years.History(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	v.Past = history.Before(v.Scheme)
	if n := v.Scheme.Formula.Years; len(v.Past) > n {
		v.Past = v.Past[len(v.Past)-n:]
	}
	var starts []int
	for _, y := range v.Past {
		starts = append(starts, y.Starts)
	}
	v.Default = v.Scheme.Formula.Estimate(starts)
	for _, d := range v.Scheme.Formula.Estimates {
		v.Closes, v.Late = d, d.Passed(r.Now)
	}
	return v, nil
}

// first is what the first instalment for a number comes to.
func (v estimateGiveView) first(n int) grant.Pence {
	return v.Scheme.Formula.First * grant.Pence(n)
}

// open reports whether the number can still be changed.
func (v estimateGiveView) open() bool { return !v.Late && v.Given.Accepted.IsZero() }

func (v estimateGiveView) hint() string {
	if v.Default == 0 {
		return "There are no registrations of the years before to go by."
	}
	return "By your registrations it would be " + strconv.Itoa(v.Default) + ": the mean of the years below."
}

func (v estimateGiveView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Registrations of the years before", CaptionSize: "s", RowHeaders: true, Head: []ui.Column{{Text: "Year of the grant"}, {Text: "Started", Numeric: true}}}
	for _, y := range v.Past {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(y.Name), ui.Number(strconv.Itoa(y.Starts))})
	}
	return t
}

func (v estimateGiveView) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "First instalment", Text: v.Scheme.Formula.First.String() + " for each NQSW that you expect. It is taken off what you are paid for those who come."}}
	if v.Closes.At != "" {
		rows = append(rows, ui.SummaryRow{Key: "Deadline", Text: v.Closes.String()})
	}
	if v.Given.ID == "" {
		return append(rows, ui.SummaryRow{Key: "Your estimate", Text: "None was given"})
	}
	given := nqsws(v.Given.Number) + ", given on " + web.Moment(v.Given.GivenAt) + ": " + v.first(v.Given.Number).String()
	if !v.Given.Accepted.IsZero() {
		given += ". The funder has accepted it"
	}
	return append(rows, ui.SummaryRow{Key: "Your estimate", Text: given})
}

// estimateAccepted records that a funder outside has accepted the estimate.
func (p *pages) estimateAccepted(w http.ResponseWriter, r *web.Request) error {
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	key := r.PathValue("key")
	if err := p.statements.RecordInstalment(r.Context(), r.Scope, key, seen); err != nil {
		return err
	}
	return r.Say(w, paths.GrantEstimate(key), "The first instalment is on your open statement", "The audit trail says that you recorded it for the funder.")
}
