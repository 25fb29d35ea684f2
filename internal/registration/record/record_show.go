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
	Ends      registration.Ends
	Schedule  programme.Schedule // the one to plan with: after the return, where one is expected
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
	v := showView{Page: r.Page(rec.Name()), Record: rec, Ends: rec.Ends(r.Today), Today: r.Today}
	v.Schedule = v.Ends.Then
	v.Page.Wide = true
	v.Page.Breadcrumbs = []ui.Link{{Text: "Cohort " + rec.Cohort.String(), Href: paths.RegistrationsOf(rec.Cohort)}}
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
	o := ui.IdentityBarOptions{Name: r.Name(), Heading: true, Reference: r.Reference,
		Facts: []ui.Fact{{Key: "Programme", Value: r.Rules.Name}, {Key: "Cohort", Value: r.Cohort.String()}, {Key: "Employer", Value: r.OrgName}},
		Tags:  []ui.TagOptions{{Text: status.String(), Colour: ui.TagColour(status.Colour())}}}
	if !r.Funded {
		o.Tags = append(o.Tags, ui.TagOptions{Text: "Not funded", Colour: ui.TagGrey})
	}
	if r.OpenTransfer() != nil {
		o.Tags = append(o.Tags, ui.TagOptions{Text: "Moving", Colour: ui.TagTeal})
	}
	o.Main, o.Actions = v.actions(status)
	return o
}

// actions are what can be done about the year, and which of it comes next:
// recording the outcome of a year that is over or soon will be, and the return
// from a pause. Nothing comes next while a year takes its course.
func (v showView) actions(status registration.Status) (next ui.Link, others []ui.Link) {
	r := v.Record
	if !v.running() {
		return next, nil
	}
	pause := v.pauseAction()
	if r.OpenTransfer() != nil {
		return next, []ui.Link{pause}
	}
	outcome := ui.Link{Text: "Record the outcome", Href: paths.RegistrationOutcome(r.ID)}
	if r.StartsOn.After(v.Today) {
		outcome.Text = "Withdraw the registration"
	}
	switch {
	case status == registration.Overdue, status == registration.UnderWay && v.endsSoon():
		return outcome, []ui.Link{pause}
	case status == registration.Paused:
		return pause, []ui.Link{outcome}
	}
	return next, []ui.Link{pause, outcome}
}

// endsSoon reports whether the last day is as near as the home page tells of.
func (v showView) endsSoon() bool {
	return !v.Schedule.LastDay.After(v.Today.AddDays(registration.EndWithin))
}

// pauseAction is what can be done about a pause just now.
func (v showView) pauseAction() ui.Link {
	if open := v.Record.OpenPause(); open != nil {
		if open.Planned(v.Today) {
			return ui.Link{Text: "Change or remove the planned pause", Href: paths.RegistrationPauseRemove(v.Record.ID, open.ID)}
		}
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
