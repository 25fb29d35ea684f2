package employers

import (
	"net/http"
	"net/url"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// employerListView is what the list of employers shows.
type employerListView struct {
	ui.Page
	Filter Filter
	Listed Listed
	Today  asye.Date
}

// employerList serves the employers, for the national team.
func (p *pages) employerList(w http.ResponseWriter, r *web.Request) error {
	page, _ := strconv.Atoi(r.Value("page")) // unreadable is the first page
	v := employerListView{Page: r.Page("Employers"), Today: r.Today, Filter: Filter{Search: r.Value("q"),
		Type: asye.EmployerType(r.Value("type")), Region: r.Value("region"), Status: Status(r.Value("status")), Page: page}}
	v.Wide = true
	var err error
	if v.Listed, err = p.store.List(r.Context(), r.Scope, v.Filter); err != nil {
		return err
	}
	return r.Render(w, employerListPage(v))
}

// href is the address of the list with this filter.
func (f Filter) href() string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Search, "type": string(f.Type), "region": f.Region, "status": string(f.Status)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if len(q) == 0 {
		return paths.Employers()
	}
	return paths.Employers() + "?" + q.Encode()
}

// with is the address of the first page when one part of the filter differs.
func (f Filter) with(change func(*Filter)) string {
	f.Page = 1
	change(&f)
	return f.href()
}

// filtered reports whether anything is left out.
func (f Filter) filtered() bool {
	f.Page = 0
	return f != Filter{}
}

// selected lists the filters that apply, each with the way to take it off.
func (f Filter) selected() []ui.SelectedFilter {
	var out []ui.SelectedFilter
	if f.Search != "" {
		out = append(out, ui.SelectedFilter{Text: "“" + f.Search + "”", RemoveHref: f.with(func(f *Filter) { f.Search = "" })})
	}
	if f.Type != "" {
		out = append(out, ui.SelectedFilter{Text: f.Type.String(), RemoveHref: f.with(func(f *Filter) { f.Type = "" })})
	}
	if f.Region != "" {
		out = append(out, ui.SelectedFilter{Text: f.Region, RemoveHref: f.with(func(f *Filter) { f.Region = "" })})
	}
	if f.Status != Either {
		text := map[Status]string{OnlyOpen: "Not closed", OnlyClosed: "Closed"}[f.Status]
		out = append(out, ui.SelectedFilter{Text: text, RemoveHref: f.with(func(f *Filter) { f.Status = Either })})
	}
	return out
}

func (v employerListView) pagination() ui.PaginationOptions {
	return ui.Pages(v.Listed.Page, v.Listed.Pages, func(page int) string {
		f := v.Filter
		f.Page = page
		return f.href()
	})
}

func (v employerListView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Employers", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Name"}, {Text: "Code"}, {Text: "Type"}, {Text: "Region"}, {Text: "Primary contact"}, {Text: "Status"}}}
	for _, e := range v.Listed.Organisations {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(e.Name, paths.Employer(e.ID)), ui.Text(e.Code), ui.Text(e.Type.String()),
			ui.Text(orElse(e.Region, "–")), ui.Text(orElse(e.Contact.Name, "None")), ui.Part(statusTag(e, v.Today))})
	}
	return o
}

func typeChoices(none string) []ui.Choice {
	out := []ui.Choice{{Value: "", Text: none}}
	for _, t := range asye.EmployerTypes() {
		out = append(out, ui.Choice{Value: string(t), Text: t.String()})
	}
	return out
}

func regionChoices(none string) []ui.Choice {
	out := []ui.Choice{{Value: "", Text: none}}
	for _, name := range asye.Regions() {
		out = append(out, ui.Choice{Value: name, Text: name})
	}
	return out
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
