package publication

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"example.org/asye/internal/stat/disclosure"
)

// Said says what a table tells, in sentences that never say more than the
// intervals (PUB-7).
func (c Content) Said(t Table) []string {
	var out []string
	for _, one := range c.Comparisons(t) {
		out = append(out, c.saidOf(one))
	}
	if len(out) == 0 {
		if all, ok := t.Row(All, Whole); ok && c.Rate(all).Known() {
			out = append(out, fmt.Sprintf("All: %s.", c.counted(all)))
		}
	}
	if text := t.untold(); text != "" {
		out = append(out, text)
	}
	return out
}

func (c Content) saidOf(one Comparison) string {
	text := fmt.Sprintf("%s: %s. %s: %s. ", one.Group.Name, c.counted(one.Group), one.With.Name, c.counted(one.With))
	if one.tells() {
		return text + fmt.Sprintf("That is %s in every 100 than in %s; the counts agree with %s.", people(one.Difference), one.With.Name, span(one.Low, one.High))
	}
	return text + fmt.Sprintf("The counts agree with anything from %s to %s in every 100 than in %s%s, so they do not tell which group has the higher rate.",
		people(one.Low), people(one.High), one.With.Name, one.asRatio())
}

// tells reports whether a comparison says which group has the higher rate: when
// neither the difference nor the ratio can be none, to the digits that are shown.
func (c Comparison) tells() bool {
	more := c.Low >= 0.0005 && (!c.HasRatio || c.RatioLow >= 1)
	fewer := c.High <= -0.0005 && (!c.HasRatio || c.RatioHigh <= 1)
	return more || fewer
}

// asRatio adds the ratio where it, and not the difference, is what does not tell.
func (c Comparison) asRatio() string {
	if c.HasRatio && (c.Low >= 0.0005 || c.High <= -0.0005) {
		return fmt.Sprintf(", and with a ratio from %s to %s", short(c.RatioLow), short(c.RatioHigh))
	}
	return ""
}

// counted is a rate with the counts that it is made of.
func (c Content) counted(r Row) string {
	return fmt.Sprintf("%s of %s failed (%s in every 100)", Thousands(r.Failed.N), Thousands(r.Total.N), Hundred(c.Rate(r).Of))
}

// untold names the groups of which it is not told how many failed.
func (t Table) untold() string {
	var names []string
	for _, r := range t.Rows {
		if r.Sort != Whole && (r.Failed.Mark == Confidential || r.Total.Mark == Confidential) {
			names = append(names, r.Name)
		}
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n > 6:
		return fmt.Sprintf("How many failed is hidden in %d rows, so that nothing can be said of their rates.", n)
	}
	return "How many failed is hidden here, so that nothing can be said of the rate: " + strings.Join(names, "; ") + "."
}

func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func span(low, high float64) string {
	if high < 0 {
		return fmt.Sprintf("%s to %s", Hundred(-high), people(low))
	}
	return fmt.Sprintf("%s to %s", Hundred(low), people(high))
}

func people(difference float64) string {
	switch text := Hundred(math.Abs(difference)); {
	case text == Hundred(0):
		return "none" // more or fewer, to the digits that are shown
	case difference < 0:
		return text + " fewer"
	default:
		return text + " more"
	}
}

// RatioText is the ratio with its interval.
func (c Comparison) RatioText() string {
	if !c.HasRatio {
		return string(NotApplied)
	}
	return fmt.Sprintf("%s (%s)", short(c.Ratio), short(c.RatioLow)+" to "+short(c.RatioHigh))
}

// DifferenceText is the difference in people with its interval.
func (c Comparison) DifferenceText() string {
	return fmt.Sprintf("%s (%s to %s)", people(c.Difference), people(c.Low), people(c.High))
}

func short(n float64) string {
	if math.IsInf(n, 1) || n > 1000 {
		return "without end"
	}
	return strconv.FormatFloat(n, 'f', 2, 64)
}

// Complete says how complete a table is: how many it counts whose group is
// known.
func (c Content) Complete(t Table) string {
	all, ok := t.Row(All, Whole)
	if !ok || all.Total.Mark != Shown {
		return ""
	}
	unknown, ok := t.Row(NotKnown, Unknown)
	switch {
	case !ok:
		return fmt.Sprintf("Known of all %s who passed or failed.", Thousands(all.Total.N))
	case unknown.Total.Mark != Shown:
		return fmt.Sprintf("Of the %s who passed or failed, it is not told of how many the group is known.", Thousands(all.Total.N))
	case all.Total.N == 0:
		return ""
	}
	return fmt.Sprintf("Of the %s who passed or failed, the group is not known of about %s, and known of %s in every 100. Those of whom it is not known may have ended their year differently.",
		Thousands(all.Total.N), Thousands(unknown.Total.N), Hundred(1-float64(unknown.Total.N)/float64(all.Total.N)))
}

// MethodSaid says what was done to the counts.
func MethodSaid(m disclosure.Method) string {
	switch m {
	case disclosure.HESA:
		return "Every count is rounded to the nearest 5, so that no table adds up exactly. No rate is given of fewer than 23 people."
	case disclosure.CellKey:
		return "Every count is changed by up to 3 at random, and always in the same way for the same people. Each total is changed on its own, so that no table adds up exactly."
	}
	return "Counts from 1 to 9 are not told, nor others from which they could be worked out; the rest are rounded to the nearest 5, so that no table adds up exactly."
}

// MethodName is a method as a choice.
func MethodName(m disclosure.Method) string {
	switch m {
	case disclosure.HESA:
		return "HESA: round every count to the nearest 5"
	case disclosure.CellKey:
		return "Cell key: change every count by up to 3"
	}
	return "10-5: hide counts below 10, round the others to the nearest 5"
}

// Thousands writes a whole number as people read it: 3,052.
func Thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", Thousands(n/1000), n%1000)
}

// Text is a figure as a page shows it.
func (f Figure) Text() string {
	if f.Mark != Shown {
		return string(f.Mark)
	}
	return Thousands(f.N)
}
