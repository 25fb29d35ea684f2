package ui

import (
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
type BarChartOptions struct {
	ID          string
	Title       string // the finding, in one sentence
	Description string // how the chart is drawn, for people who hear the page
	Bars        []Bar
	Max         float64 // the value of a bar of full width; the largest when 0
}

// The measures of a chart, in CSS pixels: type keeps its size however narrow
// the screen is, and bars are a share of the width.
const (
	chartLine    = 20 // height of a line of text
	chartRise    = 7  // from the foot of a line up to where its letters stand
	chartBar     = 18 // height of a bar
	chartGap     = 18 // between one bar's block and the next
	chartLetters = 34 // letters to a line that fit on a screen 320 pixels wide
)

// drawnBar is a bar with its place in the picture.
type drawnBar struct {
	lines          []drawnLine
	y, width       string
	low, high, mid string
	top, bottom    string
	interval       bool
}

type drawnLine struct{ text, y, class string }

// draw places each bar below the one before, and gives the height of it all.
func (o BarChartOptions) draw() ([]drawnBar, string) {
	full := o.Max
	for _, b := range o.Bars {
		if o.Max == 0 {
			full = max(full, b.Value, b.High)
		}
	}
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
		drawn = append(drawn, d)
		y += chartBar + chartGap
	}
	return drawn, strconv.Itoa(y)
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
