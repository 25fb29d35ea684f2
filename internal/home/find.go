package home

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/roster"
)

// findView is everything find.templ may show.
type findView struct {
	ui.Page
	Query string
	Found []roster.Registered
}

// find serves the look-up of a registration across employers.
func (p *pages) find(w http.ResponseWriter, r *web.Request) error {
	v := findView{Page: r.Page("Find a registration"), Query: r.Value("q")}
	v.Wide = true
	if v.Query != "" {
		found, err := p.roster.Find(r.Context(), r.Scope, v.Query)
		if err != nil {
			return err
		}
		v.Found = found
	}
	return r.Render(w, find(v))
}

// empty says what to try when nothing was found.
func (v findView) empty() ui.EmptyOptions {
	text := "No registration has this reference or number, and no NQSW has a name like it. Check it and search again."
	if utf8.RuneCountInString(v.Query) < roster.ShortestName {
		text = "Type at least three letters of a name, or the whole reference or number."
	}
	return ui.EmptyOptions{Heading: "Nothing found", Text: text}
}

// caption says how many were found, and that there may be more.
func (v findView) caption() string {
	if len(v.Found) == roster.MostFound {
		return "The latest 50 registrations found. Type more of the name to find others"
	}
	return ui.Showing(1, roster.MostFound, len(v.Found), "registrations")
}

// table lists what was found, with whom to ask about it.
func (v findView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: v.caption(), CaptionSize: "s", Small: true, RowHeaders: true, Stacked: true, Head: []ui.Column{{Text: "NQSW"},
		{Text: "Number"}, {Text: "Cohort"}, {Text: "Started"}, {Text: "Ended"}, {Text: "Employer"}, {Text: "Whom to ask"}}}
	for _, f := range v.Found {
		ended := "Not yet"
		if !f.EndsOn.IsZero() {
			ended = f.EndsOn.AddDays(-1).Short()
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Part(foundName(f)), ui.Text(f.Number), ui.Text(f.Cohort.String()), ui.Text(f.StartsOn.Short()),
			ui.Text(ended), ui.LinkTo(f.Employer, paths.Employer(f.Org)), ui.Part(foundContact(f.Contact, contactText(f.Contact)))})
	}
	return t
}

// contactText is whom to ask at an employer, apart from the e-mail address.
func contactText(c roster.Contact) string {
	var parts []string
	for _, part := range []string{c.Name, c.Phone} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
