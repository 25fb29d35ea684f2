package equality

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// What a comparison would have to find, and how often, for a page to say what the
// numbers could have shown: the usual two, for want of better (Cohen, Statistical
// Power Analysis for the Behavioral Sciences, 1988, section 2.4).
const (
	alpha = 0.05
	power = 0.8
)

// levelName is the key of the intervals of a study.
var levelName = table.LevelName(Level)

// Said is what a comparison says in one sentence or two: the counts, the
// difference in people, and everything with which the counts agree. It never says
// more than the intervals, of which that of the ratio can include none where that
// of the difference does not, and never turns failing into passing.
func (t Table) Said(c analyse.Comparison) string {
	one, other := t.group(c.Group), t.group(c.Reference)
	text := fmt.Sprintf("%s: %s; %s.", t.Display(c.Group), one.failed(), other.after(t.Display(c.Reference)))
	limits := c.CI[levelName].Newcombe
	low, high := 100*float64(limits[0]), 100*float64(limits[1])
	if math.IsNaN(low) || math.IsNaN(high) {
		return text
	}
	text += " " + differing(100*float64(c.RD))
	if times := c.CI[levelName].SCAS; (low > 0 || high < 0) && times[0] <= 1 && times[1] >= 1 {
		return text + strings.TrimSuffix(span(low, high), ".") + fmt.Sprintf("; but as a ratio with anything from %s times, so they do not tell in which group more fail.", between(times))
	}
	return text + span(low, high)
}

// Gap says what a difference of rates is, and with which the counts agree.
func Gap(d, low, high float64) string { return differing(100*d) + span(100*low, 100*high) }

func (t Table) group(name string) Count {
	for _, c := range t.Groups {
		if c.Group == name {
			return c
		}
	}
	return Count{Group: name}
}

// differing reads "That is 2.2 more fails in every 100, ".
func differing(d float64) string {
	switch {
	case d == 0:
		return "That is the same rate, "
	case d < 0:
		return fmt.Sprintf("That is %s fewer fails in every 100, ", InHundred(-d))
	}
	return fmt.Sprintf("That is %s more fails in every 100, ", InHundred(d))
}

// span says with which differences the counts agree.
func span(low, high float64) string {
	switch {
	case low > 0:
		return fmt.Sprintf("and the counts agree with anything from %s to %s more.", InHundred(low), InHundred(high))
	case high < 0:
		return fmt.Sprintf("and the counts agree with anything from %s to %s fewer.", InHundred(-high), InHundred(-low))
	}
	return fmt.Sprintf("and the counts agree with anything from %s fewer to %s more, so they do not tell in which group more fail.", InHundred(-low), InHundred(high))
}

// Chance says how often such a gap would be seen if there were none, by itself
// and with all comparisons of the table taken into account.
func (t Table) Chance(c analyse.Comparison, looks int) string {
	if !c.MidTwoSided.Defined() {
		return ""
	}
	text := fmt.Sprintf("If %s and %s really failed at one rate, chance alone would still put them as far apart as this in %s such sets of records",
		t.Display(c.Group), t.Display(c.Reference), OutOf(c.MidTwoSided))
	if looks > 1 {
		text += fmt.Sprintf("; with the %d comparisons of this table taken into account, %s", looks, OutOf(c.Holm))
	}
	return text + "."
}

// CouldShow says which difference numbers like these would have shown: without
// it, finding none says little.
func (t Table) CouldShow(c analyse.Comparison) string {
	one, other := t.group(c.Group), t.group(c.Reference)
	if one.Total() == 0 || other.Failed == 0 || other.Passed == 0 {
		return ""
	}
	found, err := table.Design{N1: int64(one.Total()), N0: int64(other.Total()), P0: float64(c.P0), Alpha: alpha}.Detect(power)
	if err != nil || !found.Rate.Defined() {
		return fmt.Sprintf("With %s and %s records, no rate of %s, however high, would be found in 8 of 10 such sets of records.",
			thousands(one.Total()), thousands(other.Total()), t.Display(c.Group))
	}
	return fmt.Sprintf("With %s and %s records, a difference would be found in 8 of 10 such sets only if %s failed in at least %s of every 100, %s times as often as %s.",
		thousands(one.Total()), thousands(other.Total()), t.Display(c.Group), InHundred(100*float64(found.Rate)), short(float64(found.Ratio)), t.Display(c.Reference))
}

