package employers

import (
	"context"
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

// ending is the form that records how an employer ended: what and when, who was
// with it and who came after, why, and a page to check.
func (p *pages) ending() *journey.Journey {
	return &journey.Journey{Name: "employer-ending", Path: "/employers/{org}/ending",
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
}

func (p *pages) endingStep(page func(endingView) templ.Component) func(journey.StepView) templ.Component {
	return func(v journey.StepView) templ.Component {
		return later(func(ctx context.Context) (templ.Component, error) {
			o, err := p.store.Get(ctx, v.Request().Scope, orgOf(v.Request()))
			if v.Step == 1 {
				v.Page.Back = &ui.Link{Text: "Back", Href: paths.Employer(o.ID)}
			}
			return page(endingView{v, o}), err
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
		others, err := p.byCodes(r.Context(), r.Scope, a["others"], "others", &problems)
		if err != nil {
			return e, nil, err
		}
		e.Predecessors = append(e.Predecessors, others...)
	}
	if e.Successors, err = p.byCodes(r.Context(), r.Scope, a["successors"], "successors", &problems); err != nil {
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

// byCodes finds the employers whose codes were typed, between spaces, commas or
// on lines of their own.
func (p *pages) byCodes(ctx context.Context, scope tenant.Scope, typed, field string, problems *fault.Problems) ([]Organisation, error) {
	var out []Organisation
	split := func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }
	for _, code := range strings.FieldsFunc(typed, split) {
		o, err := p.store.ByCode(ctx, scope, code)
		if fault.KindOf(err) == fault.NotFound {
			problems.If(true, field, "No employer has the code %s. Add the employer first, or correct the code", code)
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// endingCheckView is what the page to check shows.
type endingCheckView struct {
	journey.CheckView
	Ending   Ending
	UnderWay int
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
			n, err := p.store.UnderWay(ctx, r.Scope, o.ID)
			if err != nil {
				return nil, err
			}
			out.UnderWay += n
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
		"The history on this page shows it, and so does that of each employer that came after.")
}

// effect says what the ending will do to people's registrations (EMP-6).
func (v endingCheckView) effect() string {
	n := ui.Thousands(v.UnderWay) + " registrations are"
	if v.UnderWay == 1 {
		n = "1 registration is"
	}
	switch {
	case v.UnderWay == 0:
		return "No registrations are under way, so none will move."
	case v.Ending.Kind.TakesAlong():
		return n + " under way and will go along to " + v.Ending.Successors[0].Name + "."
	case v.Ending.Kind == Split:
		return n + " under way. Nobody but the employers knows who goes where, so none will move by itself: a transfer takes each to its new employer."
	}
	return n + " under way. They stay on this record until each is transferred or withdrawn."
}

func (v endingCheckView) rows() []ui.SummaryRow {
	change := func(step, what string) []ui.Link {
		return []ui.Link{{Text: "Change", Href: v.Change(step), Hidden: what}}
	}
	e := v.Ending
	rows := []ui.SummaryRow{
		{Key: "What happened", Text: e.Kind.String(), Actions: change("what", "what happened")},
		{Key: "First day it was no longer open", Text: e.On.String(), Actions: change("what", "the day")},
		{Key: "Employers that end", Text: names(e.Predecessors)},
	}
	if e.Kind != Closed {
		rows = append(rows, ui.SummaryRow{Key: "Who came after", Text: names(e.Successors), Actions: change("who", "who came after")})
	}
	return append(rows, ui.SummaryRow{Key: "Why it is recorded", Text: e.Reason, Actions: change("why", "why it is recorded")})
}

func names(list []Organisation) string {
	var out []string
	for _, o := range list {
		out = append(out, o.Name+" ("+o.Code+")")
	}
	return strings.Join(out, ", ")
}

func kindChoices() []ui.Choice {
	var out []ui.Choice
	for _, k := range Kinds() {
		out = append(out, ui.Choice{Value: string(k), Text: k.String()})
	}
	return out
}

func (v endingView) whoLabel() string {
	if Kind(v.Answers["kind"]) == Split {
		return "Codes of the employers that came after"
	}
	return "Code of the employer that takes over"
}
