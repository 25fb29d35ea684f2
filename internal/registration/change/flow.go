package change

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// sheet is what every page about one record has around its own content.
type sheet struct {
	ui.Page
	Record   registration.Record
	Today    asye.Date
	Seen     int // the version of the record that the person at the screen has seen
	Conflict *ui.ConflictOptions
	Carried  []ui.HiddenField // what was typed, for the check to hand on
}

// open finds the record that a page is about.
func (p *pages) open(r *web.Request, title string) (sheet, error) {
	rec, err := p.store.Get(r.Context(), r.Scope, asye.EnrolmentID(r.PathValue("id")))
	if err != nil {
		return sheet{}, err
	}
	s := sheet{Page: r.Page(title), Record: rec, Today: r.Today, Seen: rec.Version}
	s.Back = &ui.Link{Text: "Back to " + rec.Name(), Href: paths.Registration(rec.ID)}
	if r.Posted() {
		s.Seen, _ = strconv.Atoi(r.Value("version")) // unreadable is a version that never was
		s.Carried = carried(r)
	}
	return s, nil
}

// carried is every field that was typed, to be sent on by the check page.
func carried(r *web.Request) []ui.HiddenField {
	var fields []ui.HiddenField
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if name != ui.FormField && name != "version" && name != "step" {
			fields = append(fields, ui.HiddenField{Name: name, Value: r.PostForm.Get(name)})
		}
	}
	return fields
}

// form is the options of the sheet's form: it carries the version.
func (s sheet) form() ui.FormOptions {
	return ui.FormOptions{Token: s.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(s.Seen)}}}
}

// onward is the options of a form that also carries what was typed before.
func (s sheet) onward() ui.FormOptions {
	f := s.form()
	f.Hidden = append(f.Hidden, s.Carried...)
	return f
}

// caption says whose year the page is about.
func (s sheet) caption() string { return s.Record.Name() + ", " + s.Record.Reference }

// ends is when the year ends as it stands.
func (s sheet) ends() registration.Ends { return s.Record.Ends(s.Today) }

// flow is one change of a record: a form, a check of what it does, the saving.
type flow struct {
	shut     func(registration.Record) error // why it cannot be done now, as a Conflict
	form     func(sheet) templ.Component
	check    func(sheet) templ.Component // nil saves at once
	problems fault.Problems              // what could not be read
	fields   []string                    // every field, in the order of the page
	judge    func(registration.Record) error
	save     func(seen int) error
	differ   func(now registration.Record) []ui.Difference
	said     func(now registration.Record) notice
}

// notice is what is said once a change is kept.
type notice struct{ Heading, Text, Location string }

// run takes a flow one step further. The last step goes straight to the store,
// which alone can tell whether the change came too late.
func (p *pages) run(w http.ResponseWriter, r *web.Request, s sheet, f flow) error {
	if r.Posted() && (f.check == nil || r.Value("step") == "save") {
		return p.save(w, r, s, f)
	}
	if r.Posted() && s.Seen != s.Record.Version {
		return p.stale(w, r, s, f)
	}
	if err := f.shut(s.Record); fault.KindOf(err) == fault.Conflict {
		return r.Stale(w, closed(s, err.Error()))
	}
	if !r.Posted() || r.Value("step") == "edit" {
		return r.Render(w, f.form(s))
	}
	if found := f.found(f.judge(s.Record)); len(found) > 0 {
		s.Problems = found
		return r.Refuse(w, f.form(s))
	}
	return r.Render(w, f.check(s))
}

// found is what could not be read and what was judged wrong, in the order of
// the page.
func (f flow) found(judged error) fault.Problems {
	all := registration.Join(f.problems, judged)
	slices.SortStableFunc(all, func(a, b fault.Problem) int {
		return cmp.Compare(slices.Index(f.fields, a.Field), slices.Index(f.fields, b.Field))
	})
	return all
}

func (p *pages) save(w http.ResponseWriter, r *web.Request, s sheet, f flow) error {
	if len(f.problems) > 0 {
		s.Problems = f.found(f.judge(s.Record))
		return r.Refuse(w, f.form(s))
	}
	err := f.save(s.Seen)
	switch fault.KindOf(err) {
	case fault.Invalid:
		s.Problems = f.found(err)
		return r.Refuse(w, f.form(s))
	case fault.Conflict:
		return p.conflict(w, r, s, f, err)
	}
	if err != nil {
		return err
	}
	now, err := p.store.Get(r.Context(), r.Scope, s.Record.ID)
	if err != nil {
		return err
	}
	return p.say(w, r, now, f.said(now))
}

// conflict shows a save that came too late, or that the record does not allow.
func (p *pages) conflict(w http.ResponseWriter, r *web.Request, s sheet, f flow, refusal error) error {
	now, err := p.store.Get(r.Context(), r.Scope, s.Record.ID)
	if err != nil {
		return err
	}
	s.Record = now
	if s.Seen != now.Version {
		return p.stale(w, r, s, f)
	}
	return r.Stale(w, closed(s, refusal.Error()))
}

func (p *pages) say(w http.ResponseWriter, r *web.Request, now registration.Record, said notice) error {
	if said.Heading == "" {
		return r.SeeOther(w, said.Location)
	}
	if said.Location == "" {
		said.Location = paths.Registration(now.ID)
	}
	return r.Say(w, said.Location, said.Heading, said.Text)
}

// stale shows what is stored now beside what was typed. Where the change can
// still be made, the form follows, with the version that is stored now.
func (p *pages) stale(w http.ResponseWriter, r *web.Request, s sheet, f flow) error {
	events, _, err := p.store.History(r.Context(), r.Scope, s.Record.ID, 1)
	if err != nil {
		return err
	}
	s.Seen = s.Record.Version
	s.Title = "Somebody else has changed this record"
	s.Conflict = &ui.ConflictOptions{Differences: f.differ(s.Record),
		Reload: ui.Link{Text: "Open the record as it is now", Href: paths.Registration(s.Record.ID)}}
	for _, last := range events {
		s.Conflict.By, s.Conflict.When = last.By(), "on "+web.Moment(last.RecordedAt)
	}
	if err := f.shut(s.Record); fault.KindOf(err) == fault.Conflict {
		return r.Stale(w, closed(s, err.Error()))
	}
	return r.Stale(w, f.form(s))
}
