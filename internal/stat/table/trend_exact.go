package table

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
)

// TrendExact is the distribution of T, the sum of the scores of everybody with the event, when the sizes of groups and
// the number of events are fixed. Source: Cox (1958); Agresti, Mehta and Patel, JASA 85 (1990) 453-458. Where it would
// take too much work only T and its expectation are defined.
type TrendExact struct {
	T           figure.Figure `json:"T"`
	Expected    figure.Figure `json:"exp"`
	Observed    figure.Figure `json:"p_obs"`
	Less        figure.Figure `json:"less"`
	Greater     figure.Figure `json:"greater"`
	Central     figure.Figure `json:"two_sided_central"` // twice the smaller tail
	AbsDev      figure.Figure `json:"two_sided_absdev"`  // |T - exp| at least as large
	MidLess     figure.Figure `json:"midp_less"`
	MidGreater  figure.Figure `json:"midp_greater"`
	MidTwoSided figure.Figure `json:"midp_two_sided"`
}

// trendEffort is how many steps the exact distribution may take.
const trendEffort = 400_000_000

func (d dose) exact() TrendExact {
	events, people := d.totals()
	u := figure.Undefined
	out := TrendExact{u, u, u, u, u, u, u, u, u, u}
	var t, expected float64
	for i, s := range d.scores {
		t += s * float64(d.x[i])
		expected += s * float64(d.n[i]) * float64(events) / float64(people)
	}
	out.T, out.Expected = figure.Figure(t), figure.Figure(expected)
	whole, ok := wholeScores(d.scores)
	if !ok {
		return out
	}
	p, ok := d.convolve(whole)
	if !ok {
		return out
	}
	at, weighted := int64(0), int64(0) // T, and N times its expectation, in whole scores
	for i, s := range whole {
		at += s * d.x[i]
		weighted += s * d.n[i] * events
	}
	out.fill(p, at, weighted, people)
	return out
}

// fill sums the probabilities of every T.
func (e *TrendExact) fill(p []mass, at, weighted, people int64) {
	var below, same, above, far float64
	bar := abs(at*people - weighted)
	for _, one := range p {
		switch {
		case one.t < at:
			below += one.p
		case one.t > at:
			above += one.p
		default:
			same = one.p
		}
		if abs(one.t*people-weighted) >= bar {
			far += one.p
		}
	}
	sum := below + same + above
	below, same, above, far = below/sum, same/sum, above/sum, far/sum
	less, greater := below+same/2, above+same/2
	e.Observed, e.Less, e.Greater = figure.Figure(same), figure.Figure(below+same), figure.Figure(above+same)
	e.Central, e.AbsDev = figure.Figure(min(1, 2*min(below+same, above+same))), figure.Figure(min(1, far))
	e.MidLess, e.MidGreater, e.MidTwoSided = figure.Figure(less), figure.Figure(greater), figure.Figure(min(1, 2*min(less, greater)))
}

func abs(x int64) int64 { return max(x, -x) }

// mass is the weight of one T.
type mass struct {
	t int64
	p float64
}

// convolve gives the weight of each T that can come about, in order, from binomial weights of each group; ok is false
// where that takes too much work.
func (d dose) convolve(scores []int64) (weight []mass, ok bool) {
	events, people := d.totals()
	if float64(events)*float64(slices.Max(scores))*float64(people) > 4e18 {
		return nil, false
	}
	few := min(events, people-events) // those without the event, where they are fewer
	if d.tooMuch(scores, few) {
		return nil, false
	}
	rate := shares{float64(few) / float64(people), float64(people-few) / float64(people)}
	states, work := reached{0, [][]mass{{{0, 1}}}}, trendEffort
	rest := people
	for _, i := range byScore(scores) {
		n := d.n[i]
		rest -= n
		last := states.least + int64(len(states.sums)) - 1
		next := reached{least: max(0, few-rest)}
		next.sums = make([][]mass, min(few, last+n)-next.least+1)
		for so := last; so >= states.least; so-- { // from the smallest T to the largest
			g := doseGroup{so, n, scores[i]}
			if work -= g.spread(states.sums[so-states.least], next, rate); work < 0 {
				return nil, false
			}
		}
		states = next
	}
	return d.unflip(states.sums[few-states.least], scores, few < events), true
}

