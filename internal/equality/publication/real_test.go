package publication

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/published"
)

// real is a country with the published margins, as three cohorts, and a fourth
// without; 202 employers in nine regions.
func real() (*Book, *tally.Cube) {
	draw := rand.New(rand.NewPCG(1660, 24))
	var columns []tally.Column
	for _, name := range append([]string{equality.ByResult}, Columns()...) {
		columns = append(columns, tally.Column{Name: name})
	}
	b := tally.Build(columns...)
	o := published.Read().Outcomes
	failed, passed := deal(draw, o, true), deal(draw, o, false)
	for i := range o.CompleteRecords {
		result, at := equality.Passed, i
		from := passed
		if i < o.Failed {
			result, from = equality.Failed, failed
		} else {
			at -= o.Failed
		}
		b.Add(nqsw(draw, result, asye.Cohort(2018+draw.IntN(3)), [3]string{from[0][at], from[1][at], from[2][at]})...)
	}
	for range 9000 {
		result := equality.Passed
		if draw.Float64() < 0.008 {
			result = equality.Failed
		}
		b.Add(nqsw(draw, result, asye.Cohort(2018+draw.IntN(4)), [3]string{pick(draw, "Female", "Female", "Male", equality.Unanswered), pick(draw, "White", "Minoritised ethnic groups", equality.Unanswered), pick(draw, "0", "0", "1", "2")})...)
	}
	cube := b.Cube()
	return &Book{Base: Counted(cube)}, cube
}

// deal deals the groups of each published characteristic to those who failed, or
// to those who passed.
func deal(draw *rand.Rand, o published.Outcomes, failed bool) [3][]string {
	var out [3][]string
	for i, key := range []string{"gender", "ethnicity", "deferrals"} {
		for _, g := range o.By[key] {
			n := g.Total - g.Failed
			if failed {
				n = g.Failed
			}
			for range n {
				out[i] = append(out[i], g.Group)
			}
		}
		draw.Shuffle(len(out[i]), func(a, b int) { out[i][a], out[i][b] = out[i][b], out[i][a] })
	}
	return out
}

func nqsw(draw *rand.Rand, result string, cohort asye.Cohort, known [3]string) []string {
	employer := min(draw.IntN(202), draw.IntN(202))
	group := known[1]
	if group == "Minoritised ethnic groups" {
		group = pick(draw, "Asian", "Black", "Mixed", "Other")
	}
	out := []string{result, cohort.String(), "e" + strconv.Itoa(employer), strconv.Itoa(draw.IntN(256))}
	for _, c := range equality.Characteristics() {
		level := map[string]string{"gender": known[0], "ethnicity": known[1], "ethnic_group": group, "ethnic_background": group, "deferrals": known[2],
			"region": "region " + strconv.Itoa(employer%9), "employer_type": "type " + strconv.Itoa(employer%4)}[c.Key]
		if level == "" {
			level = pick(draw, "a", "b", equality.NotOnFile)
		}
		out = append(out, level)
	}
	return out
}

// crossed looks at what no table tells: those who are in a row of one family and
// in a row of another. What is known of both bounds it (Fréchet 1940).
func crossed(a *attacker, cube *tally.Cube) []string {
	var out []string
	n := joint(cube)
	for _, f := range a.order {
		for _, g := range a.order {
			if f.family >= g.family || f.family == "everybody" || g.family == "everybody" || f.family == "sum" || g.family == "sum" ||
				f.failed != g.failed || strings.Join(f.cohorts, ";") != strings.Join(g.cohorts, ";") || len(out) > 0 {
				continue
			}
			all := a.about(f.family, a.leaves[f.family], f.cohorts, f.failed)
			low, top := max(0, f.low+g.low-all.top), min(f.top, g.top)
			if top-low >= 5 {
				continue
			}
			if x := n(f, g); x > 0 && x < Threshold {
				out = append(out, "crossing "+strings.Join(f.rows, ";")+" with "+strings.Join(g.rows, ";"))
			}
		}
	}
	return out
}

// joint counts the people of two facts together.
func joint(cube *tally.Cube) func(f, g *fact) int {
	at := map[string]int{}
	for i, column := range cube.Columns {
		at[column.Name] = i
	}
	return func(f, g *fact) int {
		sum := 0
		cube.Cells(func(levels []uint16, n int64) {
			level := func(column string) string { return cube.Columns[at[column]].Levels[levels[at[column]]] }
			result := level(equality.ByResult)
			in := func(f *fact) bool {
				var parts []string
				for _, column := range Families[f.family] {
					parts = append(parts, level(column))
				}
				return Within(f.rows, []string{LeafOf(parts)})
			}
			ended := result == equality.Failed || result == equality.Passed && !f.failed
			if ended && Within(f.cohorts, []string{level(equality.ByCohort)}) && in(f) && in(g) {
				sum += int(n)
			}
		})
		return sum
	}
}
