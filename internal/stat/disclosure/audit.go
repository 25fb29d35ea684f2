package disclosure

import (
	"slices"
	"sync"

	"example.org/asye/internal/stat/disclosure/moves"
)

// Range is what an attacker can find out of one sensitive count.
type Range struct {
	Cell        int         `json:"cell"`
	Label       string      `json:"label"`
	Reason      Reason      `json:"reason"`
	Low         End         `json:"low"`
	High        End         `json:"high"`
	Sharp       End         `json:"sharp"` // how wide it is for somebody who takes it that no hidden count is 0
	Exact       bool        `json:"exact"` // nothing lies outside; otherwise both ends are possible, and more may be
	Safe        bool        `json:"safe"`
	Certificate Certificate `json:"-"` // the two tables; they hold true counts
}

// End is an end of a range; "inf" where there is none.
type End int

// MarshalJSON writes an end that nothing bounds as "inf".
func (e End) MarshalJSON() ([]byte, error) {
	if e >= Unknown/2 {
		return []byte(`"inf"`), nil
	}
	return []byte(itoa(int(e))), nil
}

// Report is the audit of a release.
type Report struct {
	Safe   bool    `json:"safe"`
	Width  int     `json:"width"`
	Ranges []Range `json:"ranges"` // of every sensitive count that is not told, in order of cells
	Told   []int   `json:"told"`   // sensitive counts that the release simply tells
}

// Narrow are the ranges that are not wide enough, or not proven to be.
func (r Report) Narrow() []Range {
	return slices.DeleteFunc(slices.Clone(r.Ranges), func(x Range) bool { return x.Safe })
}

// Audit works as an attacker does who has every figure of a release and of all
// before it: it finds the smallest and the largest whole number that each
// sensitive count can be, whether the table shows the count or not. A release
// is safe when each range is at least Width wide, which two whole tables prove,
// at least Sharp for somebody who takes it that no hidden count is 0, and when
// nothing sensitive is told. Ranges are exact for two characteristics
// with totals, and for other tables up to a size; beyond it, and where the
// search runs out of its budget, they are at least as wide as said. Only what is
// proven counts as safe.
func Audit(t Table, p Policy, figures []Figure) (Report, error) {
	return audit(t, p, Release{Figures: figures})
}

// Audit of a release that Suppress made begins with the tables that it found.
func (r Release) Audit(t Table) (Report, error) { return audit(t, r.Policy, r) }

func audit(t Table, p Policy, r Release) (Report, error) {
	if err := t.fits(p); err != nil {
		return Report{}, err
	}
	b, err := t.seen(p, r.Figures, plain)
	if err != nil {
		return Report{}, err
	}
	primary := Primary(t, p)
	out := Report{Safe: true, Width: p.Width}
	for cell := range primary {
		if !t.told(cell) && !b.Open[cell] && b.Lo[cell] == b.Hi[cell] {
			out.Told = append(out.Told, cell)
		}
	}
	slices.Sort(out.Told)
	risk := atRisk(b, primary)
	known, second := r.known()
	for _, pf := range t.ranges(b, risk, p.Width, known) {
		out.Ranges = append(out.Ranges, t.judge(b, pf, primary[pf.cell], p.Width))
	}
	if p.Sharp > 0 {
		if err := t.sharpen(p, r.Figures, out.Ranges, second); err != nil {
			return Report{}, err
		}
	}
	out.Safe = len(out.Told) == 0 && len(out.Narrow()) == 0
	return out, nil
}

// known are the proofs that a release came with, for either attacker.
func (r Release) known() (first, second map[int]proof) {
	first, second = r.proofs, map[int]proof{}
	for cell, pf := range r.proofs {
		if pf.sharp != nil {
			second[cell] = *pf.sharp
		}
	}
	return first, second
}

func (t Table) judge(b *moves.Board, pf proof, reason Reason, width int) Range {
	c := t.certificate(pf)
	x := t.Lattice.X[pf.cell]
	return Range{Cell: pf.cell, Label: t.Lattice.Label(pf.cell), Reason: reason, Low: End(x - pf.low), High: End(x + pf.high),
		Sharp: Unknown, Exact: pf.sure, Safe: pf.width() >= width && c.verify(b, pf), Certificate: c}
}

// sharpen looks with the eyes of somebody who takes it that no hidden count is 0.
func (t Table) sharpen(p Policy, figures []Figure, ranges []Range, known map[int]proof) error {
	b, err := t.seen(p, figures, sharp)
	if err != nil {
		return err
	}
	risk := make([]int, len(ranges))
	for i, r := range ranges {
		risk[i] = r.Cell
	}
	for i, pf := range t.ranges(b, risk, p.Sharp, known) {
		ranges[i].Sharp = End(pf.width())
		ranges[i].Exact = ranges[i].Exact && pf.sure
		ranges[i].Safe = ranges[i].Safe && pf.width() >= p.Sharp && t.certificate(pf).verify(b, pf)
	}
	return nil
}

// ranges finds the range of every cell at risk, on both cores.
func (t Table) ranges(b *moves.Board, risk []int, width int, known map[int]proof) []proof {
	if t.twoWay() {
		f := newFlow(b)
		out := make([]proof, len(risk))
		for i, cell := range risk {
			out[i] = f.whole(cell)
		}
		return out
	}
	out := t.certified(b, risk, width, known)
	t.exact(b, out, width)
	return out
}

// certified looks for proofs that are wide enough, beginning with those that
// are known.
func (t Table) certified(b *moves.Board, risk []int, width int, known map[int]proof) []proof {
	out := make([]proof, len(risk))
	var wait sync.WaitGroup
	const workers = 2
	for w := range workers {
		wait.Go(func() {
			mine := &byMoves{b: b.Copy()}
			for i := w; i < len(risk); i += workers {
				out[i] = known[risk[i]]
				if out[i].width() < width {
					out[i] = mine.prove(risk[i], width)
				}
			}
		})
	}
	wait.Wait()
	return out
}
