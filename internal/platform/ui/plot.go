package ui

import (
	"math"
	"strconv"
)

// PlotPoint is one point of a Plot. When High is above Low, a line from one to the
// other shows the uncertainty. Series is which kind of point it is, from 0.
type PlotPoint struct {
	X, Y      float64
	Low, High float64
	Series    int
	Own       bool // stands out: it is the reader's
}

// PlotLine is a line through points, such as a limit; Dashed tells it from others.
type PlotLine struct {
	X, Y   []float64
	Dashed bool
}

// PlotOptions is a chart of points over two axes that begin at zero, drawn by the
// server. Up to three series are told apart by their shape. The page gives the
// same figures in a table or in words. ID must be unique in the page.
//
// The horizontal axis has numbers, or names where Names is given: X counts them
// from 1.
type PlotOptions struct {
	ID          string
	Title       string // the finding, in one sentence
	Description string // how the chart is drawn, for people who hear the page
	Points      []PlotPoint
	Lines       []PlotLine
	Names       []string // of the places along the horizontal axis
	Series      []string // what each shape stands for; none where there is one
	Across      string   // what the horizontal axis counts
	Up          string   // what the vertical axis counts
	MaxY        float64  // what the vertical axis reaches at least
}

// The measures of a plot, in CSS pixels.
const (
	plotHeight = 300
	plotTop    = 12 // above the highest number
	plotFoot   = 30 // below the axis, for its numbers
)

// plot is a chart of points with everything in its place.
type plot struct {
	across, up []mark
	points     []drawnPoint
	lines      []drawnSegment
}

type drawnPoint struct {
	x, y, top, foot string
	above           string // where a square begins
	series          int
	own, interval   bool
}

type drawnSegment struct{ x1, y1, x2, y2, class string }

// draw puts everything into its place.
func (o PlotOptions) draw() plot {
	wide, across := o.horizontal()
	high, up := o.vertical()
	x := func(v float64) string { return percent(v, wide) }
	y := func(v float64) string { return pixels(v, high) }
	p := plot{across: across, up: up}
	for _, one := range o.Points {
		p.points = append(p.points, drawnPoint{x: x(one.X), y: y(one.Y), top: y(one.High), foot: y(one.Low), series: one.Series % 3, own: one.Own,
			interval: one.High > one.Low, above: strconv.FormatFloat(height(one.Y, high)-5, 'f', 1, 64)})
	}
	for _, l := range o.Lines {
		class := classIf("asye-plot__line", "asye-plot__line--dashed", l.Dashed)
		for i := 1; i < len(l.X); i++ {
			p.lines = append(p.lines, drawnSegment{x(l.X[i-1]), y(l.Y[i-1]), x(l.X[i]), y(l.Y[i]), class})
		}
	}
	return p
}

// horizontal is the value at the right end, and the marks: names stand in the
// middle of their places.
func (o PlotOptions) horizontal() (full float64, marks []mark) {
	if len(o.Names) > 0 {
		full = float64(len(o.Names)) + 1
		for i, name := range o.Names {
			marks = append(marks, mark{percent(float64(i+1), full), name, "middle"})
		}
		return full, marks
	}
	chart := BarChartOptions{Whole: true}
	for _, one := range o.Points {
		chart.Max = max(chart.Max, one.X)
	}
	for _, l := range o.Lines {
		for _, v := range l.X {
			chart.Max = max(chart.Max, v)
		}
	}
	return chart.axis()
}

// vertical is the value at the top, and the marks with their heights.
func (o PlotOptions) vertical() (full float64, marks []mark) {
	chart := BarChartOptions{Max: o.MaxY}
	for _, one := range o.Points {
		chart.Max = max(chart.Max, one.Y)
	}
	full, marks = chart.axis()
	for i := range marks {
		marks[i].x = pixels(float64(i), float64(len(marks)-1))
	}
	return full, marks
}

// height is how far below the top of the picture a value lies.
func height(value, full float64) float64 {
	return plotTop + (1-math.Min(math.Max(value/full, 0), 1))*(plotHeight-plotTop)
}

func pixels(value, full float64) string { return strconv.FormatFloat(height(value, full), 'f', 1, 64) }

// radius is larger for the point that is the reader's own.
func (p drawnPoint) radius() string {
	if p.own {
		return "8"
	}
	return "5"
}
