package firth

import "math"

// A pattern in which everybody or nobody had the event pushes: the likelihood
// never falls along a direction u with side * x'u >= 0. A pattern with both
// outcomes allows only directions with x'u = 0. Directions that all patterns allow
// are those of recession; along them maximum likelihood has no end (Albert and
// Anderson, Biometrika 71 (1984) 1-10).

// separation finds, exactly and without watching iterations, which coefficients
// maximum likelihood would send to infinity, and to which side: 1, -1, or 0 for
// the others. Coefficients that may go either way without changing the limit of
// the fit go where the projection of cone.go leads, and may stay. A coefficient
// is infinite when the patterns that keep both outcomes in the limit do not
// determine it (Geyer 2009).
func (d *design) separation() []float64 {
	p := len(d.cols)
	signs := make([]float64, p)
	basis, pure := d.mixedSpan()
	if len(basis) == p {
		return signs
	}
	for len(pure) > 0 {
		u := cone(pure)
		if u == nil {
			break
		}
		for j := range signs {
			if v := dot(d.functional(j), u); signs[j] == 0 && math.Abs(v) > 1e-9*norm(u)*norm(d.functional(j)) {
				signs[j] = math.Copysign(1, v)
			}
		}
		pure = unmoved(pure, u)
	}
	for _, x := range pure {
		basis = extend(basis, x)
	}
	for j := range signs {
		f := d.functional(j)
		long := norm(f)
		project(f, basis)
		if norm(f) <= 1e-7*long {
			signs[j] = 0
		}
	}
	return signs
}

// functional gives coefficient j of uncentred columns when it is multiplied with
// the coefficients as the design holds them, but for the scale of column j.
func (d *design) functional(j int) []float64 {
	f := make([]float64, len(d.cols))
	f[j] = 1
	if j == 0 {
		for k, c := range d.cols[1:] {
			f[k+1] = -c.mean / c.scale
		}
	}
	return f
}

// mixedSpan is an orthonormal basis of the patterns with both outcomes, and what
// the others have besides it, turned so that every one must not be negative.
func (d *design) mixedSpan() (basis, pure [][]float64) {
	p := len(d.cols)
	for i := range d.n {
		if d.y[i] > 0 && d.y[i] < d.n[i] && len(basis) < p {
			basis = extend(basis, d.dense(i, 1))
		}
	}
	for i := range d.n {
		if len(basis) == p || d.y[i] > 0 && d.y[i] < d.n[i] {
			continue
		}
		side := 1.0
		if d.y[i] == 0 {
			side = -1
		}
		x := d.dense(i, side)
		long := norm(x)
		project(x, basis)
		if left := norm(x); left > 1e-9*long {
			pure = append(pure, scaled(x, 1/left))
		}
	}
	return basis, pure
}

func (d *design) dense(i int, side float64) []float64 {
	x := make([]float64, len(d.cols))
	idx, val := d.row(i)
	for a, k := range idx {
		x[k] = side * val[a]
	}
	return x
}

// extend adds to an orthonormal basis what a vector has besides it.
func extend(basis [][]float64, x []float64) [][]float64 {
	long := norm(x)
	v := scaled(x, 1)
	project(v, basis)
	if left := norm(v); left > 1e-9*long {
		return append(basis, scaled(v, 1/left))
	}
	return basis
}

// unmoved are the patterns whose fit does not change along a direction.
func unmoved(pure [][]float64, u []float64) [][]float64 {
	var out [][]float64
	least := 1e-8 * norm(u)
	for _, x := range pure {
		if dot(x, u) <= least {
			out = append(out, x)
		}
	}
	return out
}
