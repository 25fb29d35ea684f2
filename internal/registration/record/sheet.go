package record

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// sheet is what every form about one record has around its own questions.
type sheet struct {
	Page   ui.Page
	Record registration.Record
	Seen   int // the version that the person at the screen has seen
}

// open finds the record that a form is about; now is its present version.
func (p *pages) open(r *web.Request, title string, now func(registration.Record) int) (sheet, error) {
	rec, err := p.load(r)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{Page: r.Page(title), Record: rec, Seen: now(rec)}
	s.Page.Back = &ui.Link{Text: "Back to " + rec.Name(), Href: paths.Registration(rec.ID)}
	if r.Posted() {
		s.Seen, _ = strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	}
	return s, nil
}

func (s sheet) form() ui.FormOptions {
	return ui.FormOptions{Token: s.Page.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(s.Seen)}}}
}

func (s sheet) caption() string { return s.Record.Name() + ", " + s.Record.Reference }

// conflictView sets what is stored now beside what was typed, and lets the
// person save theirs all the same.
type conflictView struct {
	sheet
	Options ui.ConflictOptions
	Form    ui.FormOptions
	Heading string
}

// conflict makes the page of a stale save. now is the version that is stored.
func (s sheet) conflict(r *web.Request, now int, differences []ui.Difference) conflictView {
	v := conflictView{sheet: s, Heading: s.Page.Title}
	v.Page.Title = "Somebody else changed this record"
	v.Options = ui.ConflictOptions{Differences: differences,
		Reload: ui.Link{Text: "Keep what is saved now and open the record", Href: paths.Registration(s.Record.ID)}}
	v.Form = ui.FormOptions{Token: s.Page.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(now)}}}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if name != ui.FormField && name != "version" {
			v.Form.Hidden = append(v.Form.Hidden, ui.HiddenField{Name: name, Value: r.PostForm.Get(name)})
		}
	}
	return v
}

// stale shows a save that came too late, with who made the one before it.
func (p *pages) stale(w http.ResponseWriter, r *web.Request, v conflictView) error {
	events, _, err := p.Store.History(r.Context(), r.Scope, v.Record.ID, 1)
	if err != nil {
		return err
	}
	for _, last := range events {
		v.Options.By, v.Options.When = last.By(), "on "+web.Moment(last.RecordedAt)
	}
	return r.Stale(w, conflict(v))
}

// compare lists the facts that differ between what is stored and what was typed.
func compare(stored, typed []registration.Fact) []ui.Difference {
	var out []ui.Difference
	for i := range stored {
		if stored[i].Text != typed[i].Text {
			out = append(out, ui.Difference{Label: stored[i].Label, Theirs: stored[i].Text, Yours: typed[i].Text})
		}
	}
	return out
}

// dateInto puts a date into a form as its three parts.
func dateInto(form url.Values, name string, d asye.Date) {
	if d.IsZero() {
		return
	}
	form.Set(name+"-day", strconv.Itoa(d.Day()))
	form.Set(name+"-month", strconv.Itoa(int(d.Month())))
	form.Set(name+"-year", strconv.Itoa(d.Year()))
}
