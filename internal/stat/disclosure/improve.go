package disclosure

import (
	"math/rand/v2"
	"slices"
)

// Tables of at most so many cells are begun in several orders, mended in many
// places, and then searched for the fewest cells that will do.
const (
	smallTable = 400
	orders     = 8
	mendings   = 1_500 // divided by the number of cells
	quicker    = 8     // times as many where each is quick
	mostOpened = 4
)

// improver looks for a cheaper choice of secondary cells in a small table. It
// draws from fixed seeds: the same table gives the same release.
type improver struct {
	t       Table
	p       Policy
	primary map[int]Reason
	draw    *rand.Rand
	best    *plan
}

// improve tries other orders, then mends the best in many places, and last
// searches for the fewest, which proves that there are none where it ends.
func (t Table) improve(p Policy, primary map[int]Reason, pl *plan) {
	if len(pl.secondary) < 2 || len(pl.open) > 0 || t.Lattice.Cells() > smallTable {
		return
	}
	i := &improver{t, p, primary, rand.New(rand.NewPCG(1, uint64(t.Lattice.Cells()))), pl}
	for range orders {
		i.judge(i.begin(nil))
	}
	if !t.twoWay() {
		for range i.mendings() {
			i.judge(i.begin(i.some()))
		}
	}
	if len(t.Keep) == 0 && (t.twoWay() || t.tiny()) {
		i.search()
	}
	*pl = *i.best
}

func (i *improver) mendings() int {
	n := mendings / i.t.Lattice.Cells()
	if !i.t.tiny() {
		n *= quicker
	}
	return n
}

// search looks for the fewest cells.
func (i *improver) search() {
	if found, ok := i.t.fewest(i.p, i.primary, i.best); ok {
		i.best = found
	}
}

// begin makes a plan that hides some cells from the outset.
func (i *improver) begin(with []int) *plan {
	pl := i.t.plan(i.p, i.primary, i.t.thorough)
	for _, cell := range with {
		pl.prover.hide(cell)
	}
	pl.secondary = with
	pl.scatter(i.draw)
	order := slices.Clone(pl.primary)
	i.draw.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
	pl.protect(order)
	pl.tidy()
	return pl
}

// scatter makes prices differ at random, so that other cells of the same number
// are chosen.
func (pl *plan) scatter(draw *rand.Rand) {
	for cell := range pl.board.Price {
		pl.board.Price[cell] = 1 + draw.Int64N(1<<20)
	}
}

// some is the best choice so far without a few of its cells.
func (i *improver) some() []int {
	out := slices.Clone(i.best.secondary)
	i.draw.Shuffle(len(out), func(a, b int) { out[a], out[b] = out[b], out[a] })
	return out[min(len(out), 1+i.draw.IntN(mostOpened)):]
}

// judge keeps a plan that is cheaper than the best.
func (i *improver) judge(pl *plan) {
	if len(pl.open) == 0 && pl.cheaper(i.best) {
		i.best = pl
	}
}

// cheaper compares the number of cells, then of people.
func (pl *plan) cheaper(than *plan) bool {
	if a, b := pl.board.Heaviness(pl.secondary), than.board.Heaviness(than.secondary); a != b {
		return a < b
	}
	return pl.people() < than.people()
}

func (pl *plan) people() int64 {
	var sum int64
	for _, cell := range pl.secondary {
		sum += int64(pl.board.X[cell])
	}
	return sum
}
