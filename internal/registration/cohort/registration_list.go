package cohort

import (
	"net/http"
	"net/url"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// listView is everything that the cohort list may show.
type listView struct {
	Page       ui.Page
	Filter     registration.Filter
	Query      url.Values // the filter as it stands in the address
	Found      registration.Found
	Counts     map[registration.Status]int
	Cohorts    []asye.Cohort
	Programmes registration.Options
	Answered   map[asye.PersonID]bool // nil when nobody tells
	Draft      string                 // of whom a registration has been begun; empty when none
	Reached    reach
	Today      asye.Date
}

const everyone = "all" // the cohort that is all of them

// registrationList serves the cohort list.
func (p *pages) registrationList(w http.ResponseWriter, r *web.Request) error {
	cohorts, err := p.Store.Cohorts(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := listView{Page: r.Page("Registrations"), Cohorts: cohorts, Today: r.Today, Programmes: registration.Programmes(p.Store.Catalogue())}
	v.Page.Wide = true
	v.Filter, v.Query = filterOf(r, cohorts)
	if err = p.search(r, &v); err != nil {
		return err
	}
	if v.Counts, err = p.Store.Counts(r.Context(), r.Scope, v.Filter); err != nil {
		return err
	}
	if v.Draft, err = p.draft(r); err != nil {
		return err
	}
	if p.Answered != nil && len(v.Found.Rows) > 0 {
		if v.Answered, err = p.Answered(r.Context(), r.Scope, personsOf(v.Found.Rows)); err != nil {
			return err
		}
	}
	return r.Render(w, registrationList(v))
}

func personsOf(rows []registration.Row) []asye.PersonID {
	ids := make([]asye.PersonID, len(rows))
	for i, row := range rows {
		ids[i] = row.Person
	}
	return ids
}

// draft names the NQSW whose registration this person has begun.
func (p *pages) draft(r *web.Request) (string, error) {
	d, found, err := p.Drafts.Get(r.Context(), r.Scope, "register", "")
	if err != nil || !found {
		return "", err
	}
	name := asye.Identity{GivenName: d.Answers["given_name"], FamilyName: d.Answers["family_name"]}.Known()
	if name == "" {
		name = "an NQSW without a name yet"
	}
	return name, nil
}

// filterOf reads the filter from the address. Without a cohort it is the
// present one where that has anybody, and otherwise the latest.
func filterOf(r *web.Request, cohorts []asye.Cohort) (registration.Filter, url.Values) {
	f := registration.Filter{Programme: r.Value("programme"), Status: registration.Status(r.Value("status")),
		Need: registration.Need(r.Value("need")), Search: r.Value("q"), Sort: r.Value("sort"), Down: r.Value("down") == "yes"}
	f.Page, _ = strconv.Atoi(r.Value("page")) // what is not a number is the first page
	cohort, err := asye.ParseCohort(r.Value("cohort"))
	switch {
	case err == nil:
		f.Cohort = cohort
	case r.Value("cohort") == "" && len(cohorts) > 0:
		f.Cohort = cohorts[0]
		for _, c := range cohorts {
			if c == asye.CohortOf(r.Today) {
				f.Cohort = c
			}
		}
	}
	q := queryOf(f)
	if f.Status == registration.Overdue && f.Sort == "" {
		f.Sort = "due" // the longest overdue first
	}
	return f, q
}

// queryOf is the address of a filter, without its page.
func queryOf(f registration.Filter) url.Values {
	q := url.Values{"cohort": {everyone}}
	if f.Cohort != 0 {
		q.Set("cohort", f.Cohort.String())
	}
	for key, value := range map[string]string{"programme": f.Programme, "status": string(f.Status), "need": string(f.Need),
		"q": f.Search, "sort": f.Sort} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if f.Down {
		q.Set("down", "yes")
	}
	return q
}

// with is the address of the list with one part of the filter changed.
func (v listView) with(key, value string) string {
	q := url.Values{}
	for k, values := range v.Query {
		q[k] = values
	}
	if value == "" {
		q.Del(key)
	} else {
		q.Set(key, value)
	}
	return paths.Registrations(q)
}

// countLink is one status with how many have it.
type countLink struct {
	Text, Href string
	Current    bool
}

func (v listView) countLinks() []countLink {
	total := 0
	for _, n := range v.Counts {
		total += n
	}
	links := []countLink{{"All " + ui.Thousands(total), v.with("status", ""), v.Filter.Status == ""}}
	for _, s := range registration.Statuses() {
		if n := v.Counts[s]; n > 0 || v.Filter.Status == s {
			links = append(links, countLink{s.String() + " " + ui.Thousands(n), v.with("status", string(s)), v.Filter.Status == s})
		}
	}
	return links
}

// kept is what the filter form carries along without asking.
func (v listView) kept() []ui.HiddenField {
	var hidden []ui.HiddenField
	for _, key := range []string{"status", "need", "sort", "down"} {
		if value := v.Query.Get(key); value != "" {
			hidden = append(hidden, ui.HiddenField{Name: key, Value: value})
		}
	}
	return hidden
}

func (v listView) cohortChoices() []ui.Choice {
	choices := []ui.Choice{{Value: everyone, Text: "All cohorts"}}
	for _, c := range v.Cohorts {
		choices = append(choices, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return choices
}

func (v listView) programmeChoices() []ui.Choice {
	choices := []ui.Choice{{Text: "All programmes"}}
	for _, p := range v.Programmes {
		choices = append(choices, ui.Choice{Value: p.Key, Text: p.Label})
	}
	return choices
}

// needText says what the list has been narrowed down to from the home page.
func (v listView) needText() string {
	switch v.Filter.Need {
	case registration.Confirming:
		return "Only those who have not confirmed their details."
	case registration.Returning:
		return "Only those who are expected back from a pause, or should be back already."
	case registration.Assessing:
		return "Only those who have no assessor."
	case registration.Ending:
		return "Only those whose year ends within the next " + strconv.Itoa(registration.EndWithin) + " days."
	}
	return ""
}

// noneAtAll reports whether the employer has never registered anybody.
func (v listView) noneAtAll() bool { return len(v.Cohorts) == 0 }

func (v listView) exportHref() string {
	q := url.Values{}
	if v.Filter.Cohort != 0 {
		q.Set("cohort", v.Filter.Cohort.String())
	}
	return paths.Export(q)
}

func (v listView) caption() string {
	return ui.Showing(v.Found.Page, registration.PageSize, v.Found.Total, "registrations")
}

func (v listView) pages() ui.PaginationOptions {
	return ui.Pages(v.Found.Page, v.Found.Pages, func(page int) string { return v.with("page", strconv.Itoa(page)) })
}

func (v listView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: v.caption(), CaptionSize: "s", Small: true, Stacked: true, RowHeaders: true, Head: []ui.Column{
		v.sorted("Name", "name"), v.sorted("Team", "team"), {Text: "Assessor"}, v.sorted("Starts", "starts"),
		v.sorted("Last day", "due"), {Text: "Hours"}, {Text: "Status"}, {Text: "Details confirmed"}}}
	if v.Answered != nil {
		t.Head = append(t.Head, ui.Column{Text: "Equality section"})
	}
	for _, row := range v.Found.Rows {
		t.Rows = append(t.Rows, v.cells(row))
	}
	return t
}

func (v listView) sorted(text, key string) ui.Column {
	c := ui.Column{Text: text}
	now := v.Filter.Sort == key || v.Filter.Sort == "" && key == "name"
	q := url.Values{}
	for k, values := range v.Query {
		q[k] = values
	}
	q.Set("sort", key)
	q.Del("down")
	if now {
		c.Sort = "ascending"
		if v.Filter.Down {
			c.Sort = "descending"
		} else {
			q.Set("down", "yes")
		}
	}
	c.Href = paths.Registrations(q)
	return c
}

func (v listView) cells(row registration.Row) []ui.Cell {
	status := row.Status(v.Today)
	cells := []ui.Cell{
		ui.Part(nameCell(row, v.Filter.Cohort == 0)), ui.Text(orNone(row.Team)), ui.Text(orNone(row.Assessor)), ui.Text(row.StartsOn.Short()),
		ui.Text(v.lastDay(row)), ui.Text(hours(row)),
		ui.Part(ui.Tag(ui.TagOptions{Text: status.String(), Colour: ui.TagColour(status.Colour())})),
		ui.Text(yes(row.Confirmed, "Confirmed", "Not yet")),
	}
	if v.Answered != nil {
		cells = append(cells, ui.Text(yes(v.Answered[row.Person], "Complete", "Not yet")))
	}
	return cells
}

// lastDay is the last day of the year; while a pause is open nobody knows it.
func (v listView) lastDay(row registration.Row) string {
	switch {
	case !row.EndsOn.IsZero():
		return row.EndsOn.AddDays(-1).Short()
	case row.Status(v.Today) == registration.Paused:
		return row.LastDay().Short() + " or later"
	case row.Status(v.Today) == registration.Overdue:
		return row.LastDay().Short() + ", " + ago(row.LastDay(), v.Today)
	}
	return row.LastDay().Short()
}

func hours(row registration.Row) string {
	if row.PartTime() {
		return row.Hours.String() + " of " + row.FullTimeHours.String() + ", part-time"
	}
	return row.Hours.String()
}

func orNone(text string) string {
	if text == "" {
		return "None"
	}
	return text
}

func yes(is bool, then, otherwise string) string {
	if is {
		return then
	}
	return otherwise
}
