package analyse

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"

	"example.org/asye/internal/stat/figure"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{"count": count, "percent": percent, "short": short, "chance": chance}).Parse(pageText))

// html is one page with everything in it: style, charts and tables.
func (a *Analysis) html(to io.Writer) error {
	return page.Execute(to, struct {
		*Analysis
		Read, Sure string
		Sections   []section
		Funnel     template.HTML
		Terms      []term
	}{a, a.read(), a.sure(), a.sections(), a.funnel(), a.terms()})
}

// section is what the page shows of one characteristic.
type section struct {
	Table
	Known, Compared string
	Chart           template.HTML
	Rows            []row
	Said            []string
	TrendChance     string
}

type row struct {
	Name          string
	Events, Total int64
	Rate          figure.Figure
	Low, High     figure.Figure
	Ratio         string
}

func (a *Analysis) sections() []section {
	var out []section
	for _, t := range a.Tables {
		s := section{Table: t, Known: t.known(), Compared: t.compared()}
		for _, g := range t.Groups {
			limits := g.CI[a.level()].Wilson
			s.Rows = append(s.Rows, row{g.Name(), g.Events, g.Total, g.Rate, limits[0], limits[1], a.ratioOf(t, g)})
		}
		for _, c := range t.Comparisons {
			s.Said = append(s.Said, a.Said(t, c))
		}
		if t.Trend != nil {
			s.TrendChance = chance(t.trendChance())
		}
		s.Chart = intervals(t.Characteristic, s.Rows)
		out = append(out, s)
	}
	return out
}

func (a *Analysis) ratioOf(t Table, g Group) string {
	if g.Group == t.Reference {
		return "compared with this"
	}
	for _, c := range t.Comparisons {
		if c.Group == g.Group {
			return a.ratioSaid(c)
		}
	}
	return "–"
}

// term is one line of the model.
type term struct {
	Name          string
	OR, Low, High figure.Figure
	Chance        figure.Figure
}

func (a *Analysis) terms() []term {
	if a.Model == nil {
		return nil
	}
	var out []term
	for i, name := range a.Model.Names {
		if i == 0 {
			continue // the intercept compares nobody
		}
		f := a.Model.Firth
		low, high := float64(f.ProfileCI95[i][0]), float64(f.ProfileCI95[i][1])
		out = append(out, term{Name: name, OR: figure.Figure(math.Exp(f.Coef[i])), Low: figure.Figure(math.Exp(low)), High: figure.Figure(math.Exp(high)),
			Chance: f.LRChisqP[i][1]})
	}
	return out
}

// Sizes of the charts, in pixels.
const (
	chartWidth = 640
	labels     = 200 // for the names of groups
	line       = 28
	axis       = 34
)

// intervals draws the rate of each group with its interval.
func intervals(name string, rows []row) template.HTML {
	most := 0.0
	for _, r := range rows {
		if r.High.Defined() {
			most = math.Max(most, float64(r.High))
		}
	}
	if most == 0 {
		return ""
	}
	var b strings.Builder
	height := len(rows)*line + axis
	x := func(rate figure.Figure) float64 { return labels + float64(rate)/most*(chartWidth-labels-20) }
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="Rates by %s, with their intervals; the table below has the same figures">`, chartWidth, height, template.HTMLEscapeString(name))
	for i, r := range rows {
		y := i*line + line/2
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, labels-10, y+5, template.HTMLEscapeString(clip(r.Name)))
		if r.Rate.Defined() {
			fmt.Fprintf(&b, `<line class="interval" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/><circle cx="%.1f" cy="%d" r="5"/>`, x(r.Low), x(r.High), y, y, x(r.Rate), y)
		}
	}
	for i := range 5 {
		rate := figure.Figure(most * float64(i) / 4)
		fmt.Fprintf(&b, `<line class="grid" x1="%.1f" x2="%.1f" y1="0" y2="%d"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(rate), x(rate), height-axis+4, x(rate), height-10, percent(rate))
	}
	return template.HTML(b.String() + "</svg>")
}

func clip(text string) string {
	if all := []rune(text); len(all) > 26 {
		return string(all[:25]) + "…"
	}
	return text
}
