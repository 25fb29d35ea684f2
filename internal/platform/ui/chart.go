package ui

import (
	"math"
	"strconv"
	"strings"
)

// Bar is one bar of a BarChart. Text is what is written beside it, such as
// "14 of 472 (3.0%)". When High is above Low, a line from one to the other
// shows the uncertainty.
type Bar struct {
	Label string
	Text  string
	Value float64
	Low   float64
	High  float64
}

// BarChartOptions is a chart of horizontal bars, drawn by the server. The page
// gives the same figures in a table beside it. ID must be unique in the page.
//
// Bars begin at zero, above an axis that ends at a round number. Charts that
// are to be compared have one Max, and with it one axis.
type BarChartOptions struct {
	ID          string
	Title       string // the finding, in one sentence
	Description string // how the chart is drawn, for people who hear the page
	Bars        []Bar
	Max         float64 // what the axis reaches at least; the largest value when 0
	Axis        string  // what the axis counts, such as "Failed in every 100"
	Whole       bool    // the values are whole numbers, and so is every mark of the axis
	Points      bool    // a point on a line of uncertainty in place of each bar: for rates, of which none is "so much"
	Cut         bool    // the axis ends at Max, and lines of uncertainty that go further are cut there
}

// The measures of a chart, in CSS pixels: type keeps its size however narrow
// the screen is, and bars are a share of the width.
const (
	chartLine    = 20 // height of a line of text
	chartRise    = 7  // from the foot of a line up to where its letters stand
	chartBar     = 18 // height of a bar
	chartGap     = 18 // between one bar's block and the next
	chartLetters = 34 // letters to a line that fit on a screen 320 pixels wide
	chartMark    = 5  // how far the marks of the axis reach above and below a bar
	axisSteps    = 5  // how many steps an axis has at most: their numbers fit on that screen
)

// picture is a chart with everything in its place.
type picture struct {
	bars   []drawnBar
	marks  []mark
	foot   string // where the numbers of the axis stand
	name   string // where the name of the axis stands
	height string
}

// mark is one number of the axis, with the end of the text that stands at x.
type mark struct{ x, text, anchor string }

// drawnBar is a bar with its place in the picture.
type drawnBar struct {
	lines          []drawnLine
	y, width       string
	end            string // where the line of uncertainty ends; "" where it goes on past the axis
	low, high, mid string
	top, bottom    string
	over, under    string // where the marks of the axis begin and end
	interval       bool
}

type drawnLine struct{ text, y, class string }

// draw places each bar below the one before, and the axis below them all.
func (o BarChartOptions) draw() picture {
	full, marks := o.axis()
	y := 0
	drawn := make([]drawnBar, 0, len(o.Bars))
	for _, b := range o.Bars {
		d := drawnBar{interval: b.High > b.Low}
		for _, text := range wrap(b.Label, chartLetters) {
			y += chartLine
			d.lines = append(d.lines, drawnLine{text, strconv.Itoa(y - chartRise), "asye-chart__label"})
		}
		if b.Text != "" {
			y += chartLine
			d.lines = append(d.lines, drawnLine{b.Text, strconv.Itoa(y - chartRise), "asye-chart__value"})
		}
		d.y, d.width = strconv.Itoa(y), percent(b.Value, full)
		d.low, d.high = percent(b.Low, full), percent(b.High, full)
		d.mid, d.top, d.bottom = strconv.Itoa(y+chartBar/2), strconv.Itoa(y+3), strconv.Itoa(y+chartBar-3)
		d.over, d.under = strconv.Itoa(y), strconv.Itoa(y+chartBar+chartMark)
		if b.High <= full {
			d.end = d.high
		}
		drawn = append(drawn, d)
		y += chartBar + chartGap
	}
	p := picture{bars: drawn, marks: marks, foot: strconv.Itoa(y + chartLine - chartGap + chartMark)}
	y += chartLine + chartMark
	if o.Axis != "" {
		p.name = strconv.Itoa(y + chartLine - chartGap)
		y += chartLine
	}
	p.height = strconv.Itoa(y)
	return p
}

// axis is the value of a bar of full width, and the marks from zero to it.
func (o BarChartOptions) axis() (full float64, marks []mark) {
	reach := o.Max
	for _, b := range o.Bars {
		reach = max(reach, b.Value)
		if !o.Cut {
			reach = max(reach, b.High)
		}
	}
	if reach <= 0 {
		reach = 1
	}
	step := roundStep(reach / axisSteps)
	if o.Whole {
		step = max(step, 1)
	}
	steps := int(math.Ceil(reach/step - 1e-9))
	full = float64(steps) * step
	for i := range steps + 1 {
		m := mark{x: percent(float64(i), float64(steps)), text: markText(float64(i)*step, step), anchor: "middle"}
		switch i {
		case 0:
			m.anchor = "start"
		case steps:
			m.anchor = "end"
		}
		marks = append(marks, m)
	}
	return full, marks
}

// roundStep is the first of 1, 2, 5, 10 and so on, up or down, that is no
// smaller than a length.
func roundStep(length float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(length)))
	for _, times := range []float64{1, 2, 5} {
		if times*power >= length-1e-9 {
			return times * power
		}
	}
	return 10 * power
}

// markText writes a number of the axis with as many decimals as its steps have.
func markText(value, step float64) string {
	if step >= 1 {
		return Thousands(int(math.Round(value)))
	}
	return strconv.FormatFloat(value, 'f', int(math.Ceil(-math.Log10(step)-1e-9)), 64)
}

// percent is a share of the width, kept within it.
func percent(value, full float64) string {
	if full <= 0 || value <= 0 {
		return "0%"
	}
	return strconv.FormatFloat(min(value/full, 1)*100, 'f', 2, 64) + "%"
}

// wrap breaks text between words into lines of at most limit letters, as far
// as its words allow.
func wrap(text string, limit int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > limit {
			lines, line = append(lines, line), ""
		}
		line = joinWith(" ", line, word)
	}
	return append(lines, line)
}
