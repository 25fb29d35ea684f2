package cellkey

import (
	"math"
	"sort"
)

// Probabilities of the changes -min(count, furthest) to furthest for a count:
// of all with mean 0 and this variance, those of largest entropy. They have the
// form exp(a + b·v + c·v²); b and c are found by Newton's method with step
// halving on the dual, which is convex. Small counts whose variance cannot be
// reached, because they may not fall below 0, get the largest that a mean of 0
// allows up to it. Valid for counts from 1.
func Probabilities(count, furthest int, variance float64) []float64 {
	low := -min(count, furthest)
	largest := float64(-low * furthest) // of two points, the ends, with mean 0
	variance = math.Min(variance, 0.95*largest)
	b, c := 0.0, -0.5/variance
	for range 200 {
		g, h := moments(low, furthest, b, c, variance)
		if math.Hypot(g[0], g[1]) < 1e-14 {
			break
		}
		det := h[0]*h[2] - h[1]*h[1]
		db, dc := (h[2]*g[0]-h[1]*g[1])/det, (h[0]*g[1]-h[1]*g[0])/det
		step := 1.0
		now := dual(low, furthest, b, c, variance)
		for step > 1e-12 && dual(low, furthest, b-step*db, c-step*dc, variance) > now {
			step /= 2
		}
		b, c = b-step*db, c-step*dc
	}
	out := weights(low, furthest, b, c)
	sum := 0.0
	for _, w := range out {
		sum += w
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

func weights(low, high int, b, c float64) []float64 {
	var out []float64
	for v := low; v <= high; v++ {
		x := float64(v)
		out = append(out, math.Exp(b*x+c*x*x))
	}
	return out
}

// dual is the logarithm of the sum of the weights, less c times the variance.
func dual(low, high int, b, c, variance float64) float64 {
	sum := 0.0
	for _, w := range weights(low, high, b, c) {
		sum += w
	}
	return math.Log(sum) - c*variance
}

// moments are the slope of the dual and its curvature.
func moments(low, high int, b, c, variance float64) (g [2]float64, h [3]float64) {
	var m [5]float64
	for i, w := range weights(low, high, b, c) {
		x := float64(low + i)
		for k, power := 0, 1.0; k < 5; k, power = k+1, power*x {
			m[k] += w * power
		}
	}
	for k := 4; k >= 0; k-- {
		m[k] /= m[0]
	}
	g = [2]float64{m[1], m[2] - variance}
	h = [3]float64{m[2] - m[1]*m[1], m[3] - m[1]*m[2], m[4] - m[2]*m[2]}
	return g, h
}

// shares rounds probabilities to 256ths that add up, by largest remainders.
func shares(p []float64) []int {
	out := make([]int, len(p))
	order := make([]int, len(p))
	left := Keys
	for i := range p {
		out[i] = int(p[i] * Keys)
		left -= out[i]
		order[i] = i
	}
	rest := func(i int) float64 { return p[i]*Keys - math.Floor(p[i]*Keys) }
	sort.SliceStable(order, func(a, b int) bool { return rest(order[a]) > rest(order[b]) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// balance moves single keys between neighbouring changes, the fullest first,
// until they cancel out.
func balance(share []int, from int) {
	for range Keys {
		mean := 0
		for i, n := range share {
			mean += n * (from + i)
		}
		if mean == 0 {
			return
		}
		by := 1
		if mean > 0 {
			by = -1
		}
		best := -1
		for i := range share {
			if to := i + by; to >= 0 && to < len(share) && share[i] > 0 && (best < 0 || share[i] > share[best]) {
				best = i
			}
		}
		share[best]--
		share[best+by]++
	}
}
