package small

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func close(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s is %.15g, not %.15g", what, got, want)
	}
}

// Binomial tails are those of exact fractions.
func TestTailsByFractions(t *testing.T) {
	for _, c := range []struct{ x, n, events, people int64 }{{6, 174, 24, 1660}, {0, 60, 1, 70}, {60, 60, 1, 70}, {150, 200, 1, 100}, {1, 2, 1, 2}, {33, 100, 1, 3}} {
		p := big.NewRat(c.events, c.people)
		q := new(big.Rat).Sub(big.NewRat(1, 1), p)
		below, at, above := new(big.Rat), new(big.Rat), new(big.Rat)
		for k := range c.n + 1 {
			term := new(big.Rat).SetInt(new(big.Int).Binomial(c.n, k))
			for i := range c.n {
				if i < k {
					term.Mul(term, p)
				} else {
					term.Mul(term, q)
				}
			}
			part := map[bool]*big.Rat{k < c.x: below, k == c.x: at, k > c.x: above}[true]
			part.Add(part, term)
		}
		pf, _ := p.Float64()
		qf, _ := q.Float64()
		b, a, u := binomial{float64(c.n), pf, qf}.tails(float64(c.x))
		for i, want := range []*big.Rat{below, at, above} {
			f, _ := want.Float64()
			if f != 0 || []float64{b, a, u}[i] != 0 {
				close(t, "tail", []float64{b, a, u}[i], f, 1e-12)
			}
		}
	}
}

// The beta distribution is that of order statistics: with whole parameters its
// tails are binomial.
func TestBetaTails(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		a, b := 1+r.IntN(300), 1+r.IntN(300)
		x := r.Float64()
		below, above := beta{float64(a), float64(b)}.tails(x, 1-x)
		less, at, more := binomial{float64(a + b - 1), x, 1 - x}.tails(float64(a))
		if below < 0.5 {
			close(t, "below", below, at+more, 1e-11)
		} else {
			close(t, "above", above, less, 1e-11)
		}
		for _, p := range []float64{1e-6, 0.025, 0.5, 0.975} {
			q := beta{float64(a) / 7, float64(b) / 3}.quantile(p)
			back, _ := beta{float64(a) / 7, float64(b) / 3}.tails(q, 1-q)
			close(t, "there and back", back, p, 1e-11)
		}
	}
	// x^a when b is 1, however small a is.
	if got := (beta{0.01, 1}).quantile(0.025); math.Abs(math.Log(got)-100*math.Log(0.025)) > 1e-9 {
		t.Errorf("the quantile is %v", got)
	}
}

// Sums far up the ladder are those of every step.
func TestLadder(t *testing.T) {
	sizes := []float64{3, 40, 2100, 2111, 2500, 9000, 123456}
	l := newLadder(sizes)
	for _, phi := range []float64{0, 1e-6, 1e-3, 1, 50} {
		logs, inverse, share := 0.0, 0.0, 0.0
		for _, size := range sizes {
			for k := range int(size) {
				u := 0.02 + float64(k)*phi
				logs += math.Log(u)
				inverse += 1 / u
				share += float64(k) / u
			}
		}
		got, _ := l.inverse(0.02, phi)
		close(t, "logs", l.log(0.02, phi), logs, 1e-12)
		close(t, "inverse", got, inverse, 1e-12)
		close(t, "share", l.share(0.02, phi), share, 1e-12)
	}
	if len(l) > 3*together {
		t.Errorf("%d rungs", len(l))
	}
}

// Garwood's (1936) intervals are in every table of the Poisson distribution.
func TestPoissonTabled(t *testing.T) {
	for _, c := range []struct {
		count     int64
		low, high float64
	}{{0, 0, 3.689}, {1, 0.025, 5.572}, {10, 4.795, 18.390}, {100, 81.364, 121.627}} {
		low, high := PoissonInterval(c.count)
		if math.Abs(low-c.low) > 5.1e-4 || math.Abs(high-c.high) > 5.1e-4 {
			t.Errorf("%d: %v to %v", c.count, low, high)
		}
	}
	for _, bad := range [][2]float64{{-1, 1}, {1, 0}, {1, math.NaN()}, {1, math.Inf(1)}} {
		if _, err := ObservedExpected(int64(bad[0]), bad[1]); err == nil {
			t.Errorf("%v is compared", bad)
		}
	}
	if r, err := ObservedExpected(1<<36, 1<<36); err != nil || math.Abs(float64(r.Exact[0])-(1-7.4767e-6)) > 1e-9 {
		t.Error(r, err)
	}
}

// Between the limits of a funnel lies the share they promise, as near as whole
// counts allow.
func TestFunnelLimits(t *testing.T) {
	for _, n := range []int64{1, 7, 60, 400, 5000, 1_000_000_000} {
		last := math.Inf(-1)
		for _, p := range []float64{0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999} {
			at := FunnelLimit(0.0145, n, p)
			if !(at > last) {
				t.Errorf("the limit at %v for %d is %v after %v", p, n, at, last)
			}
			last = at
			b := binomial{float64(n), 0.0145, 1 - 0.0145}
			_, _, above := b.tails(math.Floor(at*b.n + 1e-9))
			if at > 0 && (1-above) > p+0.5 {
				t.Errorf("above %v lies %v", at, above)
			}
		}
	}
	for _, bad := range []float64{0, 1, math.NaN()} {
		if !math.IsNaN(FunnelLimit(bad, 10, 0.5)) || !math.IsNaN(FunnelLimit(0.5, 10, bad)) {
			t.Errorf("there is a limit at %v", bad)
		}
	}
	if !math.IsNaN(FunnelLimit(0.5, 0, 0.5)) {
		t.Error("there is a limit for nobody")
	}
}

