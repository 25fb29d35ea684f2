package figures

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/table"
)

// unknownShowView is what the page of those of whom nothing is known shows.
type unknownShowView struct{ frame }

// unknownShow serves how those ended of whom nothing is known, and how far the
// rates of groups could move if more were.
func (p *pages) unknownShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, notKnown)
	if err != nil {
		return err
	}
	v := unknownShowView{f}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, unknownShowPage(v))
}

// ways are the answered, and each reason for which nothing is known, with its
// counts.
func (v unknownShowView) ways(t equality.Table) []equality.Count {
	c := v.Report.Cube
	at := equality.ColumnOf(c, t.Characteristic.Key)
	counts, levels := c.Margin(0, at), c.Columns[at].Levels
	out := []equality.Count{{Group: "Known"}}
	for i, level := range levels {
		one := equality.Count{Group: level, Passed: int(counts[i]), Failed: int(counts[len(levels)+i])}
		if !equality.AnyUnknown([]string{level}) {
			out[0].Passed, out[0].Failed = out[0].Passed+one.Passed, out[0].Failed+one.Failed
		} else if one.Total() > 0 {
			out = append(out, one)
		}
	}
	return out
}

func (v unknownShowView) waysTable(t equality.Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Outcomes, " + lower(t.Characteristic.Name) + " known and not known", CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: t.Characteristic.Name}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true}, {Text: "Failed in every 100", Numeric: true}}}
	for _, c := range append(v.ways(t), t.All()) {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(c.Group), ui.Number(ui.Thousands(c.Failed)), ui.Number(ui.Thousands(c.Total())), ui.Number(rate(c))})
	}
	return o
}

// bounds are the lowest and the highest rate that a group could have if everybody
// of whom nothing is known belonged to it, and those who failed or passed alone.
func (v unknownShowView) bounds(t equality.Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Failed in every 100 by " + lower(t.Characteristic.Name) + ", if more were known", CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Group"}, {Text: "As counted", Numeric: true}, {Text: "If only those who passed were of it", Numeric: true},
			{Text: "If only those who failed were of it", Numeric: true}}}
	for _, g := range t.WithRecords() {
		lowest := equality.Count{Passed: g.Passed + t.NotKnown.Passed, Failed: g.Failed}
		highest := equality.Count{Passed: g.Passed, Failed: g.Failed + t.NotKnown.Failed}
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(t.Display(g.Group)), ui.Number(rate(g)), ui.Number(lowest.RateText()), ui.Number(highest.RateText())})
	}
	return o
}

// said compares those of whom something is known with the others.
func (v unknownShowView) said(t equality.Table) string {
	known := v.ways(t)[0]
	if t.NotKnown.Total() == 0 {
		if v.Query.CompleteOnly {
			return fmt.Sprintf("The group of all %s records that are counted is known, of the %s with an outcome.", ui.Thousands(known.Total()), ui.Thousands(t.Of))
		}
		return "Everybody’s group is known."
	}
	if known.Total() == 0 {
		return "Nobody’s group is known."
	}
	two := table.TwoByTwo{A: int64(t.NotKnown.Failed), B: int64(t.NotKnown.Passed), C: int64(known.Failed), D: int64(known.Passed)}
	low, high := two.Newcombe(equality.Level)
	return fmt.Sprintf("Of those not known %s of %s failed, of those known %s of %s. %s", ui.Thousands(t.NotKnown.Failed), ui.Thousands(t.NotKnown.Total()),
		ui.Thousands(known.Failed), ui.Thousands(known.Total()), equality.Gap(two.Difference(), low, high))
}

// swings says whether the gap between two groups could turn round; empty where
// there are not two, or nobody is missing.
func (v unknownShowView) swings(t equality.Table) string {
	groups := t.WithRecords()
	if len(groups) != 2 || t.NotKnown.Total() == 0 {
		return ""
	}
	gap := func(one, other equality.Count) float64 {
		a, _ := one.Rate()
		b, _ := other.Rate()
		return a - b
	}
	add := func(c equality.Count, passed, failed int) equality.Count {
		return equality.Count{Passed: c.Passed + passed, Failed: c.Failed + failed}
	}
	un := t.NotKnown
	least := gap(add(groups[1], un.Passed, 0), add(groups[0], 0, un.Failed))
	most := gap(add(groups[1], 0, un.Failed), add(groups[0], un.Passed, 0))
	text := fmt.Sprintf("The gap as counted, %s less %s, is %s in every 100. With everybody known it could be anything from %s to %s.", t.Display(groups[1].Group), t.Display(groups[0].Group), equality.Signed(gap(groups[1], groups[0])), equality.Signed(least), equality.Signed(most))
	if least < 0 && most > 0 {
		text += " So the missing answers alone could turn it round."
	}
	return text
}

// whole leads to the same page with every record; empty where it has them.
func (v unknownShowView) whole() string {
	if !v.Query.CompleteOnly {
		return ""
	}
	q := v.Query
	q.CompleteOnly = false
	return notKnown.at(address(q))
}

// inComplete says what a complete record lacks most often.
func (v unknownShowView) inComplete() string {
	tables := slices.Clone(v.Report.Tables)
	slices.SortStableFunc(tables, func(a, b equality.Table) int { return a.Known - b.Known })
	if v.Query.CompleteOnly || len(tables) == 0 || tables[0].Known == tables[0].Of {
		return ""
	}
	return fmt.Sprintf("Known least often: %s, of %s of the %s records with an outcome.", lower(tables[0].Characteristic.Name), ui.Thousands(tables[0].Known), ui.Thousands(tables[0].Of))
}

// tables are all that the page shows.
func (v unknownShowView) tables() []ui.TableOptions {
	var out []ui.TableOptions
	for _, t := range v.Report.Tables {
		out = append(out, v.waysTable(t))
		if t.NotKnown.Total() > 0 && len(t.WithRecords()) > 0 {
			out = append(out, v.bounds(t))
		}
	}
	return out
}
