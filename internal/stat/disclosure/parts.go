package disclosure

import "example.org/asye/internal/stat/disclosure/moves"

// part is finest counts that can move and hang together by what is known of
// their sums.
type part struct {
	first  int
	leaves []int
	sums   int
}

func (p *part) size() int { return len(p.leaves) * (p.sums + 1) }

// union finds what hangs together.
type union map[int]int

func (u union) find(a int) int {
	for u[a] != a {
		u[a] = u[u[a]]
		a = u[a]
	}
	return a
}

// parts splits the finest counts that can move; by leaf. A sum that is wanted
// joins what it counts too.
func (t Table) parts(b *moves.Board, wanted map[int]bool) map[int]*part {
	u := union{}
	joins := map[int]int{}
	for _, leaf := range t.Lattice.Leaves() {
		if b.Lo[leaf] == b.Hi[leaf] {
			continue
		}
		u[leaf] = leaf
		t.Lattice.Above(t.Lattice.Coords(leaf), func(sum int) {
			if sum == leaf || b.Lo[sum] <= 0 && b.Hi[sum] >= moves.Unknown && !wanted[sum] {
				return
			}
			if other, ok := joins[sum]; ok {
				u[u.find(leaf)] = u.find(other)
			} else {
				joins[sum] = leaf
			}
		})
	}
	out, byFirst := map[int]*part{}, map[int]*part{}
	for _, leaf := range t.Lattice.Leaves() {
		if _, moves := u[leaf]; !moves {
			continue
		}
		first := u.find(leaf)
		if byFirst[first] == nil {
			byFirst[first] = &part{first: first}
		}
		byFirst[first].leaves = append(byFirst[first].leaves, leaf)
		out[leaf] = byFirst[first]
	}
	for _, leaf := range joins {
		out[leaf].sums++
	}
	return out
}
