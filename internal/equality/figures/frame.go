package figures

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

// frame is what every page of figures has.
type frame struct {
	ui.Page
	Programmes []programme.Programme
	Programme  programme.Programme
	Have       []asye.Cohort
	Query      equality.Query
	Report     equality.Report
	here       page
}

// page is one of the pages of figures.
type page struct {
	name  string // in the navigation between them
	title string
	at    func(url.Values) string
	by    bool // the filter asks for characteristics
	file  string
}

// The pages, in the order of the navigation.
var (
	byCharacteristic = page{"By characteristic", "Outcomes by characteristic", paths.Outcomes, true, "outcomes"}
	overTime         = page{"Over time", "Outcomes over time", paths.OutcomesOverTime, true, "over-time"}
	heldEqual        = page{"Others held equal", "Outcomes with other things held equal", paths.OutcomesHeldEqual, true, "held-equal"}
	combined         = page{"Combinations", "Outcomes by combination", paths.OutcomesCombined, true, "combined"}
	byStage          = page{"Stages", "Stages of the year", paths.OutcomesByStage, true, "stages"}
	byEmployer       = page{"Employers", "Employers side by side", paths.OutcomesByEmployer, false, "employers"}
	inProportion     = page{"Representation", "Representation", paths.OutcomesInProportion, true, "representation"}
	notKnown         = page{"Not known", "Those whose group is not known", paths.OutcomesNotKnown, true, "not-known"}
)

func all() []page {
	return []page{byCharacteristic, overTime, heldEqual, combined, byStage, byEmployer, inProportion, notKnown}
}

// count reads the filter and counts; also are further columns of the cube. What is
// wrong with the filter becomes Problems of the page.
func (p *pages) count(r *web.Request, here page, also ...string) (frame, error) {
	f := frame{Page: r.Page(here.title), Programmes: p.programmes, here: here}
	f.Wide = true
	q, err := p.queryOf(r)
	if err == nil {
		f.Report, err = p.released(r, q, also...)
	}
	f.Query = q
	f.Programme, _ = chosen(p.programmes, q.Programme) // queryOf has told what is wrong with it
	var failed error
	if f.Have, failed = p.store.Cohorts(r.Context(), r.Scope, q.Programme); failed != nil {
		return f, failed
	}
	if f.Problems = fault.ProblemsOf(err); f.Problems != nil {
		return f, nil
	}
	if err == nil {
		f.Query = f.Report.Query
	}
	return f, err
}

// released counts, and takes what is counted through the gate.
func (p *pages) released(r *web.Request, q equality.Query, also ...string) (equality.Report, error) {
	report, err := p.store.Count(r.Context(), r.Scope, q, also...)
	if err != nil {
		return report, err
	}
	return equality.Release(report).Report(), nil
}

// show renders a page, or the problems of its filter with the same page.
func (f frame) show(w http.ResponseWriter, r *web.Request, page templ.Component) error {
	if len(f.Problems) > 0 {
		return r.Refuse(w, page)
	}
	return r.Render(w, page)
}

// counts reports whether there is anything to show.
func (f frame) counts() bool { return len(f.Problems) == 0 && len(f.Have) > 0 }

// study works out what the counts say.
func (f frame) study() (*analyse.Analysis, error) {
	if !f.counts() {
		return &analyse.Analysis{}, nil
	}
	return f.Report.Study()
}

// queryOf reads the filters out of the address. The field boxes names the
// programme for which the boxes were ticked: without it nobody was asked yet,
// and when it is another one, its cohorts say nothing of this one's.
func (p *pages) queryOf(r *web.Request) (equality.Query, error) {
	asked, err := chosen(p.programmes, r.Value("programme"))
	problems := fault.ProblemsOf(err)
	q := equality.Query{Programme: asked.Key, By: r.Form["by"], CompleteOnly: r.Value("complete") == "yes"}
	boxes := r.Value("boxes")
	if boxes == "" || boxes == asked.Key {
		q.Cohorts, err = equality.ReadCohorts(r.Form["cohorts"])
		problems = append(problems, fault.ProblemsOf(err)...)
		problems.If(boxes != "" && len(r.Form["cohorts"]) == 0, "cohorts", "Tick at least one cohort")
	}
	problems.If(boxes != "" && len(q.By) == 0, "by", "Tick at least one characteristic")
	return q, problems.Err()
}

