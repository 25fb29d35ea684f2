package request

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"example.org/asye/internal/stat/crosstab"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// jsonWriter writes a list with an answer on each line.
type jsonWriter struct {
	to    *bufio.Writer
	begun bool
}

func (w *jsonWriter) write(a answer) error {
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	before := ",\n"
	if !w.begun {
		before = "[\n"
	}
	w.begun = true
	_, err = w.to.WriteString(before + string(text))
	return err
}

func (w *jsonWriter) end() error {
	text := "\n]\n"
	if !w.begun {
		text = "[]\n"
	}
	_, err := w.to.WriteString(text)
	return err
}

// textWriter writes a paragraph for each answer.
type textWriter struct{ to *bufio.Writer }

func (w *textWriter) write(a answer) error {
	lines := []string{a.Error}
	if a.Error == "" {
		lines = inWords(a.asked, a.Result)
	}
	_, err := fmt.Fprintf(w.to, "%s\n  %s\n\n", strings.Trim(string(a.ID), `"`), strings.Join(lines, "\n  "))
	return err
}

func (w *textWriter) end() error { return nil }

// inWords is the lines of one answer.
func inWords(asked, result any) []string {
	switch r := result.(type) {
	case table.Groups:
		return groupsInWords(asked.(table.TwoByTwo), r)
	case crosstab.Result:
		return crosstabInWords(r)
	case table.Trend:
		return trendInWords(asked.(trend), r)
	case table.Strata:
		return strataInWords(len(asked.([]table.TwoByTwo)), r)
	case map[string]table.RateIntervals:
		return rateInWords(asked.(table.Group), r)
	case table.Adjusted:
		return adjustedInWords(asked.([]figure.Figure), r)
	case design:
		return powerInWords(asked.(table.Design), r)
	case measured:
		return groupsMeasuredInWords(asked.([]table.Group), r)
	case table.Interaction:
		return interactionInWords(r)
	}
	return nil
}

func groupsInWords(t table.TwoByTwo, g table.Groups) []string {
	i := g.CI["0.95"]
	return []string{
		fmt.Sprintf("Group: %d of %d (%s). Reference: %d of %d (%s).", t.A, t.A+t.B, percent(g.P1), t.C, t.C+t.D, percent(g.P0)),
		fmt.Sprintf("Difference: %s, 95%% interval %s to %s (Newcombe).", percent(g.RD), percent(i.Newcombe[0]), percent(i.Newcombe[1])),
		fmt.Sprintf("Ratio: %s, 95%% interval %s (SCAS); of those without the event: %s.", number(g.RR), between(i.SCAS), number(g.RRPass)),
		fmt.Sprintf("Odds ratio: %s, 95%% interval %s (conditional, mid-p).", number(g.ConditionalOR), between(i.ORMidP)),
		fmt.Sprintf("If there were no difference, the chance of counts as far apart: mid-p %s, Fisher %s, chi-square %s.", number(g.MidTwoSided), number(g.TwoSided), number(g.P)),
	}
}

func crosstabInWords(r crosstab.Result) []string {
	exact := "exact " + number(r.FFH)
	if r.MonteCarlo != nil {
		exact = fmt.Sprintf("%s, 99%% interval %s, from %d tables drawn at random", number(r.MonteCarlo.P), between(r.MonteCarlo.CI), r.MonteCarlo.Samples)
	}
	lines := []string{
		fmt.Sprintf("Chi-square: %s with %d degrees of freedom, p %s; smallest expected count %s.", number(r.ChiSq), r.DF, number(r.P), number(r.MinExpected)),
		fmt.Sprintf("If there were no difference, the chance of counts as far apart: %s.", exact),
		fmt.Sprintf("Cramer's V: %s, corrected %s.", number(r.CramersV), number(r.CramersVBC)),
	}
	if len(r.Dropped) > 0 {
		lines = append(lines, fmt.Sprintf("Left out, because nobody is in it: %s.", strings.Join(r.Dropped, ", ")))
	}
	return lines
}

func trendInWords(asked trend, r table.Trend) []string {
	var groups []string
	for i := range asked.x {
		groups = append(groups, fmt.Sprintf("%v: %d of %d", asked.scores[i], asked.x[i], asked.n[i]))
	}
	return []string{
		fmt.Sprintf("By score: %s.", strings.Join(groups, "; ")),
		fmt.Sprintf("Slope: %s for one step of the score; z %s, p %s (Cochran-Armitage).", percent(r.Asymptotic.Slope), number(r.Asymptotic.Z), number(r.Asymptotic.P)),
		fmt.Sprintf("If there were no difference, the chance of counts as far apart: exact %s, mid-p %s.", number(r.Exact.AbsDev), number(r.Exact.MidTwoSided)),
	}
}

func strataInWords(n int, s table.Strata) []string {
	return []string{
		fmt.Sprintf("Over %d strata: odds ratio %s, 95%% interval %s (Mantel-Haenszel).", n, number(s.OR), between(s.ORCI)),
		fmt.Sprintf("Ratio: %s, 95%% interval %s. Difference: %s, 95%% interval %s to %s.", number(s.RR), between(s.RRCI), percent(s.RD), percent(s.RDCI[0]), percent(s.RDCI[1])),
		fmt.Sprintf("Exact odds ratio: %s, 95%% interval %s (mid-p).", number(s.StrataExact.OR), between(s.ORMidP)),
		fmt.Sprintf("If there were no difference, the chance of counts as far apart: mid-p %s, exact %s, CMH %s.", number(s.MidTwoSided), number(s.TwoSided), number(s.CMHP)),
		fmt.Sprintf("That all strata have one odds ratio: Tarone p %s.", number(s.TaroneP)),
	}
}

func rateInWords(g table.Group, r map[string]table.RateIntervals) []string {
	i := r["0.95"].Wilson
	return []string{fmt.Sprintf("Rate: %d of %d (%s), 95%% interval %s to %s (Wilson).", g.Events, g.Total,
		percent(figure.Figure(float64(g.Events)/float64(g.Total))), percent(i[0]), percent(i[1]))}
}

func adjustedInWords(p []figure.Figure, a table.Adjusted) []string {
	var lines []string
	for i := range p {
		lines = append(lines, fmt.Sprintf("p %s: Holm %s, Hochberg %s, Benjamini-Hochberg %s, Benjamini-Yekutieli %s, Bonferroni %s.",
			number(p[i]), number(a.Holm[i]), number(a.Hochberg[i]), number(a.BH[i]), number(a.BY[i]), number(a.Bonferroni[i])))
	}
	return lines
}

func percent(f figure.Figure) string {
	if !f.Defined() {
		return "not defined"
	}
	return fmt.Sprintf("%.3g%%", 100*float64(f))
}

func between(p figure.Pair) string { return number(p[0]) + " to " + number(p[1]) }

func number(f figure.Figure) string {
	switch v := float64(f); {
	case !f.Defined():
		return "not defined"
	case math.IsInf(v, 0):
		return "infinite"
	default:
		return fmt.Sprintf("%.4g", v)
	}
}
