package releases

import (
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

// questionListView asks a question, with the log of those that were asked.
type questionListView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  string
	Have       []asye.Cohort
	Typed      typed
	Log        []question.Asked
	Left       int
}

// typed is a question as it was typed: two characteristics and two filters.
type typed struct {
	Cohorts []string
	By, And string
	Only    [2]string // "gender=Female"
}

// questionList asks a question, and lists what was asked before.
func (p *pages) questionList(w http.ResponseWriter, r *web.Request) error {
	v := questionListView{Page: r.Page("Ask the figures"), Programmes: p.programmes, Programme: r.Value("programme")}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to releases", Href: paths.Publication()}
	if p.named(v.Programme) == v.Programme {
		v.Programme = equality.ChildAndFamily
	}
	v.Typed = typed{r.Form["cohorts"], r.Value("by"), r.Value("and"), [2]string{r.Value("only"), r.Value("only2")}}
	if r.Posted() {
		id, err := p.questions.Ask(r.Context(), r.Scope, v.Typed.question(v.Programme))
		if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
			if err != nil {
				return err
			}
			return r.SeeOther(w, paths.Question(id))
		}
	}
	var err error
	if v.Have, err = p.store.Cohorts(r.Context(), r.Scope, v.Programme); err != nil {
		return err
	}
	if v.Log, err = p.questions.Asked(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Left, err = p.questions.Left(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Problems != nil {
		return r.Refuse(w, questionListPage(v))
	}
	return r.Render(w, questionListPage(v))
}

func (t typed) question(programme string) question.Question {
	q := question.Question{Programme: programme, Cohorts: t.Cohorts}
	for _, key := range []string{t.By, t.And} {
		if key != "" {
			q.By = append(q.By, key)
		}
	}
	for _, only := range t.Only {
		if key, group, _ := strings.Cut(only, "="); key != "" { // what is no group is refused, and not passed over
			q.Only = append(q.Only, question.Only{Key: key, Group: group})
		}
	}
	return q
}

func (v questionListView) cohorts() []ui.Choice {
	var out []ui.Choice
	for _, c := range v.Have {
		out = append(out, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return out
}

func characteristics(nothing string) []ui.Choice {
	out := []ui.Choice{{Value: "", Text: nothing}}
	for _, k := range question.Askable() {
		out = append(out, ui.Choice{Value: k.Key, Text: k.Name})
	}
	return out
}

// groups are everything that a question can be kept to.
func groups() []ui.Choice {
	out := []ui.Choice{{Value: "", Text: "Everybody"}}
	for _, k := range question.Askable() {
		for _, g := range k.Groups() {
			out = append(out, ui.Choice{Value: k.Key + "=" + g, Text: k.Name + ": " + g})
		}
	}
	return out
}

func (v questionListView) budget() string {
	return fmt.Sprintf("You can ask %d more different questions in the twelve months since your first. The same question again costs nothing.", v.Left)
}

func (v questionListView) log() ui.TableOptions {
	o := ui.TableOptions{Caption: "What was asked, by everybody, the latest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Question"}, {Text: "Asked by"}, {Text: "When"}, {Text: "Answered"}}}
	for _, a := range v.Log {
		answered := "Yes"
		if a.Refusal != "" {
			answered = "Refused"
		}
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(a.Question.Words(), paths.Question(a.ID)), ui.Text(a.By), ui.Text(web.Moment(a.At)), ui.Text(answered)})
	}
	return o
}
