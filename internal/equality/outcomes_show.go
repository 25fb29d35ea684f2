package equality

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

// outcomesShowView is what the page of outcomes shows.
type outcomesShowView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  programme.Programme
	Have       []asye.Cohort
	Query      Query
	Released   Released
	Figures    published.Outcomes
}

// outcomesShow serves outcomes by characteristic, for analysts and the national
// team.
func (p *pages) outcomesShow(w http.ResponseWriter, r *web.Request) error {
	v := outcomesShowView{Page: r.Page("Outcomes by characteristic"), Programmes: p.programmes, Figures: published.Read().Outcomes}
	v.Wide = true
	var err error
	if v.Query, err = p.queryOf(r); err == nil {
		v.Released, err = p.counted(r, v.Query)
	}
	v.Programme, _ = chosen(p.programmes, v.Query.Programme) // queryOf has told what is wrong with it
	var failed error
	if v.Have, failed = p.store.Cohorts(r.Context(), r.Scope, v.Query.Programme); failed != nil {
		return failed
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, outcomesShowPage(v))
	}
	if err != nil {
		return err
	}
	v.Query = v.Released.Report().Query
	return r.Render(w, outcomesShowPage(v))
}

// outcomesFile serves the same figures as a file.
func (p *pages) outcomesFile(w http.ResponseWriter, r *web.Request) error {
	q, err := p.queryOf(r)
	if err != nil {
		return err
	}
	released, err := p.counted(r, q)
	if err != nil {
		return err
	}
	format := Format(r.Value("format"))
	kinds := map[Format]string{CSV: "text/csv; charset=utf-8", JSON: "application/json", Text: "text/plain; charset=utf-8"}
	if kinds[format] == "" {
		return released.Write(w, format) // refuses, and names the formats there are
	}
	w.Header().Set("Content-Type", kinds[format])
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", released.Report().fileName(format)))
	return released.Write(w, format)
}

// fileName tells one file of figures from another: it has the programme, the
// first and last cohort, and whether complete records alone are counted.
func (r Report) fileName(f Format) string {
	parts := []string{"outcomes", r.Query.Programme}
	if n := len(r.Query.Cohorts); n > 0 {
		parts = append(parts, r.Query.Cohorts[0].String())
		if n > 1 {
			parts = append(parts, "to", r.Query.Cohorts[n-1].String())
		}
	}
	if r.Query.CompleteOnly {
		parts = append(parts, "complete")
	}
	return strings.Join(parts, "-") + "." + string(f)
}

func (p *pages) counted(r *web.Request, q Query) (Released, error) {
	report, err := p.store.Count(r.Context(), r.Scope, q)
	return Release(report), err
}

// queryOf reads the filters out of the address. The field boxes names the
// programme for which the boxes were ticked: without it nobody was asked yet,
// and when it is another one, its cohorts say nothing of this one's.
func (p *pages) queryOf(r *web.Request) (Query, error) {
	asked, err := chosen(p.programmes, r.Value("programme"))
	problems := fault.ProblemsOf(err)
	q := Query{Programme: asked.Key, By: r.Form["by"], CompleteOnly: r.Value("complete") == "yes"}
	boxes := r.Value("boxes")
	if boxes == "" || boxes == asked.Key {
		q.Cohorts, err = ReadCohorts(r.Form["cohorts"])
		problems = append(problems, fault.ProblemsOf(err)...)
		problems.If(boxes != "" && len(r.Form["cohorts"]) == 0, "cohorts", "Tick at least one cohort")
	}
	problems.If(boxes != "" && len(q.By) == 0, "by", "Tick at least one characteristic")
	return q, problems.Err()
}

// address is the query as it stands in an address.
func (q Query) address() url.Values {
	out := url.Values{"programme": {q.Programme}, "cohorts": cohortTexts(q.Cohorts), "by": q.By}
	if q.CompleteOnly {
		out.Set("complete", "yes")
	}
	return out
}

func (v outcomesShowView) report() Report { return v.Released.Report() }

func (v outcomesShowView) download(f Format) string {
	q := v.Query.address()
	q.Set("format", string(f))
	return paths.OutcomesFile(q)
}

// published is the address of the very figures that were published; empty when
// they are of another programme, or a cohort of theirs has no registrations here.
func (v outcomesShowView) published() string {
	if v.Query.Programme != v.Figures.Programme {
		return ""
	}
	cohorts, err := ReadCohorts(v.Figures.Cohorts)
	for _, c := range cohorts {
		if err != nil || !slices.Contains(v.Have, c) {
			return ""
		}
	}
	return paths.Outcomes(Query{Programme: v.Figures.Programme, Cohorts: cohorts, By: Published(), CompleteOnly: true}.address())
}

func (v outcomesShowView) cohortChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range v.Have {
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

// noRegistrations names the cohorts between the first and the last that nobody
// is on record in; empty when there are none.
func noRegistrations(have []asye.Cohort) string {
	names := cohortTexts(missing(have))
	if len(names) == 0 {
		return ""
	}
	return "No registrations are on record for " + cohortList(names) + "."
}

func byChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range Characteristics() {
		out = append(out, ui.Choice{Value: c.Key, Text: c.Name})
	}
	return out
}

