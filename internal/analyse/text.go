package analyse

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"example.org/asye/internal/stat/figure"
)

// Formats are the ways in which an analysis is written.
func Formats() []string { return []string{"json", "text", "csv", "html"} }

// Write writes an analysis in one of the formats.
func (a *Analysis) Write(to io.Writer, format string) error {
	switch format {
	case "json":
		out := json.NewEncoder(to)
		out.SetEscapeHTML(false)
		return out.Encode(a)
	case "text":
		return a.text(to)
	case "csv":
		return a.csv(to)
	case "html":
		return a.html(to)
	}
	return fmt.Errorf("there is no format %q: it is one of %s", format, strings.Join(Formats(), ", "))
}

func (a *Analysis) text(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "%s\n", a.read())
	for _, t := range a.Tables {
		fmt.Fprintf(w, "\n%s\n%s %s\n\n", strings.ToUpper(t.Characteristic), t.known(), t.compared())
		a.groups(w, t)
		for _, c := range t.Comparisons {
			fmt.Fprintf(w, "\n%s\n  Ratio of rates %s, odds ratio %s. Chance of a difference like this if there were none (mid-p): %s%s.\n",
				a.Said(t, c), a.ratioSaid(c), short(c.ConditionalOR), chance(c.MidTwoSided), t.corrected(c))
		}
		if t.Trend != nil {
			fmt.Fprintf(w, "\nChance of a trend like this if there were none: %s.\n", chance(t.trendChance()))
		}
		if t.TrendError != "" {
			fmt.Fprintf(w, "\nNo trend: %s.\n", t.TrendError)
		}
	}
	a.family(w)
	a.modelText(w)
	a.employersText(w)
	return w.Flush()
}

// compared says with whom groups are compared, and what the test of all says.
func (t Table) compared() string {
	if t.Whole == nil {
		return "There are not two groups to compare."
	}
	text := fmt.Sprintf("Compared with %s.", t.Reference)
	if t.Whole.Error != "" {
		return text + " All groups at once: " + t.Whole.Error + "."
	}
	p := t.Whole.Chance()
	return text + fmt.Sprintf(" Chance of differences like these if all groups had one rate: %s.", chance(p))
}

// corrected is the chance of a comparison where every other of its table was looked
// at too; empty where there is no other.
func (t Table) corrected(c Comparison) string {
	if len(t.Comparisons) < 2 {
		return ""
	}
	return fmt.Sprintf("; %s when corrected for the %d comparisons (Holm)", chance(c.Holm), len(t.Comparisons))
}

// trendChance is the exact chance of a trend like this; for counts too large for
// that, the one for large counts.
func (t Table) trendChance() figure.Figure {
	if p := t.Trend.Exact.MidTwoSided; p.Defined() {
		return p
	}
	return t.Trend.Asymptotic.P
}

func (a *Analysis) groups(to io.Writer, t Table) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "group\tevents\tof\trate\t%s interval\n", a.sure())
	for _, g := range t.Groups {
		limits := g.CI[a.level()].Wilson
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s to %s\n", g.Name(), count(g.Events), count(g.Total), percent(g.Rate), percent(limits[0]), percent(limits[1]))
	}
	w.Flush()
}

func (a *Analysis) family(w io.Writer) {
	if len(a.Family) < 2 {
		return
	}
	fmt.Fprintf(w, "\n%d CHARACTERISTICS WERE LOOKED AT\n", len(a.Family))
	for _, one := range a.Family {
		fmt.Fprintf(w, "%s: %s, corrected %s (Holm), %s (Benjamini and Hochberg)\n", one.Characteristic, chance(one.P), chance(one.Holm), chance(one.BH))
	}
}

