package home

import (
	"net/http"

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

// table lists what was found.
func (v findView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Registrations found", Head: []ui.Column{{Text: "Name"}, {Text: "Reference"},
		{Text: "Number"}, {Text: "Employer"}, {Text: "Cohort"}, {Text: "Started"}, {Text: "Ended"}}}
	for _, f := range v.Found {
		ended := "Running"
		if !f.EndsOn.IsZero() {
			ended = f.EndsOn.AddDays(-1).Short()
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(f.Name), ui.Text(f.Reference), ui.Text(f.Number), ui.Text(f.Employer),
			ui.Text(f.Cohort.String()), ui.Text(f.StartsOn.Short()), ui.Text(ended)})
	}
	return t
}