// address is the query as it stands in an address.
func address(q equality.Query) url.Values {
	out := url.Values{"programme": {q.Programme}, "cohorts": cohortTexts(q.Cohorts), "by": q.By}
	if q.CompleteOnly {
		out.Set("complete", "yes")
	}
	return out
}

// links lead to the other pages with the same filter.
func (f frame) links() ui.SubNavigationOptions {
	o := ui.SubNavigationOptions{Label: "Figures"}
	for _, one := range all() {
		o.Items = append(o.Items, ui.NavItem{Text: one.name, Href: one.at(address(f.Query)), Current: one.title == f.here.title})
	}
	return o
}

func (f frame) hidden() []ui.HiddenField {
	out := []ui.HiddenField{{Name: "boxes", Value: f.Programme.Key}}
	if f.here.by {
		return out
	}
	for _, key := range f.Query.By {
		out = append(out, ui.HiddenField{Name: "by", Value: key})
	}
	return out
}

func (f frame) cohortChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range f.Have {
		out = append(out, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return out
}

func programmeChoices(all []programme.Programme) []ui.Choice {
	var out []ui.Choice
	for _, p := range all {
		out = append(out, ui.Choice{Value: p.Key, Text: p.Name})
	}
	return out
}

func byChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range equality.Characteristics() {
		out = append(out, ui.Choice{Value: c.Key, Text: c.Name})
	}
	return out
}

func (f frame) complete() []string {
	if f.Query.CompleteOnly {
		return []string{"yes"}
	}
	return nil
}

// gaps names the cohorts between the first and the last that nobody is on record
// in; empty when there are none.
func (f frame) gaps() string {
	return gapsIn(f.Have)
}

func gapsIn(have []asye.Cohort) string {
	names := cohortTexts(equality.Missing(have))
	if len(names) == 0 {
		return ""
	}
	return "No registrations are on record for " + equality.CohortList(names) + "."
}

// figures are how complete the records are: they come first on every page.
func (f frame) figures() []ui.FigureOptions {
	r := f.Report
	return []ui.FigureOptions{
		{Figure: ui.Thousands(r.Registrations), Label: "Registrations"},
		{Figure: ui.Thousands(r.WithOutcome), Label: "Passed or failed", Note: r.InNoRate()},
		{Figure: ui.Thousands(r.Complete), Label: "Complete records", Note: "with an outcome, and gender, ethnicity and deferrals known"},
		{Figure: ui.Thousands(r.Failed) + " of " + ui.Thousands(r.Counted()), Label: "Failed", Note: r.All().RateText() + " in every 100 of the " + r.Basis()},
	}
}

func cohortTexts(cohorts []asye.Cohort) []string {
	out := make([]string, len(cohorts))
	for i, c := range cohorts {
		out[i] = c.String()
	}
	return out
}

// figuresOf is the address of the very figures that were published; empty when
// they are of another programme, or a cohort of theirs has no registrations here.
func (f frame) publishedAddress() string {
	o := published.Read().Outcomes
	if f.Query.Programme != o.Programme {
		return ""
	}
	cohorts, err := equality.ReadCohorts(o.Cohorts)
	for _, c := range cohorts {
		if err != nil || !slices.Contains(f.Have, c) {
			return ""
		}
	}
	return paths.Outcomes(address(equality.Query{Programme: o.Programme, Cohorts: cohorts, By: equality.Published(), CompleteOnly: true}))
}

// lower is a heading within a sentence.
func lower(heading string) string { return strings.ToLower(heading[:1]) + heading[1:] }