func (a *Analysis) modelText(to io.Writer) {
	m := a.Model
	if m == nil {
		return
	}
	fmt.Fprintf(to, "\nEACH WITH THE OTHERS HELD EQUAL (Firth's logistic regression)\n%s people, %s events; %s left out because something is not known.\n\n", count(m.N), count(m.Events), count(m.Dropped))
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "term\tcoefficient\t95% interval\todds ratio\t95% interval\tchance")
	for i, name := range m.Names {
		ci := m.Firth.ProfileCI95[i]
		fmt.Fprintf(w, "%s\t%.4f\t%s to %s\t%s\t%s to %s\t%s\n", name, m.Firth.Coef[i], short(ci[0]), short(ci[1]),
			short(odds(m.Firth.Coef[i])), short(odds(float64(ci[0]))), short(odds(float64(ci[1]))), chance(m.Firth.LRChisqP[i][1]))
	}
	w.Flush()
	if len(m.Aliased) > 0 {
		fmt.Fprintf(to, "Left out, because those before say the same: %s.\n", strings.Join(m.Aliased, ", "))
	}
	if !m.ML.Exists {
		fmt.Fprintln(to, "Ordinary logistic regression has no answer for these records; the penalised one above has.")
	}
}

// odds is a coefficient as a ratio of odds.
func odds(coefficient float64) figure.Figure { return figure.Figure(math.Exp(coefficient)) }

func (a *Analysis) employersText(to io.Writer) {
	if a.Employers == nil {
		return
	}
	outside := 0
	for _, e := range a.Employers.Employers {
		if e.PBH < 0.05 {
			outside++
		}
	}
	fmt.Fprintf(to, "\nEMPLOYERS\n%d employers; %s of all people had the event. With the number of employers taken into account, %d of them differ from the others by more than chance would do.\n"+
		"The list is in the formats json, csv and html; it is no league table.\n", len(a.Employers.Employers), percent(a.Employers.Theta0), outside)
}

// csv has a line for each group, with its comparison beside it.
func (a *Analysis) csv(to io.Writer) error {
	w := csv.NewWriter(to)
	w.Write([]string{"characteristic", "group", "events", "total", "records", "rate", "rate_low", "rate_high", "reference", "rd", "rd_low", "rd_high",
		"rr", "rr_low", "rr_high", "or", "or_low", "or_high", "fisher_two_sided", "midp_two_sided", "p_holm"})
	for _, t := range a.Tables {
		for _, g := range t.Groups {
			limits := g.CI[a.level()].Wilson
			line := []string{t.Characteristic, g.Group, plain(g.Events), plain(g.Total), plain(g.Records), exact(g.Rate), exact(limits[0]), exact(limits[1])}
			w.Write(append(line, a.compareLine(t, g)...))
		}
	}
	if a.Employers != nil {
		for _, e := range a.Employers.Employers {
			w.Write([]string{"employer", e.Employer, plain(e.X), plain(e.N), plain(e.N), exact(e.Rate), "", "", "", "", "", "", "", "", "", "", "", "", "",
				exact(e.PMid), exact(e.PBH)})
		}
	}
	w.Flush()
	return w.Error()
}

func (a *Analysis) compareLine(t Table, g Group) []string {
	for _, c := range t.Comparisons {
		if c.Group == g.Group {
			ci := c.CI[a.level()]
			return []string{c.Reference, exact(c.RD), exact(ci.Newcombe[0]), exact(ci.Newcombe[1]), exact(c.RR), exact(ci.SCAS[0]), exact(ci.SCAS[1]),
				exact(c.ConditionalOR), exact(ci.ORMidP[0]), exact(ci.ORMidP[1]), exact(c.TwoSided), exact(c.MidTwoSided), exact(c.Holm)}
		}
	}
	return make([]string, 13)
}

func plain(n int64) string { return strconv.FormatInt(n, 10) }

// exact is a number with all its digits; nothing where it is not defined.
func exact(n figure.Figure) string {
	if !n.Defined() {
		return ""
	}
	return strconv.FormatFloat(float64(n), 'g', -1, 64)
}
