package figures

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

// registrationShowView is what the page of registrations by cohort shows.
type registrationShowView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  programme.Programme
	Registered []equality.Registered
	Figures    published.Registrations
}

// registrationShow serves registrations by cohort and employer type, for
// analysts and the national team.
func (p *pages) registrationShow(w http.ResponseWriter, r *web.Request) error {
	v := registrationShowView{Page: r.Page("Registrations by cohort"), Programmes: p.programmes, Figures: published.Read().Registrations}
	v.Wide = true
	var err error
	if v.Programme, err = chosen(p.programmes, r.Value("programme")); err != nil {
		return err
	}
	if v.Registered, err = p.store.RegistrationsByCohort(r.Context(), r.Scope, v.Programme.Key); err != nil {
		return err
	}
	return r.Render(w, registrationShowPage(v))
}

// comparable reports whether figures were published for the programme.
func (v registrationShowView) comparable() bool { return v.Programme.Key == equality.ChildAndFamily }

// cohorts lists those that have registrations.
func (v registrationShowView) cohorts() []asye.Cohort {
	var out []asye.Cohort
	for _, c := range v.Registered {
		out = append(out, c.Cohort)
	}
	return out
}

// types lists the employer types that have a registration.
func (v registrationShowView) types() []asye.EmployerType {
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

func (v registrationShowView) table() ui.TableOptions {
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

func (v registrationShowView) beside(c equality.Registered) []ui.Cell {
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
func (v registrationShowView) finding() string {
	largest := v.Registered[0]
	for _, c := range v.Registered {
		if c.Total > largest.Total {
			largest = c
		}
	}
	return fmt.Sprintf("The largest cohort is %s, with %s registrations.", largest.Cohort, ui.Thousands(largest.Total))
}

func (v registrationShowView) chart() ui.BarChartOptions {
	o := ui.BarChartOptions{ID: "chart-cohorts", Title: v.finding(), Axis: "Registrations", Whole: true,
		Description: "A bar for each cohort: how many people were registered. The table below gives the same figures."}
	for _, c := range v.Registered {
		o.Bars = append(o.Bars, ui.Bar{Label: c.Cohort.String(), Text: ui.Thousands(c.Total), Value: float64(c.Total)})
	}
	return o
}
