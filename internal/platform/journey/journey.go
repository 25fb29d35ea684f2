package journey

import (
	"net/http"
	"net/url"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

// Answers is everything typed so far, by field name, as typed.
type Answers map[string]string

// Get is the answer to a field, empty when there is none. It makes Answers a
// ui.Getter.
func (a Answers) Get(field string) string { return a[field] }

// Step is one page with one question.
type Step struct {
	Key    string   // the last part of its address: "name"
	Title  string   // of the page
	Fields []string // the form fields it keeps
	// When tells whether the step is asked at all; nil is always.
	When func(Answers) bool
	// Check judges what was typed on this page.
	Check func(*web.Request, Answers) (fault.Problems, error)
	View  func(StepView) templ.Component
}

// StepView is what the page of a step may show.
type StepView struct {
	web     *web.Request
	Page    ui.Page
	Answers Answers
	Step    int // its number, from 1
	Of      int // how many are asked
	Form    ui.FormOptions
}

// Problem is the message beside a field.
func (v StepView) Problem(field string) string { return v.Page.Problems.For(field) }

// Request is the request that the step is shown for.
func (v StepView) Request() *web.Request { return v.web }

// CheckView is what the page of answers to check may show.
type CheckView struct {
	web     *web.Request
	Page    ui.Page
	Answers Answers
	Base    string
	Form    ui.FormOptions
}

// Request is the request that the page is shown for.
func (v CheckView) Request() *web.Request { return v.web }

// Change is the address that changes the answer of one step and comes back.
func (v CheckView) Change(step string) string { return v.Base + "/" + step + "?return=check" }

// DraftView is what a page about an unfinished journey may show.
type DraftView struct {
	Page    ui.Page
	Answers Answers
	SavedAt asye.Instant
	Onward  string // carries on where the draft stopped
	Discard string // throws the draft away, after asking
	Anew    string // throws the draft away, after asking, and begins again
}

// Journey is a form of several pages.
type Journey struct {
	Name  string // unique in the service: "register"
	Path  string // the pattern it is mounted at: "/registrations/new"
	Title string // of the page of answers to check
	Rule  policy.Rule
	Steps []Step
	// Subject names what the journey is about, when one person can have several
	// of them under way; it also refuses those who may not. nil is no subject.
	Subject func(*web.Request) (string, error)
	// Start fills in answers that are known already; nil starts empty.
	Start func(*web.Request) (Answers, error)
	// Begun is the page that asks whoever comes with a draft under way whether
	// they go on with it or begin anew; nil goes on without asking.
	Begun func(DraftView) templ.Component
	// Discard is the page that asks before a draft is thrown away; nil throws it
	// away at once.
	Discard func(DraftView) templ.Component
	Check   func(CheckView) templ.Component
	// Done has the effect, and leads to the confirmation.
	Done func(http.ResponseWriter, *web.Request, Answers) error
}

// Mount puts the journey's pages on the mux.
func (j *Journey) Mount(m *web.Mux, store *Store) {
	h := handler{j, store}
	m.Page(j.Path, j.Rule, web.Plain, h.start)
	m.Form(j.Path+"/check", j.Rule, web.Plain, web.Once, h.check)
	if j.Discard == nil {
		m.Act(j.Path+"/discard", j.Rule, web.Passing, h.discard)
	} else {
		m.Form(j.Path+"/discard", j.Rule, web.Plain, web.Passing, h.discard)
	}
	m.Form(j.Path+"/{step}", j.Rule, web.Plain, web.Passing, h.step)
}

// asked lists the steps that these answers lead through.
func (j *Journey) asked(a Answers) []Step {
	var out []Step
	for _, s := range j.Steps {
		if s.When == nil || s.When(a) {
			out = append(out, s)
		}
	}
	return out
}

// firstOpen is the first step that is not answered well, or "" when all are.
func (j *Journey) firstOpen(r *web.Request, a Answers) (string, error) {
	for _, s := range j.asked(a) {
		problems, err := s.judge(r, a)
		if err != nil {
			return "", err
		}
		if len(problems) > 0 || !s.seen(a) {
			return s.Key, nil
		}
	}
	return "", nil
}

// judge checks one step; a step with no Check accepts anything.
func (s Step) judge(r *web.Request, a Answers) (fault.Problems, error) {
	if s.Check == nil {
		return nil, nil
	}
	return s.Check(r, a)
}

// seen reports whether the step was ever sent: all its fields may be optional.
func (s Step) seen(a Answers) bool { return a["_seen_"+s.Key] != "" }

// take keeps what this page's fields say.
func (s Step) take(a Answers, form url.Values) {
	for _, f := range s.Fields {
		a[f] = clean(form[f])
	}
	a["_seen_"+s.Key] = "yes"
}
