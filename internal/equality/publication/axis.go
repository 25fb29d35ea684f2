package publication

import (
	"slices"
	"strings"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// axis is one characteristic of a system. Its atoms are what no table tells
// apart: what is never told apart needs no cells of its own, which keeps systems
// small enough for exact methods.
type axis struct {
	name  string
	atoms [][]string
}

// split makes the atoms of a universe that some sets cut.
func split(name string, universe []string, sets ...[]string) axis {
	signs := map[string][]string{}
	var order []string
	for _, one := range universe {
		var sign strings.Builder
		for _, set := range sets {
			sign.WriteByte("01"[boolean(slices.Contains(set, one))])
		}
		key := sign.String()
		if signs[key] == nil {
			order = append(order, key)
		}
		signs[key] = append(signs[key], one)
	}
	out := axis{name: name}
	for _, key := range order {
		out.atoms = append(out.atoms, signs[key])
	}
	return out
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// whole is every member.
func (a axis) whole() []string { return slices.Concat(a.atoms...) }

// set is the numbers of the atoms that lie within some members.
func (a axis) set(members []string) []int {
	var out []int
	for i, atom := range a.atoms {
		if slices.Contains(members, atom[0]) {
			out = append(out, i)
		}
	}
	return out
}

func (a axis) group(name string, members []string) lattice.Group {
	return lattice.Group{Name: name, Leaves: a.set(members)}
}

func (a axis) dim(named func(members []string) string) lattice.Dim {
	d := lattice.Dim{Name: a.name}
	for _, atom := range a.atoms {
		d.Leaves = append(d.Leaves, named(atom))
	}
	return d
}
