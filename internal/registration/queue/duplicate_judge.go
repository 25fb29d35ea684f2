package queue

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// duplicateJudgeView is a pair, and what was said of it.
type duplicateJudgeView struct {
	ui.Page
	Twin     registration.Twin
	Decision string // same or different
	Note     string
	Refusal  string // why the two cannot be joined
}

// duplicateJudge asks whether two records are one person.
func (p *pages) duplicateJudge(w http.ResponseWriter, r *web.Request) error {
	v := duplicateJudgeView{Page: r.Page("One person or two?"), Decision: r.Value("decision"), Note: r.Value("note")}
	v.Back = &ui.Link{Text: "Back to possible duplicates", Href: paths.Duplicates()}
	v.Wide = true
	id := r.PathValue("id")
	if !r.Posted() {
		return p.showPair(w, r, v)
	}
	err := fault.Problems{{Field: "decision", Text: "Say whether the two are one person"}}.Err()
	if v.Decision == "same" || v.Decision == "different" {
		err = p.store.Judge(r.Context(), r.Scope, id, v.Decision == "same", v.Note)
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return p.showPair(w, r, v)
	case fault.Conflict:
		v.Refusal = err.Error()
		return p.showPair(w, r, v)
	case fault.NotFound:
		return r.Stale(w, duplicateGone(v))
	}
	if err != nil {
		return err
	}
	if v.Decision == "same" {
		return r.Say(w, paths.Duplicates(), "The two records are one person", "Their registrations now stand under the record that was there first.")
	}
	return r.Say(w, paths.Duplicates(), "The two records are two people", "The pair will not be put to you again.")
}

// showPair shows the pair, with the status that suits what is wrong.
func (p *pages) showPair(w http.ResponseWriter, r *web.Request, v duplicateJudgeView) error {
	var err error
	if v.Twin, err = p.store.Twin(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		if r.Posted() && fault.KindOf(err) == fault.NotFound {
			return r.Stale(w, duplicateGone(v))
		}
		return err
	}
	switch {
	case v.Refusal != "":
		return r.Stale(w, duplicateJudge(v))
	case len(v.Problems) > 0:
		return r.Refuse(w, duplicateJudge(v))
	}
	return r.Render(w, duplicateJudge(v))
}

// table sets the two side by side.
func (v duplicateJudgeView) table() ui.TableOptions {
	one, other := v.Twin.One, v.Twin.Other
	row := func(what, a, b string) []ui.Cell {
		return []ui.Cell{ui.Text(what), ui.Text(orNothing(a)), ui.Text(orNothing(b))}
	}
	return ui.TableOptions{Caption: "The two records", CaptionSize: "m", RowHeaders: true,
		Head: []ui.Column{{Text: "What"}, {Text: "Registered later"}, {Text: "There first"}},
		Rows: [][]ui.Cell{row("Name", one.Name, other.Name), row("Number", string(one.Number), string(other.Number)),
			row("Date of birth", one.DateOfBirth.String(), other.DateOfBirth.String()), row("Registrations", one.Employers, other.Employers)}}
}
