package employers

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// employerShowView is what an employer's record shows.
type employerShowView struct {
	ui.Page
	Organisation Organisation
	History      []Succession
	Years        Years
	Today        asye.Date
	Draft        *journey.Draft // the reader's own ending that is half recorded; nil when there is none
}

// employerShow serves one employer's record, for the national team.
func (p *pages) employerShow(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, orgOf(r))
	if err != nil {
		return err
	}
	v := employerShowView{Page: r.Page(o.Name), Organisation: o, Today: r.Today}
	v.Breadcrumbs = []ui.Link{{Text: "Employers", Href: paths.Employers()}, {Text: o.Name}}
	if v.History, err = p.store.History(r.Context(), r.Scope, o.ID); err != nil {
		return err
	}
	if v.Years, err = p.store.Years(r.Context(), r.Scope, o.ID, r.Today); err != nil {
		return err
	}
	if v.Draft, err = p.halfEnded(r, o); err != nil {
		return err
	}
	return r.Render(w, employerShowPage(v))
}

// halfEnded finds the ending of an open employer that its reader has begun to
// record and not finished; nil when there is none.
func (p *pages) halfEnded(r *web.Request, o Organisation) (*journey.Draft, error) {
	if !o.ClosedOn.IsZero() {
		return nil, nil
	}
	d, found, err := p.drafts.Get(r.Context(), r.Scope, endingName, string(o.ID))
	if err != nil || !found {
		return nil, err
	}
	return &d, nil
}

// facts are what anybody who sees the organisation may know of it.
func facts(o Organisation) []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Key: "Name", Text: o.Name},
		{Key: "Code", Text: o.Code},
		{Key: "Type", Text: o.Type.String()},
		{Key: "Region", Text: orElse(o.Region, "Not given")},
		{Key: "ONS code", Text: orElse(o.ONSCode, "None")},
		{Key: "On record from", Text: o.OpenedOn.String()},
	}
	if !o.ClosedOn.IsZero() {
		rows = append(rows, ui.SummaryRow{Key: "Last day open", Text: o.ClosedOn.AddDays(-1).String()})
	}
	return rows
}

func people(o Organisation) []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Primary contact", Text: orElse(o.Contact.Name, "None")},
		{Key: "Contact’s e-mail", Text: orElse(o.Contact.Email, "None")},
		{Key: "Contact’s phone", Text: orElse(o.Contact.Phone, "None")},
		{Key: "Director", Text: orElse(o.Director.Name, "None")},
		{Key: "Director’s e-mail", Text: orElse(o.Director.Email, "None")},
	}
}

// begun is the day on which the draft was last saved.
func (v employerShowView) begun() string { return clock.DateOf(v.Draft.UpdatedAt).String() }

// timeline tells the organisation's history, newest first (EMP-7).
func (v employerShowView) timeline() ui.TimelineOptions {
	o := v.Organisation
	items := []ui.TimelineItem{happened("On record", o.OpenedOn, nil)}
	for _, s := range v.History {
		if s.Successor.ID == o.ID {
			items = append(items, happened(s.sentence(o.ID), s.On, link1(s.Predecessor)))
		}
	}
	succeeded := false
	for _, s := range v.History {
		if s.Predecessor.ID == o.ID {
			items = append(items, happened(s.sentence(o.ID), s.On, link1(s.Successor)))
			succeeded = true
		}
	}
	if !o.ClosedOn.IsZero() && !succeeded {
		items = append(items, happened("Closed, and nobody took over", o.ClosedOn, nil))
	}
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
	return ui.TimelineOptions{Items: items}
}

func happened(title string, on asye.Date, to *ui.Link) ui.TimelineItem {
	item := ui.TimelineItem{Title: title, When: on.String(), Datetime: on.ISO()}
	if to != nil {
		item.Body = timelineLink(*to)
	}
	return item
}

func link1(n Named) *ui.Link {
	return &ui.Link{Text: fmt.Sprintf("%s (%s)", n.Name, n.Code), Href: paths.Employer(n.ID)}
}

// sentence says one succession from the side of one of the two.
func (s Succession) sentence(of asye.OrganisationID) string {
	if s.Successor.ID == of {
		return map[Kind]string{Merged: "Took over from " + s.Predecessor.Name + " in a merger",
			Split:   "Came out of " + s.Predecessor.Name + " when it split",
			Renamed: "Was called " + s.Predecessor.Name + " before"}[s.Kind]
	}
	return map[Kind]string{Merged: "Merged into " + s.Successor.Name,
		Split:   "Split; " + s.Successor.Name + " is one of those that came after",
		Renamed: "Goes on as " + s.Successor.Name}[s.Kind]
}

// mayReopen reports whether the record offers to undo a closing.
func (v employerShowView) mayReopen() bool {
	return v.Organisation.mayReopen(v.History, "the page asks for it") == nil
}
