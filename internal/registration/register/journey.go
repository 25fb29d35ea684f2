package register

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// The steps, by the last part of their addresses.
const (
	stepName          = "name"
	stepRegulator     = "regulator"
	stepQualification = "qualification"
	stepYear          = "year"
	stepEligibility   = "eligibility"
	stepCurrent       = "current"
	stepAssessor      = "assessor"
)

// journey is the registration of one NQSW.
func (p *pages) journey() *journey.Journey {
	return &journey.Journey{
		Begun:   func(v journey.DraftView) templ.Component { return draftBegun(v) },
		Discard: func(v journey.DraftView) templ.Component { return draftDiscard(v) },
		Name:    "register", Path: paths.Register(), Title: "Check the answers before you register the NQSW", Rule: mayRegister,
		Steps: []journey.Step{
			p.step(stepName, "Who is the NQSW?", nameStep, "given_name", "middle_names", "family_name", "email"),
			p.regulator(),
			p.step(stepQualification, "How did they qualify?", qualificationStep, "qualified_year", "qualification", "entry_route", "entry_route_other"),
			p.year(),
			p.eligibility(),
			p.current(),
			p.step(stepAssessor, "Where do they work, and who assesses?", assessorStep, "team", "assessor_name", "assessor_email"),
		},
		Check: func(v journey.CheckView) templ.Component { return checkPage(p.checking(v)) },
		Done:  p.done,
	}
}

// step is a page that keeps some fields, and shows the problems of those.
func (p *pages) step(key, title string, view func(journey.StepView) templ.Component, fields ...string) journey.Step {
	return journey.Step{Key: key, Title: title, View: view, Fields: fields,
		Check: func(r *web.Request, a journey.Answers) (fault.Problems, error) {
			return registration.Of(p.judge(r, a), fields), nil
		}}
}

// judge is everything that is wrong with the answers so far.
func (p *pages) judge(r *web.Request, a journey.Answers) fault.Problems {
	entry, unread := registration.EntryTyped(a)
	_, err := registration.Register(entry, p.store.Catalogue(), r.Today)
	return registration.Join(unread, err)
}

// assess is what the eligibility answers so far lead to.
func (p *pages) assess(a journey.Answers) registration.Registered {
	entry, _ := registration.EntryTyped(a)
	return registration.Assess(entry, p.store.Catalogue())
}

// regulator also tells at once when the NQSW is registered here already.
func (p *pages) regulator() journey.Step {
	s := p.step(stepRegulator, "What does the register say?", regulatorStep, "regulator_number", "date_of_birth", "added_to_register_on")
	own := s.Check
	s.Check = func(r *web.Request, a journey.Answers) (fault.Problems, error) {
		problems, err := own(r, a)
		if err != nil || len(problems) > 0 {
			return problems, err
		}
		entry, _ := registration.EntryTyped(a)
		err = p.store.Running(r.Context(), r.Scope, entry.Number)
		if problems = fault.ProblemsOf(err); problems != nil {
			return problems, nil
		}
		return nil, err
	}
	s.Fields = append(s.Fields, parts("date_of_birth")...)
	s.Fields = append(s.Fields, parts("added_to_register_on")...)
	return s
}

func (p *pages) year() journey.Step {
	view := func(v journey.StepView) templ.Component {
		return yearStep(v, registration.Programmes(p.store.Catalogue()))
	}
	s := p.step(stepYear, "When does the year start, and on which hours?", view, "programme", "starts_on", "hours", "full_time_hours")
	s.Fields = append(s.Fields, parts("starts_on")...)
	return s
}

// parts are the three fields of a date.
func parts(name string) []string { return []string{name + "-day", name + "-month", name + "-year"} }

// eligibility asks what the programme's version asks of everybody.
func (p *pages) eligibility() journey.Step {
	own := func(key string) bool { return key != programme.AskCurrent }
	return p.asking(stepEligibility, "Can they take part, and is the year funded?", own)
}

// current asks, on a page of its own, what the day of the award may raise.
func (p *pages) current() journey.Step {
	own := func(key string) bool { return key == programme.AskCurrent }
	s := p.asking(stepCurrent, "One more question about the qualification", own)
	s.When = func(a journey.Answers) bool { return len(p.questions(a, own)) > 0 }
	return s
}

// questions are those of the version that are asked on these answers, and that
// have their place on a page.
func (p *pages) questions(a journey.Answers, own func(key string) bool) []programme.Question {
	r := p.assess(a)
	var out []programme.Question
	for _, q := range r.Version.Eligibility {
		if own(q.Key) && (!q.OnlyIfAsked || asked(r.Verdict, q.Key)) {
			out = append(out, q)
		}
	}
	return out
}

func asked(v programme.Verdict, key string) bool {
	for _, one := range v.Evidence.Answers {
		if one.Key == key {
			return true
		}
	}
	return false
}

// asking is a page of those of the version's questions that have their place on it.
func (p *pages) asking(key, title string, own func(key string) bool) journey.Step {
	return journey.Step{Key: key, Title: title, Fields: eligibilityFields(own),
		View: func(v journey.StepView) templ.Component {
			return eligibilityStep(eligibilityView{StepView: v, Questions: p.questions(v.Answers, own), Registered: p.assess(v.Answers)})
		},
		Check: func(r *web.Request, a journey.Answers) (fault.Problems, error) {
			return p.judgeEligibility(r, a, p.questions(a, own)), nil
		}}
}

// done registers the NQSW and leads to the confirmation.
func (p *pages) done(w http.ResponseWriter, r *web.Request, a journey.Answers) error {
	entry, _ := registration.EntryTyped(a)
	added, err := p.store.Add(r.Context(), r.Scope, entry)
	if err != nil {
		return err
	}
	return r.SeeOther(w, paths.RegistrationDone(added.ID))
}
