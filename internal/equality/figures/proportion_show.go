package figures

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/figure"
)

// proportionShowView is what the page of representation shows.
type proportionShowView struct {
	frame
	Study *analyse.Analysis
}

// proportionShow serves shares of people against shares of those who failed.
func (p *pages) proportionShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, inProportion)
	if err != nil {
		return err
	}
	v := proportionShowView{frame: f}
	if v.Study, err = f.study(); err != nil {
		return err
	}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, proportionShowPage(v))
}

// share is how many of a whole are of a group.
type share struct{ n, of int64 }

func (s share) text() string {
	if s.of == 0 {
		return "–"
	}
	return fmt.Sprintf("%s of %s (%.1f%%)", ui.Thousands(int(s.n)), ui.Thousands(int(s.of)), 100*float64(s.n)/float64(s.of))
}

// shares are those of a group among all whose group is known: who registered, and
// who withdrew, passed and failed.
func (v proportionShowView) shares(t equality.Table, group string) map[string]share {
	c := v.Report.Cube
	at := equality.ColumnOf(c, t.Characteristic.Key)
	out := map[string]share{}
	c.Cells(func(levels []uint16, n int64) {
		level := c.Columns[at].Levels[levels[at]]
		if equality.AnyUnknown([]string{level}) {
			return
		}
		result := c.Columns[0].Levels[levels[0]]
		wholes := []string{registered, result}
		if result == equality.Passed || result == equality.Failed {
			wholes = append(wholes, ended)
		}
		for _, of := range wholes {
			s := out[of]
			s.of += n
			if level == group {
				s.n += n
			}
			out[of] = s
		}
	})
	return out
}

// The wholes that are no result of their own.
const registered, ended = "registered", "passed or failed"

// table has a row for each group: its share of people, and of those who failed.
func (v proportionShowView) table(i int) ui.TableOptions {
	t := v.Report.Tables[i]
	o := ui.TableOptions{Caption: "Shares by " + lower(t.Characteristic.Name), CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: t.Characteristic.Name}, {Text: "Of those registered", Numeric: true}, {Text: "Of those who passed or failed", Numeric: true},
			{Text: "Of those who failed", Numeric: true}, {Text: "Of those who withdrew", Numeric: true}, {Text: "Share of fails over share of passed or failed", Numeric: true},
			{Text: "Times as often as all others", Numeric: true}}}
	for _, g := range t.Groups {
		s := v.shares(t, g.Group)
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(t.Display(g.Group)), ui.Number(s[registered].text()), ui.Number(s[ended].text()), ui.Number(s[equality.Failed].text()),
			ui.Number(s[equality.Withdrawn].text()), ui.Number(v.ratio(i, g.Group)), ui.Number(v.likelihood(t, g))})
	}
	return o
}

// ratio is the share of fails over the share of people, among the decided.
func (v proportionShowView) ratio(i int, group string) string {
	for _, g := range v.Study.Tables[i].Groups {
		if g.Group == group && g.RR.Defined() {
			return fmt.Sprintf("%.2f", float64(g.RR))
		}
	}
	return "–"
}

// likelihood is the rate of a group over that of all others, with its interval: the
// form in which the workforce race equality standard for social work has it.
func (v proportionShowView) likelihood(t equality.Table, g equality.Count) string {
	two := t.AgainstOthers(g)
	if two.A+two.B == 0 || two.C+two.D == 0 {
		return "–"
	}
	low, high := two.RatioInterval(equality.Level, scas)
	return equality.Times(figure.Figure(two.Ratio()), figure.Between(low, high))
}

// tables are all that the page shows.
func (v proportionShowView) tables() []ui.TableOptions {
	var out []ui.TableOptions
	for i := range v.Report.Tables {
		out = append(out, v.table(i))
	}
	return out
}
