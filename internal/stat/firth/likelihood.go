package firth

import "math"

// surface is a log-likelihood over the coefficients of a design, and the room in
// which to work out its value and derivatives at a point. One goroutine uses one.
//
// The penalised log-likelihood (Firth 1993) is
//
//	l(b) = sum(y eta - n log(1 + exp(eta))) + 1/2 log det X'WX,
//
// W = n pi (1 - pi), without binomial coefficients. Its derivatives are exact.
type surface struct {
	d         *design
	p         int
	penalised bool
	shift     float64 // what the scales of the columns take from the penalty

	beta, grad []float64
	ll         float64
	info       []float64 // X'WX, both triangles
	hess       []float64 // minus the second derivatives, both triangles
	bent       []float64 // hess - info where it was last worked out exactly

	resid, w, skew []float64 // of each pattern: y - n pi, n pi (1 - pi), 1 - 2 pi
	factor, inv    []float64
	cube, turned   []float64 // see traces
}

// exactUpTo is the number of coefficients up to which every step works out the
// second derivatives of the penalty anew; bentUpTo, that up to which it ever does.
const exactUpTo, bentUpTo = 40, 120

func newSurface(d *design, penalised bool) *surface {
	p := len(d.cols)
	square := func() []float64 { return make([]float64, p*p) }
	s := &surface{d: d, p: p, penalised: penalised,
		beta: make([]float64, p), grad: make([]float64, p),
		info: square(), hess: square(), bent: square(), factor: square(), inv: square(),
		resid: make([]float64, len(d.n)), w: make([]float64, len(d.n)), skew: make([]float64, len(d.n))}
	for _, c := range d.cols {
		s.shift += math.Log(c.scale)
	}
	if penalised && p <= bentUpTo {
		s.cube, s.turned = make([]float64, p*p*p), make([]float64, p*p*p)
	}
	return s
}

// bends says whether the second derivatives of the penalty are worked out, or may
// be those of a point nearby where a model has so many that it takes long.
type bends int

const (
	anew bends = iota
	nearby
)

// at moves to a point and reports whether the likelihood can be worked out there.
func (s *surface) at(beta []float64, how bends) bool {
	copy(s.beta, beta)
	s.ll = 0
	clear(s.grad)
	clear(s.info)
	for i := range s.d.n {
		s.pattern(i)
	}
	mirror(s.info, s.p)
	copy(s.hess, s.info)
	copy(s.factor, s.info)
	if !cholesky(s.factor, s.p, 1e-14) || math.IsInf(s.ll, 0) || math.IsNaN(s.ll) {
		s.ll = math.Inf(-1)
		return false
	}
	if s.penalised {
		s.penalty(how)
	}
	return true
}

// pattern adds what one row gives to the likelihood without penalty.
func (s *surface) pattern(i int) {
	idx, val := s.d.row(i)
	eta := 0.0
	for a, k := range idx {
		eta += s.beta[k] * val[a]
	}
	y, n := s.d.y[i], s.d.n[i]
	e := math.Exp(-math.Abs(eta))
	small, large := e/(1+e), 1/(1+e)
	pi, rest := large, small
	if eta < 0 {
		pi, rest = small, large
	}
	// log pi = min(eta, 0) - log(1 + e), log(1 - pi) = min(-eta, 0) - log(1 + e)
	s.ll += y*math.Min(eta, 0) + (n-y)*math.Min(-eta, 0) - n*math.Log1p(e)
	s.resid[i] = y*rest - (n-y)*pi
	s.w[i] = n * small * large
	s.skew[i] = rest - pi
	for a, k := range idx {
		s.grad[k] += s.resid[i] * val[a]
		wa := s.w[i] * val[a]
		line := s.info[int(k)*s.p:]
		for b, l := range idx[:a+1] {
			line[l] += wa * val[b]
		}
	}
}

