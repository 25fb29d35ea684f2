package firth

import (
	"math"
	"slices"
)

// held says what a climb keeps fixed. A fixed coefficient stays where the start
// has it; a fixed intercept moves with the others by couple, so that it is the
// intercept of uncentred columns that stays.
type held struct {
	fixed  []bool
	couple []float64
}

// peak is where a climb ended.
type peak struct {
	beta []float64
	ll   float64
	// For one fixed coefficient k: the slope of the profile there, and the path
	// of the others for each unit that it moves.
	slope   float64
	tangent []float64
	curve   float64 // minus the second derivative of the profile
}

// climbing is how far a climb has come.
type climbing struct {
	s     *surface
	held  held
	free  []int
	a, g  []float64 // second derivatives and slope along what is free
	trust bool      // a holds the exact second derivatives of this point
}

// fine is the gain still to be had at which one more exact step ends a climb;
// rough is enough to see whether a start leads anywhere.
const fine, rough = 1e-13, 1e-5

// climb finds the highest point of the likelihood near a start, by Newton's
// method with halved steps; where the surface does not curve down, by Fisher's
// scoring. It reports false when it finds none.
func (s *surface) climb(start []float64, h held, enough float64) (peak, bool) {
	c := climbing{s: s, held: h}
	for j, fixed := range h.fixed {
		if !fixed {
			c.free = append(c.free, j)
		}
	}
	c.a, c.g = make([]float64, len(c.free)*len(c.free)), make([]float64, len(c.free))
	if !s.at(start, nearby) {
		return peak{}, false
	}
	before := math.Inf(1)
	for range 300 {
		step, gain := c.step()
		limit := enough
		if !c.trust {
			limit *= 1e-5
		}
		if gain < limit {
			return c.arrive(step, gain), true
		}
		how := nearby
		if gain > before/100 {
			how = anew
		}
		if !c.advance(step, how) {
			return c.arrive(nil, 0), gain < 1e-7*(1+math.Abs(s.ll)*1e-6)
		}
		before = gain
	}
	return peak{}, false
}

// step is where to go from here, in all coefficients, and twice the gain that a
// quadratic surface would give.
func (c *climbing) step() ([]float64, float64) {
	c.reduce(c.s.hess)
	c.trust = !c.s.penalised || c.s.cube != nil && c.s.p <= exactUpTo
	if !cholesky(c.a, len(c.free), 1e-12) {
		c.trust = false
		c.reduce(c.s.info)
		cholesky(c.a, len(c.free), 1e-15)
	}
	delta := slices.Clone(c.g)
	solve(c.a, len(c.free), delta)
	gain := dot(delta, c.g)
	if far := longest(delta); far > 5 {
		delta = scaled(delta, 5/far)
	}
	return c.spread(delta), gain
}

// reduce writes slope and second derivatives along what is free.
func (c *climbing) reduce(h []float64) {
	s, m := c.s, len(c.free)
	for x, j := range c.free {
		c.g[x] = s.grad[j] + c.z(j)*s.grad[0]
		for y, k := range c.free[:x+1] {
			c.a[x*m+y] = h[j*s.p+k] + c.z(j)*h[k] + c.z(k)*h[j] + c.z(j)*c.z(k)*h[0]
		}
	}
}

// z is how far the fixed intercept goes when coefficient j goes one unit.
func (c *climbing) z(j int) float64 {
	if c.held.couple == nil {
		return 0
	}
	return c.held.couple[j]
}

// spread turns a move of what is free into one of all coefficients.
func (c *climbing) spread(delta []float64) []float64 {
	out := make([]float64, c.s.p)
	for x, j := range c.free {
		out[j] = delta[x]
	}
	for x, j := range c.free {
		out[0] += c.z(j) * delta[x]
	}
	return out
}

// advance goes a step, or a half, a quarter and so on of it, to where it is no
// lower than here.
func (c *climbing) advance(step []float64, how bends) bool {
	s := c.s
	from, floor := slices.Clone(s.beta), s.ll-1e-13*(1+math.Abs(s.ll))
	for share := 1.0; share > 1e-10; share /= 2 {
		to := slices.Clone(from)
		addScaled(to, share, step)
		if s.at(to, how) && s.ll >= floor {
			return true
		}
	}
	s.at(from, anew)
	return false
}

// arrive takes the last step without working out the likelihood again: its gain
// is known to far more digits than are needed.
func (c *climbing) arrive(step []float64, gain float64) peak {
	s := c.s
	p := peak{beta: slices.Clone(s.beta), ll: s.ll + gain/2}
	k := slices.Index(c.held.fixed, true)
	if k >= 0 {
		p.slope = s.grad[k]
		c.tangent(k, &p)
	}
	if step != nil {
		addScaled(p.beta, 1, step)
		if k >= 0 {
			p.slope -= dot(s.hess[k*s.p:(k+1)*s.p], step)
		}
	}
	return p
}

// tangent works out how the others follow coefficient k.
func (c *climbing) tangent(k int, p *peak) {
	s := c.s
	delta := make([]float64, len(c.free))
	for x, j := range c.free {
		delta[x] = -(s.hess[k*s.p+j] + c.z(j)*s.hess[k*s.p])
	}
	c.reduce(s.hess)
	if !cholesky(c.a, len(c.free), 1e-12) {
		c.reduce(s.info)
		cholesky(c.a, len(c.free), 1e-15)
	}
	solve(c.a, len(c.free), delta)
	p.tangent = c.spread(delta)
	p.tangent[k]++
	p.curve = 0
	for j, t := range p.tangent {
		p.curve += t * dot(s.hess[j*s.p:(j+1)*s.p], p.tangent)
	}
}
