package hypergeometric

import (
	"math"
	"math/big"
	"sort"
)

// Tie is how a table counts as no more likely than the one observed.
type Tie int

// The rules for ties.
const (
	Relative Tie = iota // P <= P_obs (1 + 1e-7), the rule of R
	Exact               // P <= P_obs, in whole numbers
	Below               // P < P_obs (1 - 1e-7)
)

const slack = 1e-7

// LogTwoSided is the logarithm of the sum of P(a = k) over every k that is as unlikely as the one observed, by a
// rule for ties. It is -Inf where there is none.
func (m Margins) LogTwoSided(observed int64, tie Tie) float64 {
	low, high := m.ends(observed, tie)
	if low >= high-1 {
		return 0
	}
	lower, upper := math.Inf(-1), math.Inf(-1)
	if low >= m.Low() {
		lower = m.LogLower(low)
	}
	if high <= m.High() {
		upper = m.LogUpper(high)
	}
	top := max(lower, upper)
	if math.IsInf(top, -1) {
		return top
	}
	return min(0, top+math.Log(math.Exp(lower-top)+math.Exp(upper-top)))
}

// ends are the last k of the lower tail and the first of the upper tail that count.
func (m Margins) ends(observed int64, tie Tie) (low, high int64) {
	mode := m.Mode()
	counts := m.counting(observed, tie)
	below := sort.Search(int(mode-m.Low()+1), func(i int) bool { return !counts(m.Low() + int64(i)) })
	above := sort.Search(int(m.High()-mode+1), func(i int) bool { return counts(mode + int64(i)) })
	return m.Low() + int64(below) - 1, mode + int64(above)
}

// counting reports whether P(a = k) counts beside the one observed.
func (m Margins) counting(observed int64, tie Tie) func(k int64) bool {
	at := m.LogP(observed)
	return func(k int64) bool {
		diff := m.LogP(k) - at
		switch tie {
		case Relative:
			return diff <= math.Log1p(slack)
		case Below:
			return diff < math.Log1p(-slack)
		}
		if math.Abs(diff) > 1e-8*(1+math.Abs(at)/1e4) {
			return diff < 0
		}
		return m.compare(k, observed) <= 0
	}
}

// compare orders P(a = k) and P(a = j) in whole numbers.
func (m Margins) compare(k, j int64) int {
	if k < j {
		return -m.compare(j, k)
	}
	if m.Row1 == m.Row0 && k+j == m.Events || 2*m.Events == m.Row1+m.Row0 && k+j == m.Row1 {
		return 0 // they mirror each other
	}
	span := k - j // P(k)/P(j) is a quotient of four falling products
	above := new(big.Int).Mul(product(m.Row1-k+1, span), product(m.Events-k+1, span))
	below := new(big.Int).Mul(product(j+1, span), product(m.Row0-m.Events+j+1, span))
	return above.Cmp(below)
}

// product is from * (from+1) * ..., n factors.
func product(from, n int64) *big.Int { return new(big.Int).MulRange(from, from+n-1) }
