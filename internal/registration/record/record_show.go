package record

import (
	"net/http"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// latest is how many events the record shows before the page of all of them.
const latest = 8

// showView is everything that the record may show.
type showView struct {
	Page      ui.Page
	Record    registration.Record
	Schedule  programme.Schedule
	Today     asye.Date
	Answered  string // whether the equality section is complete; empty when nobody tells
	Events    []registration.Event
	AllEvents int
}

// recordShow serves the record of one registration.
func (p *pages) recordShow(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.load(r)
	if err != nil {
		return err
	}
	v := showView{Page: r.Page(rec.Name()), Record: rec, Schedule: rec.Schedule(r.Today), Today: r.Today}
	v.Page.Wide = true
	v.Page.Breadcrumbs = []ui.Link{{Text: "Registrations", Href: paths.Registrations(nil)}}
	if v.Events, v.AllEvents, err = p.Store.History(r.Context(), r.Scope, rec.ID, latest); err != nil {
		return err
	}
	if p.Answered != nil {
		answered, err := p.Answered(r.Context(), r.Scope, []asye.PersonID{rec.Person})
		if err != nil {
			return err
		}
		v.Answered = "Not complete yet"
		if answered[rec.Person] {
			v.Answered = "Complete"
		}
	}
	return r.Render(w, recordShow(v))
}

// recordHistory serves everything that has happened to a record.
func (p *pages) recordHistory(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.load(r)
	if err != nil {
		return err
	}
	v := showView{Page: r.Page("Everything that has happened"), Record: rec}
	v.Page.Back = &ui.Link{Text: "Back to the record", Href: paths.Registration(rec.ID)}
	if v.Events, v.AllEvents, err = p.Store.History(r.Context(), r.Scope, rec.ID, 0); err != nil {
		return err
	}
	return r.Render(w, recordHistory(v))
}

// invite sends the invitation again.
func (p *pages) invite(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.load(r)
	if err != nil {
		return err
	}
	if err := p.Store.InviteAgain(r.Context(), r.Scope, rec.ID); err != nil {
		return err
	}
	return r.Say(w, paths.Registration(rec.ID), "Invitation sent", "A link to their own part is on its way to "+rec.Name()+".")
}

// running reports whether the year has no outcome yet.
func (v showView) running() bool { return v.Record.Outcome() == nil }

func (v showView) identity() ui.IdentityBarOptions {
	r := v.Record
	status := r.Status(v.Today)
	o := ui.IdentityBarOptions{Name: r.Name(), Reference: r.Reference,
		Facts: []ui.Fact{{Key: "Programme", Value: r.Rules.Name}, {Key: "Cohort", Value: r.Cohort.String()}, {Key: "Employer", Value: r.OrgName}},
		Tags:  []ui.TagOptions{{Text: status.String(), Colour: ui.TagColour(status.Colour())}}}
	if !r.Funded {
		o.Tags = append(o.Tags, ui.TagOptions{Text: "Not funded", Colour: ui.TagGrey})
	}
	if r.OpenTransfer() != nil {
		o.Tags = append(o.Tags, ui.TagOptions{Text: "Moving", Colour: ui.TagTeal})
	}
	if v.running() {
		o.Actions = []ui.Link{v.pauseAction()}
		if r.OpenTransfer() == nil && !r.StartsOn.After(v.Today) {
			o.Actions = append(o.Actions, ui.Link{Text: "Record the outcome", Href: paths.RegistrationOutcome(r.ID)})
		}
	}
	return o
}

// pauseAction is what can be done about a pause just now.
func (v showView) pauseAction() ui.Link {
	if v.Record.OpenPause() != nil {
		return ui.Link{Text: "Record the return", Href: paths.RegistrationReturn(v.Record.ID)}
	}
	return ui.Link{Text: "Pause the year", Href: paths.RegistrationPause(v.Record.ID)}
}

// while gives the actions only as long as the year runs.
func (v showView) while(links ...ui.Link) []ui.Link {
	if v.running() {
		return links
	}
	return nil
}

func (v showView) lastDay() string {
	if !v.running() && !v.Record.EndsOn.IsZero() {
		return v.Record.EndsOn.AddDays(-1).String()
	}
	if v.Schedule.Provisional {
		return v.Schedule.LastDay.String() + " at the earliest"
	}
	return v.Schedule.LastDay.String()
}

func (v showView) timeline(level int) ui.TimelineOptions {
	o := ui.TimelineOptions{HeadingLevel: level}
	for _, e := range v.Events {
		told := e.Tell(v.Record.Rules)
		o.Items = append(o.Items, ui.TimelineItem{Title: told.Title, By: e.By(), Text: told.Text,
			When: "Recorded on " + web.Moment(e.RecordedAt) + effective(e), Datetime: e.RecordedAt.Time().Format(time.RFC3339)})
	}
	return o
}

// effective adds the day from which an event counts, where that is another.
func effective(e registration.Event) string {
	if e.On.IsZero() || e.On.ISO() == e.RecordedAt.String()[:10] {
		return ""
	}
	return "; it counts from " + e.On.String()
}
