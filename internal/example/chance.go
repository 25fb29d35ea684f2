package example

import (
	"math/rand/v2"
	"sort"

	"example.org/asye/internal/asye"
)

// chance is where everything that is left open is decided: the same seed
// decides the same each time.
type chance struct{ *rand.Rand }

func newChance() chance { return chance{rand.New(rand.NewPCG(seed, 0))} }

// in is true so many times in a hundred.
func (c chance) in(percent float64) bool { return c.Float64()*100 < percent }

// between is a whole number, both ends included.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

func (c chance) of(list []string) string { return list[c.IntN(len(list))] }

// share is a value and how often it comes up, beside others.
type share struct {
	value  string
	weight float64
}

// pick draws one of some values by their weights.
func (c chance) pick(shares []share) string {
	total := 0.0
	for _, s := range shares {
		total += s.weight
	}
	at := c.Float64() * total
	for _, s := range shares {
		if at -= s.weight; at < 0 {
			return s.value
		}
	}
	return shares[len(shares)-1].value
}

// wheel draws one of many by weight: sums[i] is the weight of the first i+1.
type wheel []float64

func newWheel(weights []float64) wheel {
	w, sum := make(wheel, len(weights)), 0.0
	for i, weight := range weights {
		sum += weight
		w[i] = sum
	}
	return w
}

func (w wheel) turn(c chance) int { return sort.SearchFloat64s(w, c.Float64()*w[len(w)-1]) }

// monday is a Monday in the first weeks of a month.
func (c chance) monday(year, month int) asye.Date {
	day := asye.MustDate(firstOf(year, month)).AddDays(c.IntN(21))
	return day.AddDays((8 - int(day.Weekday())) % 7)
}

func firstOf(year, month int) string {
	digits := func(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
	return digits(year/100) + digits(year%100) + "-" + digits(month) + "-01"
}
