package journey

import (
	"net/http"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type handler struct {
	*Journey
	store *Store
}

// base is the journey's address for this request: its path without "/check" or
// the step.
func (h handler) base(r *web.Request) string {
	depth := strings.Count(h.Path, "/")
	parts := strings.Split(r.URL.Path, "/")
	return strings.Join(parts[:depth+1], "/")
}

func (h handler) draft(r *web.Request) (Draft, error) {
	subject := ""
	var err error
	if h.Subject != nil {
		if subject, err = h.Subject(r); err != nil {
			return Draft{}, err
		}
	}
	d, found, err := h.store.Get(r.Context(), r.Scope, h.Name, subject)
	if err != nil || found || h.Start == nil {
		return d, err
	}
	d.Answers, err = h.Start(r)
	return d, err
}

// start leads to the first step that is still open; where a draft waits and the
// journey asks, it asks first.
func (h handler) start(w http.ResponseWriter, r *web.Request) error {
	d, err := h.draft(r)
	if err != nil {
		return err
	}
	if h.Begun != nil && !d.UpdatedAt.IsZero() {
		v := h.draftView(r, d)
		v.Page.Back = &ui.Link{Text: "Back", Href: "/home"}
		return r.Render(w, h.Begun(v))
	}
	return h.onward(w, r, d.Answers)
}

func (h handler) draftView(r *web.Request, d Draft) DraftView {
	base := h.base(r)
	return DraftView{Page: r.Page(h.Title), Answers: d.Answers, SavedAt: d.UpdatedAt,
		Onward: base + "/check", Discard: base + "/discard", Anew: base + "/discard?then=anew"}
}

func (h handler) onward(w http.ResponseWriter, r *web.Request, a Answers) error {
	open, err := h.firstOpen(r, a)
	if err != nil {
		return err
	}
	if open == "" {
		open = "check"
	}
	return r.SeeOther(w, h.base(r)+"/"+open)
}

func (h handler) step(w http.ResponseWriter, r *web.Request) error {
	d, err := h.draft(r)
	if err != nil {
		return err
	}
	asked := h.asked(d.Answers)
	at := find(asked, r.PathValue("step"))
	if at < 0 {
		return fault.New(fault.NotFound, "There is no such page in this form")
	}
	step := asked[at]
	if !r.Posted() {
		if !h.reachable(r, d.Answers, step.Key) {
			return h.onward(w, r, d.Answers)
		}
		return r.Render(w, step.View(h.stepView(r, d.Answers, asked, at)))
	}
	step.take(d.Answers, r.PostForm)
	problems, err := step.judge(r, d.Answers)
	if err != nil {
		return err
	}
	if err := h.store.Save(r.Context(), r.Scope, d); err != nil {
		return err
	}
	if len(problems) > 0 {
		v := h.stepView(r, d.Answers, asked, at)
		v.Page.Problems = problems
		return r.Refuse(w, step.View(v))
	}
	return h.next(w, r, d.Answers, step)
}

// next is the page after a step: the check page for a change, else the step
// that follows it.
func (h handler) next(w http.ResponseWriter, r *web.Request, a Answers, step Step) error {
	if r.FormValue("return") == "check" {
		return h.onward(w, r, a)
	}
	asked := h.asked(a)
	if at := find(asked, step.Key); at >= 0 && at+1 < len(asked) && h.reachable(r, a, asked[at+1].Key) {
		return r.SeeOther(w, h.base(r)+"/"+asked[at+1].Key)
	}
	return h.onward(w, r, a)
}

// reachable reports whether every step before this one is answered.
func (h handler) reachable(r *web.Request, a Answers, key string) bool {
	for _, s := range h.asked(a) {
		if s.Key == key {
			return true
		}
		if problems, err := s.judge(r, a); err != nil || len(problems) > 0 || !s.seen(a) {
			return false
		}
	}
	return false
}

func (h handler) check(w http.ResponseWriter, r *web.Request) error {
	d, err := h.draft(r)
	if err != nil {
		return err
	}
	open, err := h.firstOpen(r, d.Answers)
	if err != nil {
		return err
	}
	if open != "" {
		return r.LeadBack(w, h.base(r)+"/"+open)
	}
	if !r.Posted() {
		return r.Render(w, h.Check(h.checkView(r, d.Answers)))
	}
	if form := r.Scope.Form(); form != nil {
		form.Also = h.store.Ending(r.Scope, d)
	}
	err = h.Done(w, r, d.Answers)
	if problems := fault.ProblemsOf(err); problems != nil {
		v := h.checkView(r, d.Answers)
		v.Page.Problems = problems
		return r.Refuse(w, h.Check(v))
	}
	return err
}

// discard throws the draft away, and asks first where the journey can.
func (h handler) discard(w http.ResponseWriter, r *web.Request) error {
	d, err := h.draft(r)
	if err != nil {
		return err
	}
	if !r.Posted() && d.UpdatedAt.IsZero() {
		return h.onward(w, r, d.Answers)
	}
	if !r.Posted() {
		v := h.draftView(r, d)
		v.Page.Back = &ui.Link{Text: "Back", Href: v.Onward}
		return r.Render(w, h.Discard(v))
	}
	if err := h.store.Discard(r.Context(), r.Scope, h.Name, d.Subject); err != nil {
		return err
	}
	if r.FormValue("then") == "anew" {
		return r.SeeOther(w, h.base(r))
	}
	return r.Say(w, "/home", "Your draft has been thrown away", "Nothing of it was kept.")
}

func (h handler) stepView(r *web.Request, a Answers, asked []Step, at int) StepView {
	page := r.Page(asked[at].Title)
	back := h.base(r) + "/check"
	switch {
	case r.FormValue("return") == "check":
	case at > 0:
		back = h.base(r) + "/" + asked[at-1].Key
	default:
		back = "/home"
	}
	page.Back = &ui.Link{Text: "Back", Href: back}
	form := ui.FormOptions{Action: r.URL.Path, Token: page.Form}
	if r.FormValue("return") == "check" {
		form.Hidden = []ui.HiddenField{{Name: "return", Value: "check"}}
	}
	return StepView{web: r, Page: page, Answers: a, Step: at + 1, Of: len(asked), Form: form}
}

func (h handler) checkView(r *web.Request, a Answers) CheckView {
	page := r.Page(h.Title)
	asked := h.asked(a)
	if len(asked) > 0 {
		page.Back = &ui.Link{Text: "Back", Href: h.base(r) + "/" + asked[len(asked)-1].Key}
	}
	return CheckView{web: r, Page: page, Answers: a, Base: h.base(r),
		Form: ui.FormOptions{Action: r.URL.Path, Token: page.Form}}
}

func find(steps []Step, key string) int {
	for i, s := range steps {
		if s.Key == key {
			return i
		}
	}
	return -1
}

// clean joins the values of a field that was ticked more than once.
func clean(values []string) string {
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	return strings.Join(values, ",")
}
