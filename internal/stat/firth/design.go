package firth

import "math"

// column is one coefficient of a model: a level of a category, or a number,
// which is held as (x - mean) / scale so that no digits are lost.
type column struct {
	name        string
	term, level int
	mean, scale float64
}

// design is the model matrix in sparse rows, one for each pattern: start[i] to
// start[i+1] are the places of row i in idx and val.
type design struct {
	cols    []column
	aliased []column
	start   []int32
	idx     []int32
	val     []float64
	y, n    []float64 // events and people of each pattern
}

// aliasTolerance is the share of its length that a column must keep when all that
// those before it explain is taken away.
const aliasTolerance = 1e-9

func newDesign(terms []Term, patterns []Pattern) *design {
	d := &design{}
	for _, p := range patterns {
		d.y = append(d.y, float64(p.Events))
		d.n = append(d.n, float64(p.Total))
	}
	all := d.columns(terms, patterns)
	d.fill(all, patterns, terms)
	kept := independent(d, len(all))
	for j, c := range all {
		if kept[j] {
			d.cols = append(d.cols, c)
		} else {
			d.aliased = append(d.aliased, c)
		}
	}
	d.fill(d.cols, patterns, terms)
	return d
}

func (d *design) columns(terms []Term, patterns []Pattern) []column {
	all := []column{{name: "(Intercept)", term: -1, scale: 1}}
	for j, t := range terms {
		if t.isNumber() {
			mean, scale := spread(patterns, j)
			all = append(all, column{t.Name, j, 0, mean, scale})
			continue
		}
		for l := 1; l < len(t.Levels); l++ {
			all = append(all, column{t.Name + t.Levels[l], j, l, 0, 1})
		}
	}
	return all
}

// spread is the mean of a number over all people, and the root of its mean
// squared distance from it; the distance is 0 for a number that never changes.
func spread(patterns []Pattern, j int) (mean, scale float64) {
	first, total, longest := patterns[0].Values[j], 0.0, 0.0
	for _, p := range patterns {
		total += float64(p.Total)
		longest = max(longest, math.Abs(p.Values[j]))
	}
	for _, p := range patterns {
		mean += (p.Values[j] - first) * (float64(p.Total) / total)
	}
	mean += first
	for _, p := range patterns {
		scale = math.Hypot(scale, (p.Values[j]-mean)*math.Sqrt(float64(p.Total)/total))
	}
	if scale <= 1e-13*longest {
		scale = 0
	}
	return mean, scale
}

// fill writes the rows for some columns.
func (d *design) fill(cols []column, patterns []Pattern, terms []Term) {
	places := make([][]int32, len(terms)) // by term and level: place of the column, or 0
	for j, t := range terms {
		places[j] = make([]int32, max(1, len(t.Levels)))
	}
	for k, c := range cols[1:] {
		places[c.term][c.level] = int32(k + 1)
	}
	d.start, d.idx, d.val = append(d.start[:0], 0), d.idx[:0], d.val[:0]
	for _, p := range patterns {
		d.idx, d.val = append(d.idx, 0), append(d.val, 1)
		for j, t := range terms {
			k, v := places[j][0], 1.0
			if !t.isNumber() {
				k = places[j][int(p.Values[j])]
			} else if k > 0 {
				v = cols[k].of(p.Values[j])
			}
			if k > 0 && v != 0 {
				d.idx, d.val = append(d.idx, k), append(d.val, v)
			}
		}
		d.start = append(d.start, int32(len(d.idx)))
	}
}

// of is a number as the column holds it.
func (c column) of(x float64) float64 {
	if c.scale == 0 {
		return 0
	}
	return (x - c.mean) / c.scale
}

func (d *design) row(i int) ([]int32, []float64) {
	return d.idx[d.start[i]:d.start[i+1]], d.val[d.start[i]:d.start[i+1]]
}

// independent tells which of p columns are not combinations of those before
// them. The rows are first turned into a triangle with the same geometry.
func independent(d *design, p int) []bool {
	tri := triangle{make([]float64, p*p), p}
	x := make([]float64, p)
	for i := range d.n {
		idx, val := d.row(i)
		clear(x)
		for a, k := range idx {
			x[k] = val[a]
		}
		tri.add(x)
	}
	kept := make([]bool, p)
	var basis [][]float64
	for j := range kept {
		v := tri.column(j)
		before := norm(v)
		project(v, basis)
		if after := norm(v); after > aliasTolerance*before {
			kept[j] = true
			basis = append(basis, scaled(v, 1/after))
		}
	}
	return kept
}

// triangle is the upper triangular factor of the rows added so far (Givens
// rotations: Golub and Van Loan, Matrix Computations, 5.1).
type triangle struct {
	r []float64
	p int
}

func (t triangle) add(x []float64) {
	for j := range x {
		if x[j] == 0 {
			continue
		}
		row := t.r[j*t.p : (j+1)*t.p]
		h := math.Hypot(row[j], x[j])
		c, s := row[j]/h, x[j]/h
		for k := j; k < t.p; k++ {
			row[k], x[k] = c*row[k]+s*x[k], c*x[k]-s*row[k]
		}
		x[j] = 0
	}
}

func (t triangle) column(j int) []float64 {
	v := make([]float64, t.p)
	for i := range v {
		v[i] = t.r[i*t.p+j]
	}
	return v
}
