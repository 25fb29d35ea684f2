package figures

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/small"
)

// employerShowView is what the page of employers shows.
type employerShowView struct {
	frame
	Found *small.Report
	Names map[string]string // by identifier; nil for whoever may not know them
	Gaps  []string          // between groups, compared within employers and within regions
}

// employerShow serves employers side by side: a funnel and shrunken rates. It
// ranks nobody, and names employers to the national team alone.
func (p *pages) employerShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, byEmployer, equality.ByEmployer, "region")
	if err != nil {
		return err
	}
	v := employerShowView{frame: f}
	if f.counts() {
		if v.Found, err = equality.EmployersOf(f.Report.Cube); err != nil {
			return err
		}
		if err = v.compare(); err != nil {
			return err
		}
	}
	if r.Scope.Role() == asye.National {
		if v.Names, err = p.store.EmployerNames(r.Context(), r.Scope); err != nil {
			return err
		}
	}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, employerShowPage(v))
}

// compare asks whether a gap in the whole country is one of where people work.
func (v *employerShowView) compare() error {
	for _, place := range []struct{ column, within, everywhere, many string }{
		{equality.ByEmployer, "within each employer", "at every employer", "employers"}, {"region", "within each region", "in every region", "regions"},
	} {
		study, err := v.Report.Within(place.column)
		if err != nil {
			return err
		}
		for _, t := range v.Report.Tables {
			if t.Characteristic.Key != place.column {
				v.Gaps = append(v.Gaps, gapsWithin(t, study, place.within, place.everywhere, place.many)...)
			}
		}
	}
	return nil
}

// said is how far employers differ.
func (v employerShowView) said() []string {
	b := v.Found.BetaBinomial
	all := v.Report.All()
	out := []string{fmt.Sprintf("%s together: %s of %s NQSWs failed, %s in every 100.", numbered(len(v.Found.Employers), "employer", "employers"),
		ui.Thousands(all.Failed), ui.Thousands(all.Total()), all.RateText())}
	switch {
	case v.Report.Failed == 0:
		out = append(out, "Nobody failed, so that there is nothing by which employers could differ.")
	case b.Boundary:
		out = append(out, "The counts agree with one rate for all employers: all that is seen by employer could be what chance does with small numbers.")
	default:
		out = append(out, fmt.Sprintf("If all employers had one rate, chance would spread them as far apart as this in %s such sets of records.", equality.OutOf(b.LRPMix)))
	}
	outside := 0
	for _, e := range v.Found.Employers {
		if e.PBH.Defined() && e.PBH < 0.05 {
			outside++
		}
	}
	if outside == 0 {
		return append(out, "With the number of employers taken into account, none stands out from the others by more than chance would do.")
	}
	return append(out, fmt.Sprintf("With the number of employers taken into account, %s from the others by more than chance would do: of those picked out in this way, fewer than 5 in 100 would be there by chance.",
		numbered(outside, "stands out", "stand out")))
}

// numbered is a number with its word.
func numbered(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return ui.Thousands(n) + " " + more
}

// funnel draws each employer by its number of people, between the limits of chance.
func (v employerShowView) funnel() ui.PlotOptions {
	o := funnel(float64(v.Found.Theta0), v.Found.Employers, "Each employer by its size, between the limits that chance sets")
	for _, e := range v.Found.Employers {
		o.Points = append(o.Points, ui.PlotPoint{X: float64(e.N), Y: 100 * float64(e.Rate)})
	}
	return o
}

// The share of employers that would lie below each line if all had one rate.
var limits = []float64{0.001, 0.025, 0.975, 0.999}

// funnel draws the limits for every size up to the largest, and the rate of all.
func funnel(theta float64, list []small.Employer, title string) ui.PlotOptions {
	o := ui.PlotOptions{ID: "funnel", Title: title, Across: "People who passed or failed", Up: "Failed in every 100",
		Description: "A point for each employer, by how many people passed or failed and how many in every 100 failed. The middle line is the rate of all. " +
			"If all had one rate, 95 in 100 employers would lie between the inner lines and 998 in 1,000 between the outer."}
	var most int64
	for _, e := range list {
		most = max(most, e.N)
		o.MaxY = max(o.MaxY, 100*float64(e.Rate))
	}
	if theta <= 0 || theta >= 1 {
		return o
	}
	o.MaxY = max(o.MaxY, 200*theta, 110*small.FunnelLimit(theta, max(most, 1), limits[len(limits)-1]))
	o.Lines = append(o.Lines, ui.PlotLine{X: []float64{0, float64(most)}, Y: []float64{100 * theta, 100 * theta}})
	for _, share := range limits {
		o.Lines = append(o.Lines, limit(theta, share, most, o.MaxY))
	}
	return o
}

