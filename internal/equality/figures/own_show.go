package figures

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/stat/small"
)

// ownShowView is what a coordinator and a director see of their employer's
// figures.
type ownShowView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  programme.Programme
	Own        equality.Own
	Register   *ui.Link // where the first NQSW is registered; nil for whoever does not register
}

// ownShow serves an employer's own figures: where it stands, without the others.
func (p *pages) ownShow(w http.ResponseWriter, r *web.Request) error {
	v := ownShowView{Page: r.Page("Our outcomes"), Programmes: p.programmes}
	var err error
	if v.Programme, err = chosen(p.programmes, r.Value("programme")); err != nil {
		return err
	}
	if v.Own, err = p.store.Own(r.Context(), r.Scope, v.Programme.Key); err != nil {
		return err
	}
	if r.Scope.Role() == asye.Coordinator {
		v.Register = &ui.Link{Text: "Register an NQSW", Href: paths.Register()}
	}
	return r.Render(w, ownShowPage(v))
}

func (v ownShowView) figures() []ui.FigureOptions {
	o := v.Own
	return []ui.FigureOptions{
		{Figure: ui.Thousands(o.Registrations), Label: "Registrations"},
		{Figure: ui.Thousands(o.Passed), Label: "Passed"},
		{Figure: ui.Thousands(o.Failed), Label: "Failed"},
		{Figure: ui.Thousands(o.Withdrawn), Label: "Withdrew"},
		{Figure: ui.Thousands(o.NoOutcome), Label: "No outcome yet"},
	}
}

// standing reports whether there is a place among others to show.
func (v ownShowView) standing() bool {
	return v.Own.Everywhere != nil && v.Own.Here.N > 0 && v.Own.Everywhere.Theta0 > 0
}

// funnel draws the employer alone, between the limits of chance.
func (v ownShowView) funnel() ui.PlotOptions {
	e := v.Own.Here
	o := funnel(float64(v.Own.Everywhere.Theta0), []small.Employer{e}, "Your employer between the limits that chance sets")
	o.Points = []ui.PlotPoint{{X: float64(e.N), Y: 100 * float64(e.Rate), Own: true}}
	return o
}

// table has a row for each group that somebody is in, with all.
func (v ownShowView) table(t equality.Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Your outcomes by " + lower(t.Characteristic.Name), CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: t.Characteristic.Name}, {Text: "Failed", Numeric: true}, {Text: "Passed or failed", Numeric: true}, {Text: "Failed in every 100", Numeric: true}}}
	for _, c := range append(t.WithRecords(), t.NotKnown, t.All()) {
		if c.Total() > 0 {
			o.Rows = append(o.Rows, []ui.Cell{ui.Text(t.Display(c.Group)), ui.Number(ui.Thousands(c.Failed)), ui.Number(ui.Thousands(c.Total())), ui.Number(rate(c))})
		}
	}
	return o
}
