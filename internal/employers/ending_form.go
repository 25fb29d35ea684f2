package employers

import (
	"context"
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

// endingName is the name of the form in the store of drafts.
const endingName = "employer-ending"

// ending is the form that records how an employer ended: what and when, who was
// with it and who came after, why, and a page to check.
func (p *pages) ending() *journey.Journey {
	return &journey.Journey{Name: endingName, Path: "/employers/{org}/ending",
		Title: "Check before you record the ending", Rule: national,
		Steps: []journey.Step{
			{Key: "what", Title: "What happened to the employer?", Fields: []string{"kind", "on-day", "on-month", "on-year"},
				Check: p.checkEnding("kind", "on"), View: p.endingStep(endingWhatPage)},
			{Key: "who", Title: "Who came after?", Fields: []string{"successors", "others"},
				When:  func(a journey.Answers) bool { return Kind(a["kind"]) != Closed },
				Check: p.checkEnding("successors", "others"), View: p.endingStep(endingWhoPage)},
			{Key: "why", Title: "Why is this recorded?", Fields: []string{"reason"},
				Check: p.checkEnding("reason"), View: p.endingStep(endingWhyPage)},
		},
		Subject: p.endingSubject, Check: p.endingCheck, Done: p.endingDone}
}

// endingSubject is the employer, which must be open still. A form that is sent
// twice comes here when it is closed already: the journey leads it onward.
func (p *pages) endingSubject(r *web.Request) (string, error) {
	o, err := p.store.Get(r.Context(), r.Scope, orgOf(r))
	if err == nil && !r.Posted() && !o.ClosedOn.IsZero() {
		err = fault.New(fault.Conflict, "%s closed already, on %s", o.Name, o.ClosedOn)
	}
	return string(o.ID), err
}

// endingView is what the pages of the form show.
type endingView struct {
	journey.StepView
	Organisation Organisation
	Open         []Organisation // those that can have come after
}

func (p *pages) endingStep(page func(endingView) templ.Component) func(journey.StepView) templ.Component {
	return func(v journey.StepView) templ.Component {
		return later(func(ctx context.Context) (templ.Component, error) {
			o, err := p.store.Get(ctx, v.Request().Scope, orgOf(v.Request()))
			if v.Step == 1 {
				v.Page.Back = &ui.Link{Text: "Back", Href: paths.Employer(o.ID)}
			}
			if err != nil {
				return nil, err
			}
			ending, _, err := p.readEnding(v.Request(), v.Answers)
			if err != nil {
				return nil, err
			}
			open, err := p.store.OpenOn(ctx, v.Request().Scope, ending.On)
			return page(endingView{v, o, open}), err
		})
	}
}

// checkEnding judges the whole ending and keeps the problems of one page.
func (p *pages) checkEnding(fields ...string) func(*web.Request, journey.Answers) (fault.Problems, error) {
	return func(r *web.Request, a journey.Answers) (fault.Problems, error) {
		_, problems, err := p.readEnding(r, a)
		var out fault.Problems
		for _, one := range problems {
			for _, f := range fields {
				out = append(out, only(one, f)...)
			}
		}
		return out, err
	}
}

func only(p fault.Problem, field string) fault.Problems {
	if p.Field != field {
		return nil
	}
	return fault.Problems{p}
}

// readEnding makes the ending out of what was typed, with everything that is
// wrong with it.
func (p *pages) readEnding(r *web.Request, a journey.Answers) (Ending, fault.Problems, error) {
	e := Ending{Kind: Kind(a["kind"]), Reason: a["reason"]}
	var problems fault.Problems
	typed := ui.ParseDateField(a, "on")
	if !typed.Blank() {
		var err error
		e.On, err = asye.ParseUKDate(typed.Day + " " + typed.Month + " " + typed.Year)
		problems.If(err != nil, "on", "The day must be a real date, like 1 4 2023")
	}
	this, err := p.store.Get(r.Context(), r.Scope, orgOf(r))
	if err != nil {
		return e, nil, err
	}
	e.Predecessors = []Organisation{this}
	if e.Kind == Closed {
		a["successors"], a["others"] = "", ""
	}
	if e.Kind == Merged {
		others, err := p.typed(r, a["others"], "others", &problems)
		if err != nil {
			return e, nil, err
		}
		e.Predecessors = append(e.Predecessors, others...)
	}
	if e.Successors, err = p.typed(r, a["successors"], "successors", &problems); err != nil {
		return e, nil, err
	}
	judged, err := Ended(r.Today, e)
	return judged, unlessSaid(problems, fault.ProblemsOf(err)), nil
}

// unlessSaid adds more problems, but no second one to a field.
func unlessSaid(first, more fault.Problems) fault.Problems {
	for _, p := range more {
		if first.For(p.Field) == "" {
			first = append(first, p)
		}
	}
	return first
}

// typed finds the employers that were typed, one on each line by its name or its
// code; a line may also hold several codes, between commas or spaces.
func (p *pages) typed(r *web.Request, lines, field string, problems *fault.Problems) ([]Organisation, error) {
	var out []Organisation
	for line := range strings.Lines(lines) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		found, err := p.onLine(r, line)
		if fault.KindOf(err) == fault.NotFound {
			problems.If(true, field, "%s", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (p *pages) onLine(r *web.Request, line string) ([]Organisation, error) {
	one, err := p.store.Find(r.Context(), r.Scope, line)
	if fault.KindOf(err) != fault.NotFound {
		return []Organisation{one}, err
	}
	var out []Organisation
	for _, code := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }) {
		o, other := p.store.ByCode(r.Context(), r.Scope, code)
		if fault.KindOf(other) == fault.NotFound {
			return nil, err
		}
		if other != nil {
			return nil, other
		}
		out = append(out, o)
	}
	return out, nil
}

// endingCheckView is what the page to check shows.
type endingCheckView struct {
	journey.CheckView
	Ending Ending
	Years  Years
}

func (p *pages) endingCheck(v journey.CheckView) templ.Component {
	return later(func(ctx context.Context) (templ.Component, error) {
		r := v.Request()
		e, _, err := p.readEnding(r, v.Answers)
		if err != nil {
			return nil, err
		}
		out := endingCheckView{CheckView: v, Ending: e}
		for _, o := range e.Predecessors {
			years, err := p.store.Years(ctx, r.Scope, o.ID, r.Today)
			if err != nil {
				return nil, err
			}
			out.Years = out.Years.and(years)
		}
		return endingCheckPage(out), nil
	})
}

func (p *pages) endingDone(w http.ResponseWriter, r *web.Request, a journey.Answers) error {
	e, problems, err := p.readEnding(r, a)
	if err == nil {
		err = problems.Err()
	}
	if err == nil {
		err = p.store.End(r.Context(), r.Scope, e)
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Employer(e.Predecessors[0].ID), "The ending is recorded",
		"The history on this page shows it, and so does that of each employer that came after. The service has told nobody: write to the contact of each.")
}

// effect says what the ending will do to people's registrations (EMP-6).
func (v endingCheckView) effect() string {
	are, some, they := "There are ", ui.Thousands(v.Years.Total())+" registrations that are still to end", "They stay on this record until each is"
	if v.Years.Total() == 1 {
		are, some, they = "There is ", "1 registration that is still to end", "It stays on this record until it is"
	}
	switch {
	case v.Years.Total() == 0:
		return "No registrations here are still to end, so none will move."
	case v.Ending.Kind.TakesAlong():
		return some + " will go along to " + v.Ending.Successors[0].Name + "."
	case v.Ending.Kind == Split:
		return are + some + ". Nobody but the employers knows who goes where, so none will move by itself: a transfer takes each to its new employer."
	}
	return are + some + ". " + they + " transferred or withdrawn."
}

func (v endingCheckView) rows() []ui.SummaryRow {
	change := func(step, what string) []ui.Link {
		return []ui.Link{{Text: "Change", Href: v.Change(step), Hidden: what}}
	}
	e := v.Ending
	rows := []ui.SummaryRow{
		{Key: "What happened", Text: e.Kind.String(), Actions: change("what", "what happened")},
		{Key: "Last day it was open", Text: e.On.AddDays(-1).String()},
		{Key: "First day it was no longer open", Text: e.On.String(), Actions: change("what", "the day")},
		{Key: "Employers that end", Text: names(e.Predecessors)},
	}
	if e.Kind != Closed {
		rows = append(rows, ui.SummaryRow{Key: "Who came after", Text: names(e.Successors), Actions: change("who", "who came after")})
	}
	return append(rows, ui.SummaryRow{Key: "Why it is recorded", Text: e.Reason, Actions: change("why", "why it is recorded")})
}

func names(list []Organisation) string { return strings.Join(labels(list), ", ") }

func kindChoices() []ui.Choice {
	var out []ui.Choice
	for _, k := range Kinds() {
		out = append(out, ui.Choice{Value: string(k), Text: k.String()})
	}
	return out
}

// successorChoices lists the employers that can have taken over: all that were
// open on the day, but itself.
func (v endingView) successorChoices() []ui.Choice {
	out := []ui.Choice{{Value: "", Text: "Choose the employer"}}
	for i, text := range labels(v.Open) {
		if o := v.Open[i]; o.ID != v.Organisation.ID {
			out = append(out, ui.Choice{Value: o.Code, Text: text})
		}
	}
	return out
}

func (v endingView) successorLabel() string {
	if Kind(v.Answers["kind"]) == Renamed {
		return "The employer’s new record"
	}
	return "Employer that takes over"
}