// penalty adds Firth's penalty to value, slope and second derivatives.
func (s *surface) penalty(how bends) {
	p := s.p
	for j := range p {
		s.ll += math.Log(s.factor[j*p+j])
	}
	s.ll += s.shift
	invert(s.factor, p, s.inv)
	exact := s.cube != nil && (how == anew || p <= exactUpTo)
	if exact {
		clear(s.cube)
		clear(s.bent)
	}
	for i := range s.d.n {
		idx, val := s.d.row(i)
		hat := s.hat(idx, val)
		lean := s.w[i] * s.skew[i]
		for a, k := range idx {
			s.grad[k] += 0.5 * lean * hat * val[a]
		}
		if exact {
			s.bend(i, hat)
		}
	}
	if exact {
		s.traces()
		mirror(s.bent, p)
	}
	for k, b := range s.bent {
		s.hess[k] += b
	}
}

// hat is x' (X'WX)^-1 x.
func (s *surface) hat(idx []int32, val []float64) float64 {
	h := 0.0
	for a, k := range idx {
		line := s.inv[int(k)*s.p:]
		off := 0.0
		for b, l := range idx[:a] {
			off += line[l] * val[b]
		}
		h += val[a] * (2*off + line[k]*val[a])
	}
	return h
}

// bend adds to the second derivatives of the penalty what comes of the curve of
// one weight, and to the cube what comes of its slope.
func (s *surface) bend(i int, hat float64) {
	idx, val := s.d.row(i)
	p := s.p
	slope := s.w[i] * s.skew[i]
	curve := -0.5 * hat * s.w[i] * (1 - 1.5*(1-s.skew[i]*s.skew[i])) // w'' = w (1 - 6 pi (1 - pi))
	for a, k := range idx {
		ca, sa := curve*val[a], slope*val[a]
		line := s.bent[int(k)*p:]
		for b, l := range idx[:a+1] {
			line[l] += ca * val[b]
			sab := sa * val[b]
			deep := s.cube[(int(k)*p+int(l))*p:]
			for c, m := range idx[:b+1] {
				deep[m] += sab * val[c]
			}
		}
	}
}

// traces adds 1/2 tr(V D_j V D_k) to the second derivatives, where V is the
// inverse of X'WX and D_j its derivative for coefficient j, which the cube holds.
func (s *surface) traces() {
	p := s.p
	half := make([]float64, p*p) // inverse of the factor
	for j := range p {
		for i := j; i < p; i++ {
			e := 0.0
			if i == j {
				e = 1
			}
			for k := j; k < i; k++ {
				e -= s.factor[i*p+k] * half[k*p+j]
			}
			half[i*p+j] = e / s.factor[i*p+i]
		}
	}
	slice, part := make([]float64, p*p), make([]float64, p*p)
	for j := range p {
		s.slice(j, slice)
		for b := range p {
			for a := range p {
				part[b*p+a] = dot(slice[a*p:a*p+b+1], half[b*p:b*p+b+1])
			}
		}
		turned := s.turned[j*p*p : (j+1)*p*p]
		for a := range p {
			for b := range a + 1 {
				x := dot(half[a*p:a*p+a+1], part[b*p:b*p+a+1])
				turned[a*p+b], turned[b*p+a] = x, x
			}
		}
		for k := range j + 1 {
			s.bent[j*p+k] += 0.5 * dot(turned, s.turned[k*p*p:(k+1)*p*p])
		}
	}
}

// slice is the derivative of X'WX for coefficient j. The cube holds each triple
// once, the largest place first.
func (s *surface) slice(j int, out []float64) {
	p := s.p
	for a := range p {
		for b := range a + 1 {
			x, y, z := j, a, b
			if y > x {
				x, y = y, x
			}
			if z > y {
				y, z = z, y
			}
			v := s.cube[(x*p+y)*p+z]
			out[a*p+b], out[b*p+a] = v, v
		}
	}
}

// mirror copies the lower triangle of a matrix into the upper.
func mirror(a []float64, p int) {
	for i := range p {
		for j := range i {
			a[j*p+i] = a[i*p+j]
		}
	}
}
