package crosstab

import "math"

// logFactorial is log n!.
func logFactorial(n int64) float64 {
	lg, _ := math.Lgamma(float64(n) + 1)
	return lg
}

// marksOfFactorials gives low! to high! numbers that differ by the sums of what stands for their prime factors, modulo
// 2^64. Products of factorials that are equal have equal sums; for unequal ones to have equal sums would take an
// accident of one in 2^64.
func marksOfFactorials(low, high int64) []uint64 {
	out := make([]uint64, high-low+1)
	for x := low + 1; x <= high; x++ {
		out[x-low] = out[x-low-1] + mark(uint64(x))
	}
	return out
}

// mark is the sum of what stands for the prime factors of a number.
func mark(x uint64) (sum uint64) {
	for _, p := range []uint64{2, 3} {
		sum += taken(p, &x)
	}
	for p := uint64(5); p*p <= x; p += 6 { // 2 and 3 divide none of p and p + 2
		sum += taken(p, &x) + taken(p+2, &x)
	}
	if x > 1 {
		sum += scatter(x)
	}
	return sum
}

// taken divides a number by a prime as often as it can be.
func taken(p uint64, x *uint64) (sum uint64) {
	for *x%p == 0 {
		sum += scatter(p)
		*x /= p
	}
	return sum
}

// scatter turns a small number into one of 64 bits without pattern. Source: Steele, Lea and Flood, OOPSLA 2014.
func scatter(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
