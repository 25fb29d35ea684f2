// Package lattice holds a table of counts together with every sum of it that
// somebody may publish: margins, regions, cumulated years. It is the one linear
// system in which all releases are audited.
package lattice

import (
	"fmt"
	"slices"
)

// Dim is one characteristic: its finest categories, and the groups of them
// that are summed. A total is a group of all; employer, region and nation are
// employers with two layers of groups; a cumulated year is a group of years.
// Groups may overlap.
type Dim struct {
	Name   string   `json:"name"`
	Leaves []string `json:"leaves"`
	Groups []Group  `json:"groups"`
}

// Group is a set of categories, by their numbers, that is counted together.
type Group struct {
	Name   string `json:"name"`
	Leaves []int  `json:"leaves"`
}

// WithTotal is a characteristic with one group, its total.
func WithTotal(name string, leaves ...string) Dim {
	return Dim{Name: name, Leaves: leaves, Groups: []Group{All(len(leaves))}}
}

// All is the group of all n categories.
func All(n int) Group {
	g := Group{Name: "Total"}
	for i := range n {
		g.Leaves = append(g.Leaves, i)
	}
	return g
}

// Size is how many coordinates there are: the categories, then the groups.
func (d Dim) Size() int { return len(d.Leaves) + len(d.Groups) }

// Label is the name of a coordinate.
func (d Dim) Label(c int) string {
	if c < len(d.Leaves) {
		return d.Leaves[c]
	}
	return d.Groups[c-len(d.Leaves)].Name
}

// Members are the categories that a coordinate counts.
func (d Dim) Members(c int) []int {
	if c < len(d.Leaves) {
		return []int{c}
	}
	return d.Groups[c-len(d.Leaves)].Leaves
}

// Total is the coordinate of a group that holds every category, or -1.
func (d Dim) Total() int {
	for i, g := range d.Groups {
		if len(g.Leaves) == len(d.Leaves) {
			return len(d.Leaves) + i
		}
	}
	return -1
}

// within tells which coordinates count category i, itself first.
func (d Dim) within(i int) []int {
	out := []int{i}
	for g, group := range d.Groups {
		if slices.Contains(group.Leaves, i) {
			out = append(out, len(d.Leaves)+g)
		}
	}
	return out
}

func (d Dim) check() error {
	if len(d.Leaves) == 0 {
		return fmt.Errorf("The characteristic %q has no categories: give it at least one.", d.Name)
	}
	for _, g := range d.Groups {
		seen := map[int]bool{}
		for _, leaf := range g.Leaves {
			if leaf < 0 || leaf >= len(d.Leaves) || seen[leaf] {
				return fmt.Errorf("The group %q of %q names a category twice or one that there is not: name each once.", g.Name, d.Name)
			}
			seen[leaf] = true
		}
		if len(seen) == 0 {
			return fmt.Errorf("The group %q of %q is empty: give it at least one category.", g.Name, d.Name)
		}
	}
	return nil
}
