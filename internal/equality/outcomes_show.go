package equality

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// outcomesShowView is what the page of outcomes shows.
type outcomesShowView struct {
	ui.Page
	Have     []asye.Cohort
	Query    Query
	Released Released
	Figures  published.Outcomes
}

// outcomesShow serves outcomes by characteristic, for analysts and the national
// team.
func (p *pages) outcomesShow(w http.ResponseWriter, r *web.Request) error {
	v := outcomesShowView{Page: r.Page("Outcomes by characteristic"), Figures: published.Read().Outcomes}
	v.Wide = true
	var err error
	if v.Have, err = p.store.Cohorts(r.Context(), r.Scope, ChildAndFamily); err != nil {
		return err
	}
	if v.Query, err = queryOf(r); err == nil {
		v.Released, err = p.counted(r, v.Query)
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
	q, err := queryOf(r)
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
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=\"outcomes.%s\"", format))
	return released.Write(w, format)
}

func (p *pages) counted(r *web.Request, q Query) (Released, error) {
	report, err := p.store.Count(r.Context(), r.Scope, q)
	return Release(report), err
}

// queryOf reads the filters out of the address.
func queryOf(r *web.Request) (Query, error) {
	cohorts, err := ReadCohorts(r.Form["cohorts"])
	return Query{Cohorts: cohorts, By: r.Form["by"], CompleteOnly: r.Value("complete") == "yes"}, err
}

// address is the query as it stands in an address.
func (q Query) address() url.Values {
	out := url.Values{"cohorts": cohortTexts(q.Cohorts), "by": q.By}
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
// a cohort of theirs has no registrations here.
func (v outcomesShowView) published() string {
	cohorts, err := ReadCohorts(v.Figures.Cohorts)
	for _, c := range cohorts {
		if err != nil || !slices.Contains(v.Have, c) {
			return ""
		}
	}
	return paths.Outcomes(Query{Cohorts: cohorts, By: Published(), CompleteOnly: true}.address())
}

func (v outcomesShowView) cohortChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range v.Have {
		out = append(out, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return out
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
		{Figure: ui.Thousands(r.Complete), Label: "Complete records", Note: "gender, ethnicity and deferrals known"},
		{Figure: ui.Thousands(r.Failed) + " of " + ui.Thousands(r.Counted()), Label: "Failed", Note: "of the " + r.basis()},
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
	return out
}

func (v outcomesShowView) table(t Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Outcomes by " + t.lower(), CaptionSize: "s", RowHeaders: true,
		Head: []ui.Column{{Text: t.Characteristic.Name}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true}, {Text: "Failed in every 100", Numeric: true}}}
	beside := v.comparisons(t)
	if len(beside) > 0 {
		o.Head = append(o.Head, ui.Column{Text: "Published", Numeric: true}, ui.Column{Text: "Comparison"})
	}
	for _, c := range t.Groups {
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
	return []ui.Cell{ui.Number(fmt.Sprintf("%s of %s, %s", thousands(p.Failed), thousands(p.Total), p.Percent)), ui.Text(compare(c, p))}
}

func (v outcomesShowView) chart(t Table) ui.BarChartOptions {
	o := ui.BarChartOptions{ID: "chart-" + t.Characteristic.Key, Title: t.Finding(),
		Description: "A bar for each group: how many in every 100 failed. The table below gives the same figures."}
	for _, c := range t.Groups {
		rate, counted := c.Rate()
		if counted {
			o.Bars = append(o.Bars, ui.Bar{Label: t.Display(c.Group), Value: rate,
				Text: fmt.Sprintf("%s of %s (%s in every 100)", thousands(c.Failed), thousands(c.Total()), c.RateText())})
		}
	}
	return o
}

// lower is the name of the characteristic within a sentence.
func (t Table) lower() string {
	name := []rune(t.Characteristic.Name)
	return string(name[0]|0x20) + string(name[1:])
}
