package funder

import (
	"net/http"
	"strconv"
	"strings"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

// deciding is a page with a form that decides something. What was typed stays,
// whether it was wrong or came too late.
type deciding struct {
	ui.Page
	Seen    int    // the version of what is shown
	Changed string // why what was sent had no effect: something has changed since it was shown
}

func decide(r *web.Request, title, back, href string) deciding {
	v := deciding{Page: r.Page(title)}
	v.Back = &ui.Link{Text: back, Href: href}
	return v
}

// version is the version that somebody has seen; one that cannot be read never
// was.
func version(r *web.Request) int {
	n, _ := strconv.Atoi(r.Value("version"))
	return n
}

// refused keeps why something had no effect, for the page; it gives back what
// the page cannot show.
func (v *deciding) refused(err error) error {
	if problems := fault.ProblemsOf(err); problems != nil {
		v.Problems = problems
		return nil
	}
	if fault.KindOf(err) == fault.Conflict {
		v.Changed = err.Error() + "."
		return nil
	}
	return err
}

// answer shows the page, with the status that says what became of the form.
func (v deciding) answer(w http.ResponseWriter, r *web.Request, page templ.Component) error {
	switch {
	case v.Changed != "":
		return r.Stale(w, page)
	case v.Problems != nil:
		return r.Refuse(w, page)
	}
	return r.Render(w, page)
}

func (v deciding) form(more ...ui.HiddenField) ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: append([]ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}, more...)}
}

const toWork = "Back to funding"

// sections leads between the pages of funding.
func sections(now string) ui.SubNavigationOptions {
	o := ui.SubNavigationOptions{Label: "Funding"}
	for _, one := range []ui.NavItem{{Text: "To do", Href: paths.Funding()}, {Text: "Statements", Href: paths.FundingStatements()},
		{Text: "Batches", Href: paths.FundingBatches()}, {Text: "Report", Href: paths.FundingReport()}} {
		one.Current = one.Href == now
		o.Items = append(o.Items, one)
	}
	return o
}

// count is a number with its noun: 1 payment, 3,000 payments.
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "h"):
		return ui.Thousands(n) + " " + noun + "es"
	}
	return ui.Thousands(n) + " " + noun + "s"
}

// pageOf is the number of the page of a list that was asked for.
func pageOf(r *web.Request) int {
	n, _ := strconv.Atoi(r.Value("page"))
	return max(n, 1)
}
