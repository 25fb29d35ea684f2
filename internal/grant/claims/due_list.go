package claims

import (
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// dueListView is what an employer is entitled to, and what to do about it.
type dueListView struct {
	ui.Page
	Sections    ui.SubNavigationOptions
	All         []grant.Row
	Shown       []grant.Row // narrowed down
	Filter      filter
	At          int // the page, from 1
	Starts      []start
	Schemes     []grant.Scheme
	Coordinator bool
	Now         asye.Instant
	told        told
}

// told is what has been said already of a payment.
type told struct {
	late    map[claim.Key]claim.LateRequest // the latest of each
	clashes map[claim.Key]claim.Clash
	lines   map[claim.Key]claim.Line // as it was claimed last
}

// pageSize is how many payments one page lists.
const pageSize = 50

// dueList serves "What is due".
func (p *pages) dueList(w http.ResponseWriter, r *web.Request) error {
	v := dueListView{Page: r.Page("Grants"), Sections: sections(r), Coordinator: isCoordinator(r), Now: r.Now, Schemes: p.due.Book().Schemes()}
	v.Wide = true
	var err error
	if v.All, v.Shown, v.Filter, err = p.dues(r); err != nil {
		return err
	}
	if v.Starts, err = p.starts(r, v.All); err != nil {
		return err
	}
	if v.told, err = p.told(r); err != nil {
		return err
	}
	v.At, _ = strconv.Atoi(r.Value("page")) // anything else is the first page
	v.At = min(max(v.At, 1), v.total())
	return r.Render(w, dueListPage(v))
}

// told gathers what the employer at work has asked and claimed before.
func (p *pages) told(r *web.Request) (told, error) {
	t := told{map[claim.Key]claim.LateRequest{}, map[claim.Key]claim.Clash{}, map[claim.Key]claim.Line{}}
	late, err := p.claims.Late(r.Context(), r.Scope)
	if err != nil {
		return t, err
	}
	contested, err := p.claims.Contested(r.Context(), r.Scope)
	if err != nil {
		return t, err
	}
	lines, err := p.claims.Payments(r.Context(), r.Scope)
	for _, one := range slices.Backward(late) { // the latest comes last, and stays
		t.late[claim.Key{Enrolment: one.Enrolment, Milestone: one.Milestone}] = one
	}
	for _, one := range slices.Backward(contested) {
		if one.Org == r.Scope.Org() {
			t.clashes[claim.Key{Enrolment: one.Enrolment, Milestone: one.Line.Milestone}] = one
		}
	}
	for _, one := range slices.Backward(lines) {
		t.lines[one.Key()] = one
	}
	return t, err
}

func (v dueListView) total() int { return max(1, (len(v.Shown)+pageSize-1)/pageSize) }

// rows are those of the page.
func (v dueListView) rows() []grant.Row {
	from := (v.At - 1) * pageSize
	return v.Shown[from:min(from+pageSize, len(v.Shown))]
}

func (v dueListView) pages() ui.PaginationOptions {
	return ui.Pages(v.At, v.total(), func(page int) string { return v.with("page", strconv.Itoa(page)) })
}

// with is the address of the list with one part of the filter changed.
func (v dueListView) with(key, value string) string {
	q := v.Filter.query()
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	return paths.GrantsWith(q)
}

func (v dueListView) file(format files.Format) string {
	q := v.Filter.query()
	q.Set("format", string(format))
	return paths.GrantsFile(q)
}

// count is one state with how many payments are in it and what they come to.
type count struct {
	Text, Href string
	Current    bool
}

// counts are the states that something is in, of the scheme that was chosen.
func (v dueListView) counts() []count {
	of := filter{Scheme: v.Filter.Scheme}.of(v.All)
	out := []count{{"All " + ui.Thousands(len(of)), v.with("state", ""), v.Filter.State == ""}}
	for _, s := range grant.States() {
		n, sum := 0, grant.Pence(0)
		for _, r := range of {
			if r.State == s {
				n, sum = n+1, sum+r.Pence
			}
		}
		if n == 0 && v.Filter.State != s {
			continue
		}
		text := s.String() + " " + ui.Thousands(n)
		if s != grant.Never && sum != 0 {
			text += ", " + sum.String()
		}
		out = append(out, count{text, v.with("state", string(s)), v.Filter.State == s})
	}
	return out
}

func (v dueListView) schemeChoices() []ui.Choice {
	out := []ui.Choice{{Text: "All schemes"}}
	for _, s := range v.Schemes {
		out = append(out, ui.Choice{Value: s.Key, Text: s.Name})
	}
	return out
}

// kept is what the form that narrows down carries along.
func (v dueListView) kept() []ui.HiddenField {
	if v.Filter.State == "" {
		return nil
	}
	return []ui.HiddenField{{Name: "state", Value: string(v.Filter.State)}}
}

func (v dueListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: ui.Showing(v.At, pageSize, len(v.Shown), "payments"), CaptionSize: "s", Small: true, Stacked: true, RowHeaders: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "Payment"}, {Text: "Amount", Numeric: true}, {Text: "Day"}, {Text: "Claim by"}, {Text: "State"}, {Text: "Why, and what to do"}}}
	for _, r := range v.rows() {
		t.Rows = append(t.Rows, []ui.Cell{ui.Part(dueName(v, r)), ui.Part(duePayment(r)), ui.Number(orDash(pounds(r))), ui.Text(orDash(day(r))),
			ui.Part(dueBy(r)), ui.Part(dueState(r)), ui.Part(dueWhy(v, r))})
	}
	return t
}

func pounds(r grant.Row) string {
	if worth(r) == 0 {
		return ""
	}
	return worth(r).String()
}

// day is when a payment falls; of what has not come yet, when that is expected.
func day(r grant.Row) string {
	if r.On.IsZero() {
		return ""
	}
	return r.On.Short()
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// why says in words where a payment stands.
func (v dueListView) why(r grant.Row) string {
	text := sentences(r.Why)
	if r.State == grant.NotYet && !r.From.IsZero() {
		text = "From " + r.From.String() + ". " + text
	}
	return text
}

// returned is why the funder returned a payment that can be claimed again.
func (v dueListView) returned(r grant.Row) string {
	l, ok := v.told.lines[keyOf(r)]
	if !ok || r.State != grant.Claimable || l.Payment != claim.PaymentReturned {
		return ""
	}
	return l.PaymentReason
}

// in is the claim in which a payment stands; false where it stands in none.
func (v dueListView) in(r grant.Row) (claim.Line, bool) {
	l, ok := v.told.lines[keyOf(r)]
	return l, ok && r.Standing != nil && l.ID == r.Standing.ID
}

// more says how many payments wait for something to be put right.
func (s start) more() string {
	n := len(s.Content.Blocked)
	if len(s.Content.Lines) == 0 {
		return some(n, "payment")
	}
	return some(n, "more payment")
}

// known reports whether it is known which scheme would pay: what never falls on
// any day is of none.
func known(r grant.Row) bool { return r.Scheme.Key != "" && !(r.State == grant.Never && r.On.IsZero()) }

// emptyText says why no row is shown.
func (v dueListView) emptyText() string {
	if len(v.All) == 0 {
		return "Once an NQSW is registered on a programme that a scheme pays for, each payment is listed here: when it can be claimed, or why not."
	}
	return "No payment is in this state and of this scheme."
}
