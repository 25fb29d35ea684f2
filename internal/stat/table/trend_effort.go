package table

import "math"

// tooMuch reports whether the exact distribution would take more steps than it may, so that nobody waits for
// nothing. It goes through the groups as convolve does, and counts sums instead of adding them up.
func (d dose) tooMuch(scores []int64, few int64) bool {
	order := byScore(scores)
	_, rest := d.totals()
	steps, before := 0.0, int64(0)
	for place, i := range order {
		n, least := d.n[i], max(0, few-rest)
		rest -= n
		for so := least; so <= min(few, before); so++ {
			x := min(n, few-so) - max(0, few-rest-so) + 1
			if x <= 0 {
				continue
			}
			steps += float64(x) * (d.sums(scores, order[:place], so) + 20)
			if steps > trendEffort {
				return true
			}
		}
		before += n
	}
	return false
}

// sums is at most how many different sums of scores so many events in some groups can have; the groups stand from the
// lowest score to the highest.
func (d dose) sums(scores []int64, groups []int, so int64) float64 {
	if len(groups) == 0 {
		return 1
	}
	low, high := 0.0, 0.0
	for i, left := 0, so; i < len(groups) && left > 0; i++ {
		x := min(left, d.n[groups[i]])
		low += float64(x * scores[groups[i]])
		left -= x
	}
	for i, left := len(groups)-1, so; i >= 0 && left > 0; i-- {
		x := min(left, d.n[groups[i]])
		high += float64(x * scores[groups[i]])
		left -= x
	}
	return min(high-low+1, math.Pow(float64(so+1), float64(len(groups)-1)))
}
