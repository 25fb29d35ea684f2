package figures

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// stageShowView is what the page of stages shows.
type stageShowView struct {
	frame
	Tables []stageTable
}

// stageTable is one stage, with each group against the reference.
type stageTable struct {
	equality.StageTable
	of        equality.Table
	reference string
}

// stageShow serves who reached which stage of the year, and when: a gap at the end
// is often born earlier.
func (p *pages) stageShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, byStage)
	if err != nil {
		return err
	}
	v := stageShowView{frame: f}
	if !f.counts() {
		return f.show(w, r, stageShowPage(v))
	}
	study, err := f.study()
	if err != nil {
		return err
	}
	found, err := p.store.Stages(r.Context(), r.Scope, f.Query)
	if err != nil {
		return err
	}
	for _, one := range found {
		v.Tables = append(v.Tables, stageTable{one, f.Report.Tables[0], study.Tables[0].Reference})
	}
	if asked(r) {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, stageShowPage(v))
}

// characteristic is the one by which stages are shown.
func (v stageShowView) characteristic() equality.Table { return v.Report.Tables[0] }

// others lead to the same page by the other characteristics that were ticked.
func (v stageShowView) others() []ui.Link {
	var out []ui.Link
	for i, t := range v.Report.Tables[1:] {
		q := v.Query
		q.By = slices.Concat(q.By[i+1:i+2], q.By[:i+1], q.By[i+2:])
		out = append(out, ui.Link{Text: "By " + lower(t.Characteristic.Name), Href: byStage.at(address(q))})
	}
	return out
}

// small reports whether the table could tell on somebody.
func (t stageTable) small() bool {
	for _, g := range t.Groups {
		if g.Small() {
			return true
		}
	}
	return false
}

// against is a group beside the one that others are compared with; false where
// there is nothing to compare.
func (t stageTable) against(g equality.Stretch) (table.TwoByTwo, bool) {
	for _, other := range t.Groups {
		if other.Group == t.reference && g.Group != t.reference && g.Group != t.All.Group && g.Of > 0 && other.Of > 0 && !equality.AnyUnknown([]string{g.Group}) {
			return table.TwoByTwo{A: int64(g.Reached), B: int64(g.Of - g.Reached), C: int64(other.Reached), D: int64(other.Of - other.Reached)}, true
		}
	}
	return table.TwoByTwo{}, false
}

func (t stageTable) table() ui.TableOptions {
	o := ui.TableOptions{Caption: t.Stage.Name + ", by " + lower(t.of.Characteristic.Name), CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: t.of.Characteristic.Name}, {Text: "Reached", Numeric: true}, {Text: "Registered", Numeric: true}, {Text: "Reached in every 100", Numeric: true},
			{Text: "More or fewer in every 100", Numeric: true}, {Text: "Times as often", Numeric: true}, {Text: "Days from the start: middle (and of the middle half)", Numeric: true}}}
	for _, g := range append(t.Groups, t.All) {
		o.Rows = append(o.Rows, t.row(g))
	}
	return o
}

func (t stageTable) row(g equality.Stretch) []ui.Cell {
	more, times, days := "–", "–", "–"
	if two, found := t.against(g); found {
		low, high := two.Newcombe(equality.Level)
		more = equality.Difference(figure.Figure(two.Difference()), figure.Between(low, high))
		low, high = two.RatioInterval(equality.Level, scas)
		times = equality.Times(figure.Figure(two.Ratio()), figure.Between(low, high))
	} else if g.Group == t.reference {
		more, times = "compared with this", "compared with this"
	}
	if first, middle, third, reached := g.Days(); reached {
		days = fmt.Sprintf("%d (%d to %d)", middle, first, third)
	}
	return []ui.Cell{ui.Text(t.of.Display(g.Group)), ui.Number(ui.Thousands(g.Reached)), ui.Number(ui.Thousands(g.Of)), ui.Number(share100(g)), ui.Number(more), ui.Number(times), ui.Number(days)}
}

// share100 is how many in every 100 reached a stage, with the interval.
func share100(g equality.Stretch) string {
	if g.Of == 0 {
		return "–"
	}
	low, high := table.Wilson(int64(g.Reached), int64(g.Of), equality.Level)
	return equality.Per100(figure.Figure(float64(g.Reached)/float64(g.Of)), figure.Between(low, high))
}

// tables are all that the page shows.
func (v stageShowView) tables() []ui.TableOptions {
	var out []ui.TableOptions
	for _, t := range v.Tables {
		out = append(out, t.table())
	}
	return out
}
