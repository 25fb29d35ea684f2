package hypergeometric

import (
	"math"

	"example.org/asye/internal/stat/distribution"
)

// Margins are the fixed sums of a table [[a, b], [c, d]]: the two rows, and how many events (a + c) they share.
// All are at least 0, and Events is at most Row1 + Row0.
type Margins struct{ Row1, Row0, Events int64 }

// Low is the least that a can be.
func (m Margins) Low() int64 { return max(0, m.Events-m.Row0) }

// High is the most that a can be.
func (m Margins) High() int64 { return min(m.Row1, m.Events) }

// Mode is a most likely value of a.
func (m Margins) Mode() int64 {
	mode := (float64(m.Row1) + 1) * (float64(m.Events) + 1) / (float64(m.Row1+m.Row0) + 2)
	return min(max(int64(mode), m.Low()), m.High())
}

// up is P(a = k+1) / P(a = k).
func (m Margins) up(k int64) float64 {
	return float64(m.Row1-k) * float64(m.Events-k) / (float64(k+1) * float64(m.Row0-m.Events+k+1))
}

// LogP is the logarithm of P(a = k), for k from Low to High.
func (m Margins) LogP(k int64) float64 {
	total := float64(m.Row1 + m.Row0)
	if total == 0 {
		return 0
	}
	p, q := float64(m.Events)/total, (total-float64(m.Events))/total
	return distribution.LogBinomial(float64(k), float64(m.Row1-k), p, q) +
		distribution.LogBinomial(float64(m.Events-k), float64(m.Row0-m.Events+k), p, q) -
		distribution.LogBinomial(float64(m.Events), total-float64(m.Events), p, q)
}

// Sum is the logarithm of P(a >= k), or P(a <= k) when step is -1, where k is not on the near side of the mode;
// on the near side use its complement.
func (m Margins) sum(k, step int64) float64 {
	if k < m.Low() || k > m.High() {
		return math.Inf(-1)
	}
	total, term := 1.0, 1.0
	for at := k; ; at += step {
		if step > 0 {
			term *= m.up(at)
		} else {
			term /= m.up(at - 1)
		}
		if !(term > 1e-19*total) || at == m.High() && step > 0 || at == m.Low() && step < 0 {
			break
		}
		total += term
	}
	return m.LogP(k) + math.Log(total)
}

// LogUpper is the logarithm of P(a >= k).
func (m Margins) LogUpper(k int64) float64 {
	if k > m.Mode() {
		return m.sum(k, 1)
	}
	return math.Log1p(-math.Exp(m.sum(k-1, -1)))
}

// LogLower is the logarithm of P(a <= k).
func (m Margins) LogLower(k int64) float64 {
	if k < m.Mode() {
		return m.sum(k, -1)
	}
	return math.Log1p(-math.Exp(m.sum(k+1, 1)))
}
