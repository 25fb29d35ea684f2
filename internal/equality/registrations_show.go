package equality

import (
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

// registrationsShowView is what the page of registrations by cohort shows.
type registrationsShowView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  programme.Programme
	Registered []Registered
	Figures    published.Registrations
}

// registrationsShow serves registrations by cohort and employer type, for
// analysts and the national team.
func (p *pages) registrationsShow(w http.ResponseWriter, r *web.Request) error {
	v := registrationsShowView{Page: r.Page("Registrations by cohort"), Programmes: p.programmes, Figures: published.Read().Registrations}
	v.Wide = true
	var err error
	if v.Programme, err = chosen(p.programmes, r.Value("programme")); err != nil {
		return err
	}
	if v.Registered, err = p.store.RegistrationsByCohort(r.Context(), r.Scope, v.Programme.Key); err != nil {
		return err
	}
	return r.Render(w, registrationsShowPage(v))
}

// comparable reports whether figures were published for the programme.
func (v registrationsShowView) comparable() bool { return v.Programme.Key == ChildAndFamily }

// cohorts lists those that have registrations.
func (v registrationsShowView) cohorts() []asye.Cohort {
	var out []asye.Cohort
	for _, c := range v.Registered {
		out = append(out, c.Cohort)
	}
	return out
}

// types lists the employer types that have a registration.
func (v registrationsShowView) types() []asye.EmployerType {
	var out []asye.EmployerType
	for _, t := range append(asye.EmployerTypes(), asye.NationalBody) {
		for _, c := range v.Registered {
			if c.ByType[t] > 0 {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

func (v registrationsShowView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Registrations by cohort and by the employer’s type", CaptionSize: "s", RowHeaders: true, Small: true,
		Head: []ui.Column{{Text: "Cohort"}}}
	for _, t := range v.types() {
		o.Head = append(o.Head, ui.Column{Text: t.String(), Numeric: true})
	}
	o.Head = append(o.Head, ui.Column{Text: "Total", Numeric: true})
	if v.comparable() {
		o.Head = append(o.Head, ui.Column{Text: "Published", Numeric: true}, ui.Column{Text: "Comparison"})
	}
	for _, c := range v.Registered {
		row := []ui.Cell{ui.Text(fmt.Sprintf("%s (cohort %d)", c.Cohort, c.Cohort.Number()))}
		for _, t := range v.types() {
			row = append(row, ui.Number(ui.Thousands(c.ByType[t])))
		}
		row = append(row, ui.Number(ui.Thousands(c.Total)))
		if v.comparable() {
			row = append(row, v.beside(c)...)
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

func (v registrationsShowView) beside(c Registered) []ui.Cell {
	n, found := v.Figures.For(c.Cohort)
	switch {
	case !found:
		return []ui.Cell{ui.Number("–"), ui.Text("Not published")}
	case n == c.Total:
		return []ui.Cell{ui.Number(ui.Thousands(n)), ui.Text("Matches")}
	case n < c.Total:
		return []ui.Cell{ui.Number(ui.Thousands(n)), ui.Text("Differs: " + ui.Thousands(c.Total-n) + " more here")}
	}
	return []ui.Cell{ui.Number(ui.Thousands(n)), ui.Text("Differs: " + ui.Thousands(n-c.Total) + " fewer here")}
}

// finding names the largest cohort.
func (v registrationsShowView) finding() string {
	largest := v.Registered[0]
	for _, c := range v.Registered {
		if c.Total > largest.Total {
			largest = c
		}
	}
	return fmt.Sprintf("The largest cohort is %s, with %s registrations.", largest.Cohort, ui.Thousands(largest.Total))
}

func (v registrationsShowView) chart() ui.BarChartOptions {
	o := ui.BarChartOptions{ID: "chart-cohorts", Title: v.finding(), Axis: "Registrations", Whole: true,
		Description: "A bar for each cohort: how many people were registered. The table below gives the same figures."}
	for _, c := range v.Registered {
		o.Bars = append(o.Bars, ui.Bar{Label: c.Cohort.String(), Text: ui.Thousands(c.Total), Value: float64(c.Total)})
	}
	return o
}

// cohortList reads "2018-19, 2019-20 and 2020-21".
func cohortList(cohorts []string) string {
	if len(cohorts) < 2 {
		return strings.Join(cohorts, "")
	}
	last := len(cohorts) - 1
	return strings.Join(cohorts[:last], ", ") + " and " + cohorts[last]
}