// reached is the weights of sums by how many events there are so far, from the least there must be, since the groups
// that follow have no more people.
type reached struct {
	least int64
	sums  [][]mass
}

// doseGroup is one group of a trend after so many events: its people, and its score in whole numbers.
type doseGroup struct{ so, n, score int64 }

// spread gives each number of events in the group its weight, and tells the steps that took.
func (g doseGroup) spread(sums []mass, next reached, rate shares) (steps int) {
	most := next.least + int64(len(next.sums)) - 1
	for x := max(0, next.least-g.so); x <= min(g.n, most-g.so); x++ {
		w := math.Exp(distribution.LogBinomial(float64(x), float64(g.n-x), rate.with, rate.without))
		to := &next.sums[g.so+x-next.least]
		steps += len(sums) + 20
		*to = merged(*to, sums, x*g.score, w)
	}
	return steps
}

// shares is how many of all have the event, and how many have not.
type shares struct{ with, without float64 }

// byScore is the groups from the lowest score to the highest.
func byScore(scores []int64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	return order
}

// added adds weights in place where T leaves few numbers out; ok is false where it leaves many.
func added(into, from []mass, shift int64, w float64) (out []mass, ok bool) {
	n, last := int64(len(into)), from[len(from)-1].t+shift
	if n == 0 || into[n-1].t-into[0].t != n-1 || from[0].t+shift < into[0].t || last-into[0].t > 2*n+100 {
		return into, false
	}
	for t := into[n-1].t + 1; t <= last; t++ {
		into = append(into, mass{t, 0})
	}
	for _, one := range from {
		into[one.t+shift-into[0].t].p += one.p * w
	}
	return into, true
}

// merged adds weights to others that are in order, moved by a shift and multiplied.
func merged(into, from []mass, shift int64, w float64) []mass {
	if len(from) == 0 {
		return into
	}
	if out, ok := added(into, from, shift, w); ok {
		return out
	}
	out := make([]mass, 0, len(into)+len(from))
	i := 0
	for _, one := range from {
		t := one.t + shift
		for i < len(into) && into[i].t < t {
			out = append(out, into[i])
			i++
		}
		p := one.p * w
		if i < len(into) && into[i].t == t {
			p += into[i].p
			i++
		}
		out = append(out, mass{t, p})
	}
	return append(out, into[i:]...)
}

// unflip turns the T of those without the event into that of those with it.
func (d dose) unflip(weight []mass, scores []int64, flipped bool) []mass {
	if !flipped {
		return weight
	}
	all := int64(0)
	for i, s := range scores {
		all += s * d.n[i]
	}
	for i := range weight {
		weight[i].t = all - weight[i].t
	}
	return weight
}

// wholeScores are the scores as whole numbers from 0 without a common divisor; ok is false for scores with more than
// nine decimals or of very different sizes.
func wholeScores(scores []float64) (whole []int64, ok bool) {
	scale := 1.0
	for _, s := range scores {
		_, decimals, _ := strings.Cut(strconv.FormatFloat(s, 'f', -1, 64), ".")
		scale = max(scale, math.Pow10(len(decimals)))
	}
	if scale > 1e9 {
		return nil, false
	}
	least := int64(math.MaxInt64)
	for _, s := range scores {
		if math.Abs(s*scale) > 1e15 {
			return nil, false
		}
		whole = append(whole, int64(math.Round(s*scale)))
		least = min(least, whole[len(whole)-1])
	}
	common := int64(0)
	for i := range whole {
		whole[i] -= least
		common = divisor(common, whole[i])
	}
	for i := range whole {
		whole[i] /= max(1, common)
	}
	return whole, true
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