func rates(t *testing.T, list ...Count) *Report {
	t.Helper()
	r, err := Rates(list)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil || strings.Contains(string(text), "NaN") {
		t.Fatal(string(text), err)
	}
	return r
}

func TestEdges(t *testing.T) {
	r := rates(t, Count{"a", 0, 10}, Count{"b", 0, 20}, Count{"c", 0, 0})
	if e := r.Employers[0]; r.Theta0 != 0 || e.Mean != 0 || !math.IsNaN(float64(e.Z)) || e.PUpperMid != 0.5 {
		t.Errorf("nobody: %+v", r)
	}
	r = rates(t, Count{"a", 10, 10}, Count{"b", 0, 20}, Count{"c", 0, 0}, Count{"d", 4, 4})
	if bb := r.BetaBinomial; !bb.Boundary || bb.Rho != 1 || bb.Alpha != 0 || r.Employers[0].Mean != 1 || math.Abs(float64(bb.Mu)-2./3) > 1e-15 {
		t.Errorf("all or none: %+v", r)
	}
	r = rates(t, Count{"a", 1, 1}, Count{"b", 0, 1}, Count{"c", 1, 1})
	if bb := r.BetaBinomial; !bb.Boundary || bb.Rho != 0 || !math.IsNaN(float64(r.TaroneZ)) {
		t.Errorf("one person each: %+v", r)
	}
	r = rates(t, Count{"a", 3, 7})
	if e := r.Employers[0]; e.Z != 0 || !r.BetaBinomial.Boundary || e.Mean != r.Theta0 || e.PMid > 1 {
		t.Errorf("one employer: %+v", r)
	}
	r = rates(t, Count{"a", 30_000_000, 1_000_000_000}, Count{"b", 40_000_000, 1_000_000_000}, Count{"c", 5, 90})
	if e := r.Employers[0]; r.BetaBinomial.Boundary || math.Abs(float64(e.Mean)-0.03) > 1e-6 || e.PUpperMid != 1 {
		t.Errorf("huge: %+v", r)
	}
	for _, bad := range [][]Count{nil, {{"a", 0, 0}}, {{"a", 2, 1}}, {{"a", -1, 1}}, {{"a", 0, 1 << 53}, {"b", 0, 1 << 53}}} {
		if r, err := Rates(bad); err == nil {
			t.Errorf("%v: %+v", bad, r)
		}
	}
}

// The order of employers does not matter; events and non-events mirror each other.
func TestMirror(t *testing.T) {
	list := []Count{{"a", 3, 60}, {"b", 9, 50}, {"c", 0, 30}, {"d", 2, 90}, {"e", 6, 20}}
	one := rates(t, list...)
	for i, c := range list {
		list[i].X = c.N - c.X
	}
	slices.Reverse(list)
	two := rates(t, list...)
	close(t, "alpha", float64(two.BetaBinomial.Alpha), float64(one.BetaBinomial.Beta), 1e-9)
	close(t, "tarone", float64(two.TaroneZ), float64(one.TaroneZ), 1e-12)
	close(t, "tau2", float64(two.Tau2), float64(one.Tau2), 1e-10)
	for i, e := range one.Employers {
		m := two.Employers[len(list)-1-i]
		close(t, "mean", 1-float64(m.Mean), float64(e.Mean), 1e-9)
		close(t, "low", 1-float64(m.High), float64(e.Low), 1e-8)
		close(t, "p", float64(m.PLowerMid), float64(e.PUpperMid), 1e-11)
		close(t, "bh", float64(m.PBH), float64(e.PBH), 1e-11)
	}
}

// FuzzRates looks at any small list: chances are chances, and limits hold the mean.
func FuzzRates(f *testing.F) {
	f.Add([]byte{3, 60, 9, 50, 0, 30, 2, 90})
	f.Add([]byte{0, 1, 1, 1})
	f.Add([]byte{255, 255, 0, 255, 7, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		var list []Count
		for ; len(raw) >= 2 && len(list) < 60; raw = raw[2:] {
			list = append(list, Count{"", int64(min(raw[0], raw[1])), int64(raw[1])})
		}
		r, err := Rates(list)
		if err != nil {
			return
		}
		if text, err := json.Marshal(r); err != nil {
			t.Fatal(string(text), err)
		}
		for _, e := range r.Employers {
			if e.N > 0 && !(e.PMid >= 0 && e.PMid <= e.PBH+1e-15 && e.PBH <= 1 && e.Low <= e.Mean && e.Mean <= e.High) {
				t.Fatalf("%+v of %v", e, list)
			}
		}
	})
}

func BenchmarkRates(b *testing.B) {
	r := rand.New(rand.NewPCG(2, 2))
	var list []Count
	for range 200 {
		n := 5 + r.Int64N(150)
		list = append(list, Count{"", r.Int64N(1 + n/(4+r.Int64N(30))), n})
	}
	b.ResetTimer()
	for range b.N {
		if _, err := Rates(list); err != nil {
			b.Fatal(err)
		}
	}
}
