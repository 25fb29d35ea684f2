package rights

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// ahead is how far the list looks, in months: long enough to place a hold.
const ahead = 12

// shown is how many people the list names.
const shown = 200

type retentionListView struct {
	ui.Page
	Due      []Due
	Past     int // whose time has come already
	Schedule Schedule
	Applies  bool // the service erases them by itself
}

// retentionList shows whose data has no reason to be here within a year.
func (p *pages) retentionList(w http.ResponseWriter, r *web.Request) error {
	list, err := p.store.Due(r.Context(), r.Scope, r.Today.AddMonths(ahead))
	if err != nil {
		return err
	}
	v := retentionListView{Page: r.Page("Retention"), Due: list, Schedule: p.store.settings.Schedule, Applies: p.store.settings.Applies}
	for _, d := range list {
		if !d.EndsOn.After(r.Today) {
			v.Past++
		}
	}
	return r.Render(w, retentionListPage(v))
}

func (v retentionListView) periods() []ui.SummaryRow {
	var out []ui.SummaryRow
	for _, p := range v.Schedule.Classes {
		out = append(out, ui.SummaryRow{Key: label(string(p.Class)), Text: v.Schedule.Sentence(p.Class) + " Source: " + p.Source})
	}
	return out
}

func (v retentionListView) says() string {
	switch {
	case len(v.Due) == 0:
		return fmt.Sprintf("Nobody’s data reaches the end of its time within %d months.", ahead)
	case len(v.Due) > shown:
		return fmt.Sprintf("%d people reach the end of their time within %d months, %d of them already; the first %d are shown.", len(v.Due), ahead, v.Past, shown)
	}
	return fmt.Sprintf("%d people reach the end of their time within %d months, %d of them already.", len(v.Due), ahead, v.Past)
}

func (v retentionListView) effect() string {
	if v.Applies {
		return "The service erases each of them on that day, by itself, unless there is a hold."
	}
	return "The service erases nobody by itself until the setting retention says apply. Until then, erase each of them from their page."
}

func (v retentionListView) rows() [][]ui.Cell {
	var out [][]ui.Cell
	for _, d := range v.Due[:min(len(v.Due), shown)] {
		held := ""
		if d.Held {
			held = "Yes"
		}
		out = append(out, []ui.Cell{{Text: d.Name, Href: paths.PersonData(d.Person)}, ui.Text(d.Last.Short()), ui.Text(d.EndsOn.Short()), ui.Text(held)})
	}
	return out
}

func (v retentionListView) head() []ui.Column {
	return []ui.Column{{Text: "Person"}, {Text: "Last day on record"}, {Text: "No reason to be kept from"}, {Text: "Hold"}}
}
