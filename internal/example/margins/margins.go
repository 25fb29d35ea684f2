// Package margins makes up a joint distribution that fits the published figures.
//
// Only margins were published: how many women and men failed, how many White
// people and people of minoritised ethnic groups, how many after no, one or two
// deferrals. How these go together was not published. The distribution here is
// invented: it is as near to independent as whole numbers allow, and says
// nothing about the world beyond its margins.
package margins

import (
	"strconv"

	"example.org/asye/internal/equality/published"
)

// Cell is one combination, and how its records ended.
type Cell struct {
	Female         bool
	White          bool
	Deferrals      int
	Passed, Failed int
}

// Joint gives every combination of gender, ethnicity and number of deferrals,
// always the same: its margins are exactly the published ones.
func Joint() []Cell {
	o := published.Read().Outcomes
	failed := fill(margin(o, failures), o.Failed)
	passed := fill(margin(o, passes), o.CompleteRecords-o.Failed)
	var out []Cell
	for g, gender := range o.By["gender"] {
		for e, ethnicity := range o.By["ethnicity"] {
			for d, deferrals := range o.By["deferrals"] {
				n, _ := strconv.Atoi(deferrals.Group) // the groups are numbers
				out = append(out, Cell{Female: gender.Group == "Female", White: ethnicity.Group == "White",
					Deferrals: n, Passed: passed[g][e][d], Failed: failed[g][e][d]})
			}
		}
	}
	return out
}

func failures(g published.Group) int { return g.Failed }
func passes(g published.Group) int   { return g.Total - g.Failed }

// margin gives the three margins of one outcome.
func margin(o published.Outcomes, of func(published.Group) int) [3][]int {
	var out [3][]int
	for i, by := range []string{"gender", "ethnicity", "deferrals"} {
		for _, g := range o.By[by] {
			out[i] = append(out[i], of(g))
		}
	}
	return out
}

// fill makes a table of whole numbers with these margins. Each cell begins with
// what independence would give it, rounded down; so no margin is overfull, and
// what is left of all three is the same number. Then each cell in turn takes as
// much of what is left as all three of its margins allow.
func fill(m [3][]int, total int) [][][]int {
	table := make([][][]int, len(m[0]))
	left := [3][]int{append([]int(nil), m[0]...), append([]int(nil), m[1]...), append([]int(nil), m[2]...)}
	put := func(g, e, d, n int) {
		table[g][e][d] += n
		left[0][g] -= n
		left[1][e] -= n
		left[2][d] -= n
	}
	for g := range m[0] {
		table[g] = make([][]int, len(m[1]))
		for e := range m[1] {
			table[g][e] = make([]int, len(m[2]))
			for d := range m[2] {
				put(g, e, d, m[0][g]*m[1][e]*m[2][d]/(total*total))
			}
		}
	}
	for g := range m[0] {
		for e := range m[1] {
			for d := range m[2] {
				put(g, e, d, min(left[0][g], left[1][e], left[2][d]))
			}
		}
	}
	return table
}
