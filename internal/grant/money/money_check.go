package money

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// pageSize is how many lines a page shows.
const pageSize = 50

// What of the lines is brought in.
const (
	bringNamed = "named" // those that name a statement
	bringAll   = "all"
)

// moneyCheckView is what was read, before it is brought in.
type moneyCheckView struct {
	ui.Page
	Draft draft
	Print string
	Bring string
	Lines []checkedLine // new, those that name a statement first
	Again []checkedLine // that were brought in before, or are in the file twice
	At    int
}

// checkedLine is one line, and what becomes of it.
type checkedLine struct {
	books.BankLine
	For     string // the reference of the statement that it names
	Perhaps string // of the one that it may be for
	Before  bool   // brought in before
}

// moneyCheck shows what was read of a bank, and brings it in once it is
// confirmed. What was brought in before is passed over.
func (p *pages) moneyCheck(w http.ResponseWriter, r *web.Request) error {
	v, found, err := p.checkView(r)
	switch {
	case err != nil:
		return err
	case !found && r.Posted():
		return r.LeadBack(w, paths.GrantMoneyNew())
	case !found:
		return r.SeeOther(w, paths.GrantMoneyNew())
	case !r.Posted():
		return r.Render(w, moneyCheck(v))
	}
	if r.Value("seen") != v.Print {
		v.Flash = &ui.Notice{Heading: "Something else has been read since", Text: "Nothing was brought in. This is what was read last: confirm it if it is right."}
		return r.Stale(w, moneyCheck(v))
	}
	v.Bring = r.Value("bring")
	if !v.asks() {
		v.Bring = bringAll
	}
	chosen := v.chosen()
	if len(chosen) == 0 {
		v.Problems = fault.Problems{{Field: "bring", Text: "Choose which amounts to bring in"}}
		return r.Refuse(w, moneyCheck(v))
	}
	if form := r.Scope.Form(); form != nil {
		form.Also = p.drafts.Ending(r.Scope, draftOf())
	}
	added, err := p.statements.Receive(r.Context(), r.Scope, chosen)
	if fault.KindOf(err) == fault.Conflict && !web.IsStale(err) {
		v.Flash = &ui.Notice{Heading: "Nothing was brought in", Text: err.Error() + "."}
		return r.Stale(w, moneyCheck(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantMoney(), amounts(added)+" brought in", v.told(len(chosen)-added))
}

// told says what was passed over.
func (v moneyCheckView) told(raced int) string {
	again := len(v.Again) + raced
	text := "What names a statement is held against it."
	if again > 0 {
		text += " " + amounts(again) + " had been brought in before, and " + wasWere(again) + " passed over."
	}
	if left := len(v.Lines) - len(v.chosen()); left > 0 {
		text += " " + amounts(left) + " that " + nameNames(left) + " no statement " + wasWere(left) + " left out."
	}
	return text
}

func amounts(n int) string {
	if n == 1 {
		return "1 amount"
	}
	return ui.Thousands(n) + " amounts"
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func nameNames(n int) string {
	if n == 1 {
		return "names"
	}
	return "name"
}

func (p *pages) checkView(r *web.Request) (v moneyCheckView, found bool, err error) {
	v.Page = r.Page("Check what was read")
	v.Breadcrumbs, v.Wide = underMoney(), true
	v.At, _ = strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	if v.Draft, v.Print, found, err = p.kept(r); err != nil || !found {
		return v, found, err
	}
	list, err := p.reconciled(r)
	if err != nil {
		return v, true, err
	}
	received, err := p.statements.Remittances(r.Context(), r.Scope)
	v.sort(list, received)
	v.Bring = bringAll
	if v.named() > 0 {
		v.Bring = bringNamed
	}
	return v, true, err
}

// sort puts the lines apart: new ones, and those that are there already.
func (v *moneyCheckView) sort(list moneyListView, received []statement.Remittance) {
	type key struct {
		on    string
		text  string
		pence grant.Pence
	}
	there, read := map[key]bool{}, map[key]bool{}
	for _, r := range received {
		there[key{r.ReceivedOn.ISO(), r.Text, r.Pence}] = true
	}
	var awaited []statement.Statement
	for _, h := range list.Held {
		awaited = append(awaited, h.Statement)
	}
	for _, l := range v.Draft.Lines {
		k := key{l.On.ISO(), l.Text, l.Pence}
		one := checkedLine{BankLine: l, For: list.Names[statement.Match(l.Text, awaited)], Before: there[k]}
		if one.For == "" {
			one.Perhaps = list.Names[statement.Suggest(l.Remittance(), list.Held)]
		}
		if there[k] || read[k] {
			v.Again = append(v.Again, one)
			continue
		}
		read[k] = true
		v.Lines = append(v.Lines, one)
	}
	slices.SortStableFunc(v.Lines, func(a, b checkedLine) int { return rank(a) - rank(b) })
}

// rank puts first what is likely to be of a grant.
func rank(l checkedLine) int {
	switch {
	case l.For != "":
		return 0
	case l.Perhaps != "":
		return 1
	}
	return 2
}

func (v moneyCheckView) named() (n int) {
	for _, l := range v.Lines {
		if l.For != "" {
			n++
		}
	}
	return n
}

// chosen are the lines to bring in.
func (v moneyCheckView) chosen() (out []statement.Remittance) {
	for _, l := range v.Lines {
		if v.Bring == bringAll || v.Bring == bringNamed && l.For != "" {
			out = append(out, l.Remittance())
		}
	}
	return out
}

// asks reports whether it has to be asked which lines to bring in.
func (v moneyCheckView) asks() bool { return v.named() > 0 && v.named() < len(v.Lines) }

func (v moneyCheckView) choices() []ui.Choice {
	return []ui.Choice{{Value: bringNamed, Text: "Only the " + strconv.Itoa(v.named()) + " with the reference of a statement"},
		{Value: bringAll, Text: "All " + ui.Thousands(len(v.Lines)), Hint: "Those without a reference come under unexpected money, where you say what they are for."}}
}

func (v moneyCheckView) form() ui.FormOptions {
	o := ui.FormOptions{Action: paths.GrantMoneyCheck(1), Token: v.Form, Hidden: []ui.HiddenField{{Name: "seen", Value: v.Print}}}
	if !v.asks() {
		o.Hidden = append(o.Hidden, ui.HiddenField{Name: "bring", Value: bringAll})
	}
	return o
}

func (v moneyCheckView) caption() string {
	if v.Draft.File == "" {
		return "One amount, typed"
	}
	return v.Draft.File
}

// said is what was read, in one sentence for each thing.
func (v moneyCheckView) said() []string {
	var sum grant.Pence
	for _, l := range v.Lines {
		sum += l.Pence
	}
	out := []string{fmt.Sprintf("%s can be brought in: %s in all.", amounts(len(v.Lines)), sum)}
	before := 0
	for _, l := range v.Again {
		if l.Before {
			before++
		}
	}
	if before > 0 {
		out = append(out, amounts(before)+" "+wasWere(before)+" brought in before, and will be passed over.")
	}
	if twice := len(v.Again) - before; twice > 0 {
		out = append(out, amounts(twice)+" "+wasWere(twice)+" read twice, with the same day and text, and will be brought in once. If the bank did pay twice, make the texts differ in the file, for example with a 2 at the end.")
	}
	if v.Draft.Passed > 0 {
		out = append(out, rowsOf(v.Draft.Passed)+" without an amount received "+wasWere(v.Draft.Passed)+" left alone.")
	}
	return out
}

func (v moneyCheckView) pages() ui.PaginationOptions {
	return ui.Pages(v.at(), v.count(), paths.GrantMoneyCheck)
}

func (v moneyCheckView) count() int { return max(1, (len(v.Lines)+pageSize-1)/pageSize) }

func (v moneyCheckView) at() int { return min(max(v.At, 1), v.count()) }

func (v moneyCheckView) showing() string {
	return ui.Showing(v.at(), pageSize, len(v.Lines), "amounts")
}

func (v moneyCheckView) table() ui.TableOptions {
	from := (v.at() - 1) * pageSize
	return linesTable("What was read", v.Lines[from:min(from+pageSize, len(v.Lines))])
}

func linesTable(caption string, lines []checkedLine) ui.TableOptions {
	t := ui.TableOptions{Caption: caption, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Row"}, {Text: "Day"}, {Text: "What the bank says"}, {Text: "For"}, {Text: "Amount", Numeric: true}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(strconv.Itoa(l.Row)), ui.Text(l.On.String()), ui.Text(l.Text), ui.Text(l.goal()), money(l.Pence)})
	}
	return t
}

func (l checkedLine) goal() string {
	switch {
	case l.For != "":
		return l.For
	case l.Perhaps != "":
		return "Perhaps " + l.Perhaps
	}
	return "Not known"
}

// moneyDiscard throws away what was read.
func (p *pages) moneyDiscard(w http.ResponseWriter, r *web.Request) error {
	if err := p.drafts.Discard(r.Context(), r.Scope, draftName, ""); err != nil {
		return err
	}
	return r.SeeOther(w, paths.GrantMoney())
}