func (v outcomesShowView) complete() []string {
	if v.Query.CompleteOnly {
		return []string{"yes"}
	}
	return nil
}

func (v outcomesShowView) figures() []ui.FigureOptions {
	r := v.report()
	return []ui.FigureOptions{
		{Figure: ui.Thousands(r.Registrations), Label: "Registrations"},
		{Figure: ui.Thousands(r.WithOutcome), Label: "Passed or failed", Note: fmt.Sprintf("%s withdrew and %s have no outcome yet; neither is in a rate", ui.Thousands(r.Withdrawn), ui.Thousands(r.NoOutcome()))},
		{Figure: ui.Thousands(r.Complete), Label: "Complete records", Note: "with an outcome, and gender, ethnicity and deferrals known"},
		{Figure: ui.Thousands(r.Failed) + " of " + ui.Thousands(r.Counted()), Label: "Failed", Note: r.All().RateText() + " in every 100 of the " + r.basis()},
	}
}

// comparisons lists the published lines beside which a table can stand.
func (v outcomesShowView) comparisons(t Table) map[string]published.Group {
	out := map[string]published.Group{}
	if v.report().Comparable() {
		for _, g := range v.Figures.By[t.Characteristic.Key] {
			out[g.Group] = g
		}
	}
	if len(out) > 0 {
		out[everybody] = published.Group{Failed: v.Figures.Failed, Total: v.Figures.CompleteRecords}
	}
	return out
}

func (v outcomesShowView) table(t Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Outcomes by " + t.lower(), CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: t.Characteristic.Name}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true}, {Text: "Failed in every 100", Numeric: true}}}
	beside := v.comparisons(t)
	if len(beside) > 0 {
		o.Head = append(o.Head, ui.Column{Text: "Published", Numeric: true}, ui.Column{Text: "Comparison"})
	}
	for _, c := range append(slices.Clone(t.Groups), t.NotKnown, t.All()) {
		row := []ui.Cell{ui.Text(t.Display(c.Group)), ui.Number(thousands(c.Failed)), ui.Number(thousands(c.Total())), ui.Number(c.RateText())}
		if len(beside) > 0 {
			row = append(row, besideCells(c, beside)...)
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

func besideCells(c Count, beside map[string]published.Group) []ui.Cell {
	p, found := beside[c.Group]
	if !found {
		return []ui.Cell{ui.Number("–"), ui.Text("Not published")}
	}
	text := fmt.Sprintf("%s of %s", thousands(p.Failed), thousands(p.Total))
	if p.Percent != "" {
		text += ", " + p.Percent
	}
	return []ui.Cell{ui.Number(text), ui.Text(compare(c, p))}
}

// chart draws the groups that are large enough for their rate to say something.
// All charts of the page have one axis.
func (v outcomesShowView) chart(t Table) ui.BarChartOptions {
	o := ui.BarChartOptions{ID: "chart-" + t.Characteristic.Key, Title: t.Finding(), Axis: "Failed in every 100", Max: v.highest(),
		Description: "A bar for each group: how many in every 100 failed. Every chart on this page has the same axis. The table below gives the same figures."}
	for _, c := range t.drawn() {
		rate, _ := c.Rate()
		o.Bars = append(o.Bars, ui.Bar{Label: t.Display(c.Group), Value: rate,
			Text: fmt.Sprintf("%s of %s (%s in every 100)", thousands(c.Failed), thousands(c.Total()), c.RateText())})
	}
	return o
}

// drawn lists the groups that a chart can show: none, where there are not two to
// set against each other.
func (t Table) drawn() []Count {
	few := func(c Count) bool { return c.Total() < enoughRecords }
	large := slices.DeleteFunc(slices.Clone(t.Groups), few)
	if len(large) < 2 {
		return nil
	}
	return large
}

// highest is the highest rate that is drawn on the page.
func (v outcomesShowView) highest() (most float64) {
	for _, t := range v.report().Tables {
		for _, c := range t.drawn() {
			rate, _ := c.Rate()
			most = max(most, rate)
		}
	}
	return most
}

// notDrawn says which groups the chart leaves out; empty when it has all, and
// when there is no chart.
func (t Table) notDrawn() string {
	var out []string
	if len(t.drawn()) == 0 {
		return ""
	}
	for _, c := range t.Groups {
		if c.Total() > 0 && c.Total() < enoughRecords {
			out = append(out, t.Display(c.Group))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return fmt.Sprintf("Not drawn, for they have fewer than %d records: %s.", enoughRecords, strings.Join(out, "; "))
}

// lower is the name of the characteristic within a sentence.
func (t Table) lower() string {
	name := []rune(t.Characteristic.Name)
	return string(name[0]|0x20) + string(name[1:])
}
