package publication

import (
	"slices"
	"strconv"

	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/table"
)

// sure is the level of intervals.
const sure = 0.95

// fewForRate is how many people a rate needs not to be marked.
const fewForRate = 100

// Rate is how many in every 100 failed, as far as released counts tell it. The
// interval covers chance, and what rounding or noise leaves open besides.
type Rate struct {
	Of, Low, High float64 // shares, from 0 to 1
	Mark          Mark    // Shown, Low and Unreliable have a rate; the others have none
}

// Known reports whether there is a rate.
func (r Rate) Known() bool { return r.Mark == Shown || r.Mark == Low || r.Mark == Unreliable }

// Text is the rate to one decimal, or the mark in its place.
func (r Rate) Text() string {
	switch {
	case !r.Known():
		return string(r.Mark)
	case r.Mark == Low:
		return "low"
	case r.Mark == Unreliable:
		return Hundred(r.Of) + " u"
	}
	return Hundred(r.Of)
}

// Interval is the interval in words.
func (r Rate) Interval() string {
	if !r.Known() {
		return string(r.Mark)
	}
	return Hundred(r.Low) + " to " + Hundred(r.High)
}

// Hundred writes a share as so many in every 100.
func Hundred(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) }

// Rate works out the rate of a row from its released figures.
func (c Content) Rate(r Row) Rate {
	switch {
	case r.Total.Mark == Confidential || r.Failed.Mark == Confidential:
		return Rate{Mark: Confidential}
	case r.Total.N == 0:
		return Rate{Mark: NotApplied}
	}
	of, ok := c.policy().Rate(disclosure.Figure{Value: r.Failed.N}, disclosure.Figure{Value: r.Total.N})
	if !ok {
		return Rate{Mark: NotAvailable}
	}
	out := Rate{Of: of}
	failed, total := c.knows(r.Failed), c.knows(r.Total)
	out.Low, _ = table.Wilson(int64(failed.Low), int64(max(total.High, failed.Low)), sure)
	_, out.High = table.Wilson(int64(min(failed.High, total.Low)), int64(max(total.Low, 1)), sure)
	switch {
	case r.Total.N < fewForRate:
		out.Mark = Unreliable
	case of > 0 && of < 0.0005:
		out.Mark = Low
	}
	return out
}

// Comparison is how a group stands to the one that it is compared with.
type Comparison struct {
	Group, With Row
	Difference  float64 // of the shares
	Low, High   float64
	Ratio       float64
	RatioLow    float64
	RatioHigh   float64
	HasRatio    bool
}

// Reference is the row that the others of a table are compared with: the largest
// group whose rate is told.
func (c Content) Reference(t Table) (Row, bool) {
	var best Row
	for _, r := range t.Rows {
		if r.Sort == Group && c.Rate(r).Known() && r.Total.N > best.Total.N {
			best = r
		}
	}
	return best, best.Total.N > 0
}

// mostCompared is the largest table of which each group is compared with one.
// With more groups, such as employers, somebody is always last.
const mostCompared = 20

// Comparisons compares every group whose rate is told with the largest.
func (c Content) Comparisons(t Table) []Comparison {
	with, ok := c.Reference(t)
	if !ok || len(t.Rows) > mostCompared || t.Key == EmployerTable {
		return nil
	}
	var out []Comparison
	for _, r := range t.Rows {
		if r.Sort == Group && r.Key != with.Key && c.Rate(r).Known() {
			out = append(out, c.compare(r, with))
		}
	}
	return out
}

// compare sets two rows against each other: the interval is the widest that any
// counts in keeping with the released ones have.
func (c Content) compare(r, with Row) Comparison {
	out := Comparison{Group: r, With: with, Difference: c.Rate(r).Of - c.Rate(with).Of}
	if with.Failed.N > 0 {
		out.Ratio, out.HasRatio = c.Rate(r).Of/c.Rate(with).Of, true
	}
	for i, t := range c.corners(r, with) {
		low, high := t.Newcombe(sure)
		ratioLow, ratioHigh := t.RatioInterval(sure, table.SCAS)
		if i == 0 {
			out.Low, out.High, out.RatioLow, out.RatioHigh = low, high, ratioLow, ratioHigh
			continue
		}
		out.Low, out.High = min(out.Low, low), max(out.High, high)
		out.RatioLow, out.RatioHigh = min(out.RatioLow, ratioLow), max(out.RatioHigh, ratioHigh)
	}
	return out
}

// corners are the outermost counts in keeping with the released ones.
func (c Content) corners(r, with Row) []table.TwoByTwo {
	var out []table.TwoByTwo
	for _, a := range pairs(c.knows(r.Failed), c.knows(r.Total)) {
		for _, b := range pairs(c.knows(with.Failed), c.knows(with.Total)) {
			out = append(out, table.TwoByTwo{A: a[0], B: a[1] - a[0], C: b[0], D: b[1] - b[0]})
		}
	}
	return out
}

// pairs are the outermost events and totals that go together.
func pairs(events, totals disclosure.Bounds) [][2]int64 {
	var out [][2]int64
	for _, a := range ends(events) {
		for _, n := range ends(totals) {
			if a <= n {
				out = append(out, [2]int64{a, n})
			}
		}
	}
	return out
}

func ends(b disclosure.Bounds) []int64 {
	return slices.Compact([]int64{int64(b.Low), int64(b.High)})
}
