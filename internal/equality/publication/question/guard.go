package question

import (
	"maps"
	"slices"

	"example.org/asye/internal/equality/publication"
)

// guard holds what is asked against everything told: it finds differences about
// a few people, of whom no figure of their own is told.
type guard struct {
	micro *micro
	told  map[string]cell
	along map[string][][]int // by family and the rest of a cell: the sets that are told
	size  map[string]int
}

func newGuard(m *micro) *guard {
	return &guard{micro: m, told: map[string]cell{}, along: map[string][][]int{}, size: map[string]int{}}
}

// tell notes cells that are told.
func (g *guard) tell(cells ...cell) {
	for _, c := range cells {
		key := g.micro.key(c, "")
		if _, known := g.told[key]; known {
			continue
		}
		g.told[key] = c
		for family := range g.micro.leaves {
			at := family + "|" + g.micro.key(c, family)
			g.along[at] = append(g.along[at], g.micro.set(c, family))
		}
	}
}

func (g *guard) people(c cell) int {
	key := g.micro.key(c, "")
	n, known := g.size[key]
	if !known {
		n = g.micro.count(c).People
		g.size[key] = n
	}
	return n
}

// few finds the first pair of a new cell and a told one whose difference is
// about a few people; the cells that are asked must have been told before.
func (g *guard) few(asked []cell) (large, little cell, found bool) {
	keys := slices.Sorted(maps.Keys(g.told))
	for _, a := range asked {
		for _, key := range keys {
			switch b := g.told[key]; {
			case g.isolates(a, b):
				return a, b, true
			case g.isolates(b, a):
				return b, a, true
			}
		}
	}
	return nil, nil, false
}

func (g *guard) isolates(large, little cell) bool {
	if !g.micro.covers(large, little) {
		return false
	}
	between := g.people(large) - g.people(little)
	return between > 0 && between < publication.Threshold && !g.stepped(large, little)
}

// stepped tells whether one comes from a cell to a smaller one by taking away
// cells that are told themselves: then the difference tells nothing new.
func (g *guard) stepped(large, little cell) bool {
	if g.micro.key(large, "") == g.micro.key(little, "") {
		return true
	}
	for _, family := range slices.Sorted(maps.Keys(g.micro.leaves)) {
		rest := publication.Without(g.micro.set(large, family), g.micro.set(little, family))
		if len(rest) == 0 || !g.covered(family+"|"+g.micro.key(large, family), rest) {
			continue
		}
		next := maps.Clone(large)
		next[family] = g.micro.set(little, family)
		if g.stepped(next, little) {
			return true
		}
	}
	return false
}

// covered tells whether some leaves are told in parts that do not overlap.
func (g *guard) covered(along string, rest []int) bool {
	parts := slices.Clone(g.along[along])
	slices.SortStableFunc(parts, func(a, b []int) int { return len(b) - len(a) })
	for _, part := range parts {
		if len(part) > 0 && publication.Within(rest, part) {
			rest = publication.Without(rest, part)
		}
	}
	return len(rest) == 0
}
