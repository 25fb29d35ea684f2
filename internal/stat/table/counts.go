package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/hypergeometric"
)

// most is how many people one table may count: beyond it products of counts would no longer be exact.
const most = 1_000_000_000

// TwoByTwo is a table [[A, B], [C, D]].
type TwoByTwo struct{ A, B, C, D int64 }

// Check says in a sentence why a table cannot be computed.
func (t TwoByTwo) Check() error {
	return checkCounts(t.A, t.B, t.C, t.D)
}

func checkCounts(counts ...int64) error {
	total := int64(0)
	for _, n := range counts {
		switch {
		case n < 0:
			return fmt.Errorf("A count is %d: counts of people are never negative.", n)
		case n > most || total+n > most:
			return fmt.Errorf("The table counts more than %d people, the most that is computed exactly.", most)
		}
		total += n
	}
	if total == 0 {
		return fmt.Errorf("The table counts nobody.")
	}
	return nil
}

func (t TwoByTwo) n1() float64     { return float64(t.A + t.B) }
func (t TwoByTwo) n0() float64     { return float64(t.C + t.D) }
func (t TwoByTwo) events() float64 { return float64(t.A + t.C) }
func (t TwoByTwo) others() float64 { return float64(t.B + t.D) }
func (t TwoByTwo) people() float64 { return float64(t.A + t.B + t.C + t.D) }

// cross is ad - bc, without loss.
func (t TwoByTwo) cross() float64 { return float64(t.A*t.D - t.B*t.C) }

// swapped has the groups the other way round.
func (t TwoByTwo) swapped() TwoByTwo { return TwoByTwo{t.C, t.D, t.A, t.B} }

// halved has 0.5 in addition in each cell.
func (t TwoByTwo) halved() (a, b, c, d float64) {
	return float64(t.A) + 0.5, float64(t.B) + 0.5, float64(t.C) + 0.5, float64(t.D) + 0.5
}

func (t TwoByTwo) margins() hypergeometric.Margins {
	return hypergeometric.Margins{Row1: t.A + t.B, Row0: t.C + t.D, Events: t.A + t.C}
}

// quotient is a/b: infinite when only b is zero, and not defined when both are.
func quotient(a, b float64) float64 {
	if b == 0 && a == 0 {
		return math.NaN()
	}
	return a / b
}
