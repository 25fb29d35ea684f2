package analyse

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// level is the key of the intervals of this analysis.
func (a *Analysis) level() string { return table.LevelName(a.Level) }

// sure is the level in words: "95%".
func (a *Analysis) sure() string { return strconv.FormatFloat(100*a.Level, 'g', 4, 64) + "%" }

// Said is what a comparison says in plain words. It gives the counts, the
// difference in people, and everything that the counts agree with; it never says
// more than the interval.
func (a *Analysis) Said(t Table, c Comparison) string {
	g, reference := t.group(c.Group), t.group(c.Reference)
	text := fmt.Sprintf("%s: %s of %s (%s). %s: %s of %s (%s). ", g.Group, count(g.Events), count(g.Total), percent(g.Rate),
		reference.Group, count(reference.Events), count(reference.Total), percent(reference.Rate))
	if g.Events+reference.Events == 0 {
		return text + "Nobody in either group had the event, so that nothing can be said of a difference."
	}
	low, high := float64(c.CI[a.level()].Newcombe[0]), float64(c.CI[a.level()].Newcombe[1])
	if math.IsNaN(low) || math.IsNaN(high) {
		return text
	}
	text += fmt.Sprintf("That is %s in every 100 than in %s", people(float64(c.RD)), reference.Group)
	if times := c.CI[a.level()].SCAS; low > 0 || high < 0 {
		text += "; the counts agree with " + span(low, high)
		if times[0] <= 1 && times[1] >= 1 {
			text += fmt.Sprintf(", but as a ratio with anything from %s to %s times, so they do not tell which group has the higher rate", short(times[0]), short(times[1]))
		}
		return text + "."
	}
	return text + fmt.Sprintf("; the counts agree with anything from %s to %s, so they do not tell which group has the higher rate.", people(low), people(high))
}

// span is an interval of a difference that lies on one side of none.
func span(low, high float64) string {
	if high < 0 {
		return fmt.Sprintf("%s to %s", hundred(-high), people(low))
	}
	return fmt.Sprintf("%s to %s", hundred(low), people(high))
}

// people is a difference of rates in people: "2.2 more".
func people(difference float64) string {
	if difference < 0 {
		return hundred(-difference) + " fewer"
	}
	return hundred(difference) + " more"
}

func hundred(rate float64) string { return strconv.FormatFloat(100*rate, 'f', 1, 64) }

// ratioSaid is a ratio with its interval.
func (a *Analysis) ratioSaid(c Comparison) string {
	if !c.RR.Defined() {
		return "not defined"
	}
	limits := c.CI[a.level()].SCAS
	return fmt.Sprintf("%s (%s to %s)", short(c.RR), short(limits[0]), short(limits[1]))
}

func percent(rate figure.Figure) string {
	if !rate.Defined() {
		return "no rate"
	}
	return strconv.FormatFloat(100*float64(rate), 'f', 1, 64) + "%"
}

// short is a number as people read it.
func short(n figure.Figure) string {
	switch {
	case !n.Defined():
		return "–"
	case math.IsInf(float64(n), 1):
		return "without end"
	case math.IsInf(float64(n), -1):
		return "without beginning"
	}
	return strconv.FormatFloat(float64(n), 'f', 2, 64)
}

// chance is a probability as people read it.
func chance(p figure.Figure) string {
	switch {
	case !p.Defined():
		return "–"
	case p < 0.0001:
		return "below 0.0001"
	}
	return strconv.FormatFloat(float64(p), 'f', 4, 64)
}

// count is a whole number with commas between thousands.
func count(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

func (t Table) group(name string) Group {
	for _, g := range t.Groups {
		if g.Group == name {
			return g
		}
	}
	return Group{Group: name}
}

// Name is the group as a heading; one without a name says so.
func (g Group) Name() string {
	if g.Missing {
		return "not known"
	}
	return g.Group
}

// known says how complete a characteristic is.
func (t Table) known() string {
	var known, all int64
	for _, g := range t.Groups {
		all += g.Total
		if !g.Missing {
			known += g.Total
		}
	}
	if all == 0 {
		return "Nobody counts."
	}
	return fmt.Sprintf("Known of %s of the %s who count (%s).", count(known), count(all), percent(ratio(known, all)))
}

// read says how much of the file was read.
func (a *Analysis) read() string {
	text := fmt.Sprintf("%s records. %s of them count, and of those %s had the event %s = %s (%s).",
		count(a.Records), count(a.Total), count(a.Events), a.Outcome, a.Event, percent(ratio(a.Events, a.Total)))
	if a.Malformed == 0 {
		return text
	}
	var lines []string
	for _, m := range a.Lines {
		lines = append(lines, fmt.Sprintf("%d (%s)", m.Line, m.Why))
	}
	if a.Malformed == 1 && len(lines) == 1 {
		return text + " One line could not be read and was left out: line " + lines[0] + "."
	}
	return text + fmt.Sprintf(" %s lines could not be read and were left out, the first of them %s.", count(a.Malformed), strings.Join(lines[:min(len(lines), 5)], ", "))
}