// AllAtOnce says what the exact test of all groups of a table says; look is its
// place among all the characteristics that were looked at. Of two groups it stands
// beside [Table.Chance], which reckons otherwise, and so it is named.
func AllAtOnce(look analyse.Look, groups, looks int) string {
	text := fmt.Sprintf("All %d groups at once: if they failed at one rate, chance would spread them as far apart as this in %s such sets of records", groups, OutOf(look.P))
	if groups == 2 {
		text = fmt.Sprintf("Fisher’s exact test, which is the one that is corrected for all characteristics of a page, reckons otherwise and gives %s", OutOf(look.P))
	}
	if looks > 1 {
		text += fmt.Sprintf("; with the %d characteristics of this page taken into account, %s", looks, OutOf(look.Holm))
	}
	return text + "."
}

// OutOf is a probability in words: "42 of 1,000".
func OutOf(p figure.Figure) string {
	switch v := float64(p); {
	case !p.Defined():
		return "an unknown number of"
	case v >= 0.9995:
		return "nearly all"
	case v >= 0.0995:
		return fmt.Sprintf("%.0f of 100", 100*v)
	case v >= 0.00095:
		return fmt.Sprintf("%.0f of 1,000", 1000*v)
	case v >= 0.00005:
		return fmt.Sprintf("%.0f of 10,000", 10000*v)
	}
	return "fewer than 1 of 10,000"
}

// InHundred is a number of people in every 100 with one decimal, or as many as it
// takes not to pass for none.
func InHundred(v float64) string {
	if v > 0 && v < 0.05 {
		return strconv.FormatFloat(v, 'g', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// short is a ratio as people read it.
func short(v float64) string {
	if math.Abs(v) >= 9.95 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// Times is a ratio with its interval: "2.9 (1.1 to 6.8)".
func Times(ratio figure.Figure, limits figure.Pair) string {
	if !ratio.Defined() || !limits[0].Defined() || !limits[1].Defined() {
		return "–"
	}
	return fmt.Sprintf("%s (%s)", times(ratio), between(limits))
}

func between(limits figure.Pair) string {
	if math.IsInf(float64(limits[1]), 1) {
		return times(limits[0]) + " or more"
	}
	return times(limits[0]) + " to " + times(limits[1])
}

func times(v figure.Figure) string {
	if math.IsInf(float64(v), 1) {
		return "without end"
	}
	return strconv.FormatFloat(float64(v), 'f', 2, 64)
}

// Per100 is a rate with its interval, in every 100: "3.4 (1.6 to 7.3)".
func Per100(rate figure.Figure, limits figure.Pair) string {
	if !rate.Defined() {
		return "–"
	}
	return fmt.Sprintf("%.1f (%.1f to %.1f)", 100*rate, 100*limits[0], 100*limits[1])
}

// More is a difference of rates with its interval, in people of every 100:
// "+2.2 (+0.3 to +6.1)".
func More(c analyse.Comparison) string {
	limits := c.CI[levelName].Newcombe
	if !c.RD.Defined() || !limits[0].Defined() {
		return "–"
	}
	return Difference(c.RD, limits)
}

// Difference is a difference of rates with its interval, in every 100.
func Difference(d figure.Figure, limits figure.Pair) string {
	return fmt.Sprintf("%s (%s to %s)", Signed(100*float64(d)), Signed(100*float64(limits[0])), Signed(100*float64(limits[1])))
}

// Signed writes a difference in every 100 with its sign, and a minus that is no
// hyphen.
func Signed(n float64) string {
	switch {
	case n < 0:
		return "−" + InHundred(-n)
	case n == 0:
		return "0.0"
	}
	return "+" + InHundred(n)
}
