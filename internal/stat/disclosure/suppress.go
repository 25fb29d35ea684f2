package disclosure

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/asye/internal/stat/disclosure/moves"
)

// Release is a table ready to be published: what is told of every cell.
type Release struct {
	Policy    Policy   `json:"policy"`
	Figures   []Figure `json:"figures"` // by cell; what the table does not show is hidden
	Primary   []int    `json:"-"`       // hidden because they are sensitive: for the log, never for the page
	Secondary []int    `json:"-"`       // hidden so that others cannot be worked out
	proofs    map[int]proof
}

// plan is a table on the way to a release.
type plan struct {
	board     *moves.Board
	prover    *sights
	primary   []int // that have to be protected
	secondary []int
	proofs    map[int]proof
	users     map[int][]int // by secondary: the primaries whose proof may use it
	open      []int         // those for which nothing was found
}

// Suppress hides what is sensitive, and as few other cells as it can find, and
// then as few people, so that the range of every sensitive count stays at least
// Width wide. It fails when earlier releases make that impossible. What it
// gives has still to pass Audit, together with everything else.
func Suppress(t Table, p Policy) (Release, error) {
	if err := t.fits(p); err != nil {
		return Release{}, err
	}
	primary := map[int]Reason{}
	if p.Hides() {
		primary = Primary(t, p)
	}
	pl := t.plan(p, primary, t.quick)
	if p.Hides() {
		pl.protect(pl.primary)
		if len(pl.open) > 0 {
			pl = t.fromAll(p, primary)
		}
		pl.tidy()
		t.improve(p, primary, pl)
	}
	if len(pl.open) > 0 {
		return Release{}, fmt.Errorf("The table cannot be published: with what was released before, %s and %d other counts could be worked out. Show fewer groups or fewer years.",
			t.Lattice.Label(pl.open[0]), len(pl.open)-1)
	}
	return t.release(p, primary, pl), nil
}

func (t Table) plan(p Policy, primary map[int]Reason, by way) *plan {
	see := t.sights(p, primary, by)
	risk := atRisk(see.board, primary)
	x, weight := t.Lattice.X, see.board.Weight
	slices.SortStableFunc(risk, func(a, b int) int { return cmp.Or(weight[b]-weight[a], x[a]-x[b]) }) // what is hardest first
	return &plan{board: see.board, prover: see, primary: risk, proofs: map[int]proof{}, users: map[int][]int{}}
}

func (t Table) release(p Policy, primary map[int]Reason, pl *plan) Release {
	r := Release{Policy: p, Figures: make([]Figure, t.Lattice.Cells()), proofs: pl.proofs}
	for cell, x := range t.Lattice.X {
		_, sensitive := primary[cell]
		told := t.told(cell)
		r.Figures[cell] = Figure{Value: p.Value(x)}
		switch {
		case !t.shows(cell) || pl.board.Open[cell]:
			r.Figures[cell] = Figure{Hidden: true}
		case told && t.Before[cell].Low == t.Before[cell].High:
			r.Figures[cell] = Figure{Value: x}
		case told:
			r.Figures[cell] = Figure{Value: Nearest5(x)}
		}
		if sensitive && t.shows(cell) && !told {
			r.Primary = append(r.Primary, cell)
		}
	}
	for _, cell := range pl.secondary {
		r.Secondary = append(r.Secondary, cell)
	}
	slices.Sort(r.Secondary)
	return r
}

// protect goes through sensitive cells and hides what each of them still needs,
// for the one attacker and then for the other.
func (pl *plan) protect(order []int) {
	for _, cell := range order {
		for range 2 {
			if pl.proven(cell) {
				break
			}
			more, ok := pl.prover.buy(cell)
			if !ok {
				break
			}
			for _, c := range more {
				pl.prover.hide(c)
				pl.secondary = append(pl.secondary, c)
			}
		}
		if !pl.proofs[cell].ok && !pl.proven(cell) {
			pl.open = append(pl.open, cell)
		}
	}
}

// fromAll hides whatever can be hidden, to be shown again as far as that goes:
// for tables that earlier releases leave little room.
func (t Table) fromAll(p Policy, primary map[int]Reason) *plan {
	pl := t.plan(p, primary, t.thorough)
	for cell := range pl.board.X {
		if !pl.board.Open[cell] && pl.board.Floor[cell] >= 0 {
			pl.prover.hide(cell)
			pl.secondary = append(pl.secondary, cell)
		}
	}
	for _, cell := range pl.primary {
		if !pl.proven(cell) {
			pl.open = append(pl.open, cell)
		}
	}
	return pl
}

// proven looks for a proof for a cell, and keeps it.
func (pl *plan) proven(cell int) bool {
	pf := pl.prover.prove(cell)
	if pf.ok {
		pl.keep(pf)
	}
	return pf.ok
}

func (pl *plan) keep(pf proof) {
	pl.proofs[pf.cell] = pf
	pl.use(pf, pf.cell)
	if pf.sharp != nil {
		pl.use(*pf.sharp, pf.cell)
	}
}

// use remembers which cells a proof moves.
func (pl *plan) use(pf proof, cell int) {
	for _, change := range []map[int]int{pf.up, pf.down} {
		for c := range change {
			if users := pl.users[c]; len(users) == 0 || users[len(users)-1] != cell {
				pl.users[c] = append(users, cell)
			}
		}
	}
}

// tidy shows again what turns out not to be needed, those with most people
// first.
func (pl *plan) tidy() {
	x := pl.board.X
	slices.SortFunc(pl.secondary, func(a, b int) int {
		return cmp.Or(pl.board.Weight[b]-pl.board.Weight[a], x[b]-x[a])
	})
	pl.secondary = slices.DeleteFunc(pl.secondary, pl.spare)
}

// spare tells whether a cell can be shown, and shows it: everyone whose proof
// uses it must find another.
func (pl *plan) spare(cell int) bool {
	pl.prover.show(cell)
	find := pl.prover.again
	if pl.board.Weight[cell] > 1 {
		find = pl.prover.prove
	}
	var found []proof
	for _, user := range pl.users[cell] {
		if !pl.proofs[user].touches(cell) {
			continue
		}
		pf := find(user)
		if !pf.ok {
			pl.prover.hide(cell)
			return false
		}
		found = append(found, pf)
	}
	for _, pf := range found {
		pl.keep(pf)
	}
	return true
}