// limit is one line of a funnel, at enough sizes to look smooth, as far as it lies
// within the picture.
func limit(theta, share float64, most int64, top float64) ui.PlotLine {
	const steps = 40
	line := ui.PlotLine{Dashed: true}
	last := int64(0)
	for i := range steps {
		part := float64(i+1) / steps
		n := max(1, int64(part*part*float64(most)))
		rate := 100 * small.FunnelLimit(theta, n, share)
		beyond := share > 0.5 && rate < 100*theta // nobody of so few has to fail for an employer to lie above
		if n > last && rate <= top && !beyond {
			line.X, line.Y = append(line.X, float64(n)), append(line.Y, max(rate, 0))
			last = n
		}
	}
	for share > 0.5 && len(line.Y) > 1 && line.Y[0] < line.Y[1] { // of so few, a line between no fail and one says nothing
		line.X, line.Y = line.X[1:], line.Y[1:]
	}
	return line
}

// table names each employer, by the alphabet.
func (v employerShowView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Employers, by name", CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: "Employer"}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true}, {Text: "Drawn-in rate, in every 100", Numeric: true}, {Text: "In the funnel"}}}
	list := slices.Clone(v.Found.Employers)
	slices.SortFunc(list, func(a, b small.Employer) int { return cmp.Compare(v.Names[a.Employer], v.Names[b.Employer]) })
	for _, e := range list {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(v.Names[e.Employer]), ui.Number(ui.Thousands(int(e.X))), ui.Number(ui.Thousands(int(e.N))),
			ui.Number(equality.Per100(e.Mean, figure.Pair{e.Low, e.High})), ui.Text(place(e))})
	}
	return o
}

// place says where an employer lies in the funnel.
func place(e small.Employer) string {
	switch {
	case equality.Above(e, "0.999"):
		return "Above the outer line"
	case equality.Above(e, "0.975"):
		return "Above the inner line"
	case equality.Below(e, "0.001"):
		return "Below the outer line"
	case equality.Below(e, "0.025"):
		return "Below the inner line"
	}
	return "Within the lines"
}

// sizes are bands of employers by how many of their people passed or failed, each
// from its number on. They are ours.
var sizes = []int64{1, 20, 50, 100}

// bySize has a row for each band: what the funnel shows, without anybody in it.
func (v employerShowView) bySize() ui.TableOptions {
	o := ui.TableOptions{Caption: "Employers by size", CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: "People who passed or failed"}, {Text: "Employers", Numeric: true}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true},
			{Text: "Failed in every 100", Numeric: true}, {Text: "Above the inner line", Numeric: true}, {Text: "Below the inner line", Numeric: true}}}
	for i, from := range sizes {
		name, to := fmt.Sprintf("%d or more", from), int64(math.MaxInt64)
		if i+1 < len(sizes) {
			to = sizes[i+1]
			name = fmt.Sprintf("%d to %d", from, to-1)
		}
		var all equality.Count
		employers, above, below := 0, 0, 0
		for _, e := range v.Found.Employers {
			if e.N < from || e.N >= to {
				continue
			}
			employers++
			all.Failed, all.Passed = all.Failed+int(e.X), all.Passed+int(e.N-e.X)
			switch place(e) {
			case "Above the inner line", "Above the outer line":
				above++
			case "Below the inner line", "Below the outer line":
				below++
			}
		}
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(name), ui.Number(ui.Thousands(employers)), ui.Number(ui.Thousands(all.Failed)), ui.Number(ui.Thousands(all.Total())),
			ui.Number(rate(all)), ui.Number(ui.Thousands(above)), ui.Number(ui.Thousands(below))})
	}
	return o
}

// tables are all that the page shows to its reader.
func (v employerShowView) tables() []ui.TableOptions {
	if v.Found == nil {
		return nil
	}
	out := []ui.TableOptions{v.bySize()}
	if v.Names != nil {
		out = append(out, v.table())
	}
	return out
}
