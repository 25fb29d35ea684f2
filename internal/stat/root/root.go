// Package root finds where a function crosses zero.
package root

import "math"

// steps is far more than any of our functions needs: bisection alone ends after about 60.
const steps = 200

// Between finds a zero of f in [lo, hi], where f has different signs, to the last digit that f can tell.
// Source: Chandrupatla, Advances in Engineering Software 28 (1997) 145-149.
func Between(f func(float64) float64, lo, hi float64) float64 {
	a, b := lo, hi
	fa, fb := f(a), f(b)
	c, fc := a, fa
	t := 0.5
	for range steps {
		if fa == 0 {
			return a
		}
		x := a + t*(b-a)
		fx := f(x)
		if (fx > 0) == (fa > 0) {
			c, fc = a, fa
		} else {
			c, b, fc, fb = b, a, fb, fa
		}
		a, fa = x, fx
		near, fnear := a, fa
		if math.Abs(fb) < math.Abs(fa) {
			near, fnear = b, fb
		}
		tolerance := 2e-16*math.Abs(near) + 1e-300
		share := tolerance / math.Abs(b-c)
		if fnear == 0 || share > 0.5 {
			return near
		}
		t = min(1-share, max(share, step(point{a, fa}, point{b, fb}, point{c, fc})))
	}
	return a
}

type point struct{ x, f float64 }

// step is where to look next, as a share of the way from a to b: inverse quadratic interpolation where
// that is safe, and the middle where it is not.
func step(a, b, c point) float64 {
	xi := (a.x - b.x) / (c.x - b.x)
	phi := (a.f - b.f) / (c.f - b.f)
	if phi*phi < xi && (1-phi)*(1-phi) < 1-xi {
		return a.f/(b.f-a.f)*c.f/(b.f-c.f) + (c.x-a.x)/(b.x-a.x)*a.f/(c.f-a.f)*b.f/(c.f-b.f)
	}
	return 0.5
}

// Rising finds the zero of a function that does not fall, from a guess and the width in which it is
// likely; ok is false where f keeps one sign as far as reach from the guess.
func Rising(f func(float64) float64, guess, width, reach float64) (x float64, ok bool) {
	lo, hi := guess, guess
	if f(guess) < 0 {
		for f(hi) < 0 {
			if hi-guess >= reach {
				return hi, false
			}
			lo, hi = hi, min(hi+width, guess+reach)
			width *= 2
		}
		return Between(f, lo, hi), true
	}
	for f(lo) > 0 {
		if guess-lo >= reach {
			return lo, false
		}
		lo, hi = max(lo-width, guess-reach), lo
		width *= 2
	}
	return Between(f, lo, hi), true
}

// Newton finds the zero of a function that is nearly straight from a guess close to it; f gives the value and the
// slope. A step as short as near is the last, since the next would be its square. ok is false where steps do not become
// so short; then look for it another way. Source: Newton.
func Newton(f func(x float64) (value, slope float64), guess, near float64) (x float64, ok bool) {
	x = guess
	for range 8 {
		value, slope := f(x)
		step := value / slope
		x -= step
		if math.Abs(step) <= near {
			return x, true
		}
	}
	return x, false
}
