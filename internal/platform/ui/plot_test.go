package ui

import (
	"strings"
	"testing"
)

func TestBarChartOfPoints(t *testing.T) {
	o := BarChartOptions{ID: "c", Points: true, Cut: true, Max: 8, Bars: []Bar{{Label: "a", Value: 2, Low: 1, High: 4}, {Label: "b", Value: 1, High: 60}}}
	bars := o.draw().bars
	if bars[0].end != "50.00%" || bars[1].end != "" || bars[1].high != "100.00%" {
		t.Errorf("an interval past the end is cut, and has no end: %+v", bars)
	}
	text := render(t, BarChart(o), nil)
	if strings.Count(text, "<circle") != 2 || strings.Contains(text, "<rect") {
		t.Error("points are drawn, and no bars")
	}
}

func TestPlot(t *testing.T) {
	o := PlotOptions{ID: "p", Title: "Finding", Description: "How", Names: []string{"2018-19", "2019-20", "2020-21"}, Series: []string{"Female", "Male"},
		Points: []PlotPoint{{X: 1, Y: 2, Low: 1, High: 4}, {X: 3, Y: 0, Series: 1}}, Lines: []PlotLine{{X: []float64{1, 2, 3}, Y: []float64{1, 1, 1}, Dashed: true}}}
	p := o.draw()
	if p.points[0].x != "25.00%" || p.points[1].x != "75.00%" || p.points[1].y != "300.0" || p.points[1].interval {
		t.Errorf("%+v", p.points)
	}
	if len(p.lines) != 2 || len(p.up) != 5 || p.up[0].x != "300.0" || p.up[4].x != "12.0" {
		t.Errorf("%+v", p)
	}
	text := render(t, Plot(o), nil)
	for _, want := range []string{`role="img"`, `aria-labelledby="p-title p-desc"`, ">2019-20</text>", "asye-plot__line--dashed", "asye-plot__point--ring", "Male"} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	empty := render(t, Plot(PlotOptions{ID: "p"}), nil)
	if strings.Contains(empty, "NaN") || strings.Contains(empty, "Inf") {
		t.Error("a plot of nothing has numbers that are none")
	}
}
