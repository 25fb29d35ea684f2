package mine

import (
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

const mineName = "equality"

// version is the draft's own field for the version that the answers began from.
const versionField = "version"

// mine is the form in which an NQSW answers: who will see it, one question on
// each page, and a page to check.
func (p *pages) mine() *journey.Journey {
	named := func(a journey.Answers) bool { _, ok := equality.GroupOf(a["ethnic_group"]); return ok }
	return &journey.Journey{Name: mineName, Path: "/my/equality", Title: "Check your answers", Rule: nqsw,
		Steps: []journey.Step{
			{Key: "about", Title: "Equality questions", View: mineAbout},
			{Key: "sex", Title: "What is your sex?", Fields: []string{"sex"}, Check: checkMine("sex"), View: mineSex},
			{Key: "gender", Title: "Is the gender you identify with the same as your sex registered at birth?",
				Fields: []string{"gender_same", "gender_identity"}, Check: checkMine("gender_same", "gender_identity"), View: mineGender},
			{Key: "ethnic-group", Title: "What is your ethnic group?", Fields: []string{"ethnic_group"},
				Check: checkMine("ethnic_group"), View: mineGroup},
			{Key: "ethnic-background", Title: "Your ethnic background", Fields: []string{"ethnic_background", "ethnic_detail"},
				When: named, Check: checkMine("ethnic_background", "ethnic_detail"), View: mineBackground},
			{Key: "disability", Title: "Are you disabled, as the Equality Act 2010 defines it?", Fields: []string{"disability"},
				Check: checkMine("disability"), View: mineDisability},
		},
		Start: p.mineStart, Check: mineCheck, Done: p.mineSave}
}

// mineStart fills in what the person said before, so that they come straight to
// the page where each answer can be changed.
func (p *pages) mineStart(r *web.Request) (journey.Answers, error) {
	a, err := p.store.Mine(r.Context(), r.Scope)
	if err != nil {
		return nil, err
	}
	out := journey.Answers{versionField: strconv.Itoa(a.Version)}
	if !a.Answered() {
		return out, nil
	}
	for field, value := range map[string]string{"sex": a.Sex, "gender_same": a.GenderSame, "gender_identity": a.GenderIdentity,
		"ethnic_group": a.EthnicGroup, "ethnic_background": a.EthnicBackground, "ethnic_detail": a.EthnicDetail, "disability": a.Disability} {
		out[field] = value
	}
	for _, s := range p.mine().Steps {
		out["_seen_"+s.Key] = "yes"
	}
	return out, nil
}

// fromDraft reads the answers out of a draft.
func fromDraft(a journey.Answers) equality.Answers {
	version, _ := strconv.Atoi(a[versionField]) // a draft that began with nothing has none
	return equality.Answers{Sex: a["sex"], GenderSame: a["gender_same"], GenderIdentity: a["gender_identity"],
		EthnicGroup: a["ethnic_group"], EthnicBackground: a["ethnic_background"], EthnicDetail: a["ethnic_detail"],
		Disability: a["disability"], Version: version}
}

// checkMine judges the answers and keeps the problems of one page.
func checkMine(fields ...string) func(*web.Request, journey.Answers) (fault.Problems, error) {
	return func(_ *web.Request, a journey.Answers) (fault.Problems, error) {
		_, err := equality.Given(fromDraft(a))
		var out fault.Problems
		for _, p := range fault.ProblemsOf(err) {
			if slices.Contains(fields, p.Field) {
				out = append(out, p)
			}
		}
		return out, nil
	}
}

func (p *pages) mineSave(w http.ResponseWriter, r *web.Request, a journey.Answers) error {
	if err := p.store.Answer(r.Context(), r.Scope, fromDraft(a)); err != nil {
		return err
	}
	return r.SeeOther(w, paths.MyEqualityDone())
}

// mineDone serves the confirmation.
func (p *pages) mineDone(w http.ResponseWriter, r *web.Request) error {
	a, err := p.store.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	if !a.Answered() {
		return r.SeeOther(w, paths.MyEquality())
	}
	return r.Render(w, mineDonePage(mineDoneView{r.Page("Your answers are kept"), a}))
}

// mineDoneView is what the confirmation shows: the day, and no answer.
type mineDoneView struct {
	ui.Page
	Answers equality.Answers
}

// mineWipeView asks before the answers are deleted.
type mineWipeView struct{ ui.Page }

// mineWipe serves "Delete my answers": those that are kept and those half given.
func (p *pages) mineWipe(w http.ResponseWriter, r *web.Request) error {
	if !r.Posted() {
		v := mineWipeView{r.Page("Delete your equality answers?")}
		v.Back = &ui.Link{Text: "Back", Href: paths.MyEquality()}
		return r.Render(w, mineWipePage(v))
	}
	if err := p.store.Wipe(r.Context(), r.Scope); err != nil {
		return err
	}
	if err := p.drafts.Discard(r.Context(), r.Scope, mineName, ""); err != nil {
		return err
	}
	return r.Say(w, paths.Home(), "Your equality answers are deleted", "Nothing of them was kept. You can answer again at any time.")
}

// choices turns the options of a question into radio buttons; detail is the
// field for own words, beside the option that asks for them.
func choices(options []equality.Option, detail templ.Component) []ui.Choice {
	var out []ui.Choice
	for _, o := range options {
		if o.Value == equality.PreferNot {
			out = append(out, ui.Choice{Divider: "or"})
		}
		c := ui.Choice{Value: o.Value, Text: o.Label}
		if o.Text {
			c.Conditional = detail
		}
		out = append(out, c)
	}
	return out
}

// mineRows is what the person said, each with the way to change it.
func mineRows(v journey.CheckView) []ui.SummaryRow {
	a, _ := equality.Given(fromDraft(v.Answers)) // each page has been judged already
	row := func(key, text, step, what string) ui.SummaryRow {
		if text == "" {
			text = "Left blank"
		}
		return ui.SummaryRow{Key: key, Text: text, Actions: []ui.Link{{Text: "Change", Href: v.Change(step), Hidden: what}}}
	}
	rows := []ui.SummaryRow{
		row("Sex", equality.Label(equality.Sexes(), a.Sex), "sex", "sex"),
		row("Gender the same as sex registered at birth", equality.Label(equality.GenderSame(), a.GenderSame), "gender", "the answer about gender"),
	}
	if a.GenderIdentity != "" {
		rows = append(rows, row("Gender identity", a.GenderIdentity, "gender", "gender identity"))
	}
	rows = append(rows, row("Ethnic group", equality.Label(equality.EthnicGroups(), a.EthnicGroup), "ethnic-group", "ethnic group"))
	if g, named := equality.GroupOf(a.EthnicGroup); named {
		rows = append(rows, row("Ethnic background", equality.Label(equality.Backgrounds(g.Value), a.EthnicBackground), "ethnic-background", "ethnic background"))
	}
	if a.EthnicDetail != "" {
		rows = append(rows, row("In your own words", a.EthnicDetail, "ethnic-background", "your own words"))
	}
	return append(rows, row("Disabled", equality.Label(equality.Disabilities(), a.Disability), "disability", "the answer about disability"))
}

// backgroundQuestion is the second step's question for the group that was
// chosen.
func backgroundQuestion(v journey.StepView) string {
	g, _ := equality.GroupOf(v.Answers["ethnic_group"])
	return g.Question
}

func answeredBefore(a journey.Answers) bool {
	n, _ := strconv.Atoi(a[versionField])
	return n > 0
}
