package small

import (
	"math"
	"slices"
)

// ladder is a sum over k = 0, 1, 2, ... of a weight, the number of sizes above k,
// times a smooth function of k. Far up, many k are taken together.
type ladder []rung

type rung struct{ k, weight float64 }

// together is the k from which sums become integrals; what is neglected is then
// below 1e-13 of the sum.
const together = 2048

// gauss are the nodes and weights of Gauss and Legendre's rule of order 12 on
// -1 to 1, of which each stands for two (Abramowitz and Stegun, table 25.4).
var gauss = [6][2]float64{
	{0.125233408511468915472, 0.249147045813402785001}, {0.367831498998180193753, 0.233492536538354808761},
	{0.587317954286617447297, 0.203167426723065921749}, {0.769902674194304687037, 0.160078328543346226335},
	{0.904117256370474856678, 0.106939325995318430960}, {0.981560634246719250691, 0.047175336386511827195},
}

func newLadder(sizes []float64) ladder {
	sorted := slices.Sorted(slices.Values(sizes))
	var l ladder
	k := 0.0
	for i, size := range sorted {
		weight := float64(len(sorted) - i)
		for ; k < math.Min(size, together); k++ {
			l = append(l, rung{k, weight})
		}
		for k < size {
			next := math.Min(size, 2*k)
			l = l.panel(k, next, weight)
			k = next
		}
	}
	return l
}

// panel adds the sum over from <= k < to: singly if there are few, or as the
// integral from half a step earlier with the first term of its correction
// (Euler and Maclaurin, midpoint form).
func (l ladder) panel(from, to, weight float64) ladder {
	if to-from < 64 {
		for k := from; k < to; k++ {
			l = append(l, rung{k, weight})
		}
		return l
	}
	middle, half := (from+to)/2-0.5, (to-from)/2
	for _, g := range gauss {
		l = append(l, rung{middle - half*g[0], weight * half * g[1]}, rung{middle + half*g[0], weight * half * g[1]})
	}
	c := weight / 24
	return append(l, rung{to, -c}, rung{to - 1, c}, rung{from, c}, rung{from - 1, -c})
}

// at is the weight of the first rung.
func (l ladder) at(i int) float64 {
	if len(l) <= i {
		return 0
	}
	return l[i].weight
}

// log sums log(m + k phi).
func (l ladder) log(m, phi float64) float64 {
	s, lost := 0.0, 0.0
	for _, r := range l {
		x := r.weight*math.Log(m+r.k*phi) - lost
		t := s + x
		lost = (t - s) - x
		s = t
	}
	return s
}

// inverse sums 1 / (m + k phi) and its square.
func (l ladder) inverse(m, phi float64) (first, second float64) {
	for _, r := range l {
		x := 1 / (m + r.k*phi)
		first += r.weight * x
		second += r.weight * x * x
	}
	return first, second
}

// share sums k / (m + k phi).
func (l ladder) share(m, phi float64) float64 {
	s := 0.0
	for _, r := range l {
		s += r.weight * r.k / (m + r.k*phi)
	}
	return s
}
