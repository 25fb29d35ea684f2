package firth

import "math"

// dot adds in four lanes, which do not wait for each other.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s, t, u, v float64
	i := 0
	for ; i+3 < len(a); i += 4 {
		s += a[i] * b[i]
		t += a[i+1] * b[i+1]
		u += a[i+2] * b[i+2]
		v += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s += a[i] * b[i]
	}
	return (s + t) + (u + v)
}

func norm(v []float64) float64 { return math.Sqrt(dot(v, v)) }

func scaled(v []float64, by float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = x * by
	}
	return out
}

func addScaled(v []float64, by float64, u []float64) {
	for i, x := range u {
		v[i] += by * x
	}
}

// project takes out of v what lies along an orthonormal basis; twice, so that
// rounding leaves nothing behind.
func project(v []float64, basis [][]float64) {
	for range 2 {
		for _, b := range basis {
			addScaled(v, -dot(v, b), b)
		}
	}
}

func longest(v []float64) float64 {
	m := 0.0
	for _, x := range v {
		m = max(m, math.Abs(x))
	}
	return m
}

// cholesky overwrites the lower triangle of a symmetric p by p matrix with its
// factor, and reports whether the matrix is positive definite; slack is the share
// of a diagonal entry below which what is left of it counts as nothing.
func cholesky(a []float64, p int, slack float64) bool {
	for j := range p {
		row := a[j*p : j*p+p]
		left := row[j] - dot(row[:j], row[:j])
		if !(left > slack*row[j]) || math.IsInf(left, 0) {
			return false
		}
		root := math.Sqrt(left)
		row[j] = root
		for i := j + 1; i < p; i++ {
			below := a[i*p : i*p+p]
			below[j] = (below[j] - dot(below[:j], row[:j])) / root
		}
	}
	return true
}

// solve finds x with L L' x = b for a factor of cholesky, in place of b.
func solve(l []float64, p int, b []float64) {
	for i := range p {
		row := l[i*p : i*p+p]
		b[i] = (b[i] - dot(row[:i], b[:i])) / row[i]
	}
	for i := p - 1; i >= 0; i-- {
		b[i] /= l[i*p+i]
		for j, x := range l[i*p : i*p+i] {
			b[j] -= x * b[i]
		}
	}
}

// invert writes the inverse of L L' into out.
func invert(l []float64, p int, out []float64) {
	for j := range p {
		e := out[j*p : j*p+p]
		clear(e)
		e[j] = 1
		solve(l, p, e)
	}
}
