package firth

// cone projects the sum b of the rows onto the directions u that none of them
// forbids, x'u >= 0, and returns nil when only u = 0 is left. By Moreau's theorem
// u = b + sum(m x) for the multipliers m >= 0 that make it shortest, and u = 0
// only if no allowed direction moves any row. The multipliers are found by the
// active sets of Lawson and Hanson (Solving Least Squares Problems, 1974, ch. 23).
func cone(rows [][]float64) []float64 {
	b := make([]float64, len(rows[0]))
	for _, x := range rows {
		addScaled(b, 1, x)
	}
	small := 1e-10 * float64(len(rows))
	var active []int
	m := map[int]float64{}
	u := b
	for range 50 * (len(b) + 1) {
		worst, at := -small, -1
		for i, x := range rows {
			if v := dot(x, u); v < worst && !has(active, i) {
				worst, at = v, i
			}
		}
		if at < 0 {
			break
		}
		active = append(active, at)
		active = settle(rows, b, active, m)
		u = scaled(b, 1)
		for _, i := range active {
			addScaled(u, m[i], rows[i])
		}
	}
	if norm(u) <= 1e-9*float64(len(rows)) {
		return nil
	}
	return u
}

func has(list []int, one int) bool {
	for _, i := range list {
		if i == one {
			return true
		}
	}
	return false
}

// settle finds the best multipliers of the active rows, and lets go of those that
// would be negative.
func settle(rows [][]float64, b []float64, active []int, m map[int]float64) []int {
	for len(active) > 0 {
		best, independent := leastSquares(rows, b, active)
		if !independent {
			last := active[len(active)-1]
			delete(m, last)
			return active[:len(active)-1]
		}
		share := 1.0
		for x, i := range active {
			if best[x] <= 0 {
				share = min(share, m[i]/(m[i]-best[x]))
			}
		}
		for x, i := range active {
			m[i] += share * (best[x] - m[i])
		}
		if share == 1 {
			return active
		}
		var kept []int
		for x, i := range active {
			if m[i] > 1e-12 || best[x] > 0 {
				kept = append(kept, i)
			} else {
				delete(m, i)
			}
		}
		active = kept
	}
	return active
}

// leastSquares finds the multipliers that make b + sum(m x) shortest, by
// orthogonalising the active rows.
func leastSquares(rows [][]float64, b []float64, active []int) ([]float64, bool) {
	k := len(active)
	q := make([][]float64, 0, k)
	r := make([]float64, k*k)
	for y, i := range active {
		v := scaled(rows[i], 1)
		for range 2 {
			for x, e := range q {
				along := dot(v, e)
				r[x*k+y] += along
				addScaled(v, -along, e)
			}
		}
		left := norm(v)
		if left < 1e-9 {
			return nil, false
		}
		r[y*k+y] = left
		q = append(q, scaled(v, 1/left))
	}
	m := make([]float64, k)
	for x := k - 1; x >= 0; x-- {
		m[x] = -dot(b, q[x])
		for y := x + 1; y < k; y++ {
			m[x] -= r[x*k+y] * m[y]
		}
		m[x] /= r[x*k+x]
	}
	return m, true
}
