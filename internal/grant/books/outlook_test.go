package books_test

import (
	"math"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	. "example.org/asye/internal/grant/books"
)

func scheme(t *testing.T, key string) grant.Scheme {
	t.Helper()
	b, err := grant.Load(grant.Files())
	if err != nil {
		t.Fatal(err)
	}
	s, ok := b.Get(key)
	if !ok {
		t.Fatal(key)
	}
	return s
}

// began are years that started on a day, of which so many passed, and the others
// withdrew; negative: nobody's outcome is known.
func began(programme, on string, starts, passed int) (out []Began) {
	for i := range starts {
		b := Began{Programme: programme, On: day(on), Due: day(on).AddMonths(12), Result: grant.Withdrawn}
		if i < passed {
			b.Result = grant.Passed
		}
		if passed < 0 {
			b.Result = ""
		}
		out = append(out, b)
	}
	return out
}

func TestGRA51_AnEstimateRestsOnTheYearsThatAreOver(t *testing.T) {
	of := scheme(t, "child-and-family-2026-27")
	h := History{Kind: asye.LocalAuthority}
	for _, year := range []struct {
		on             string
		starts, passed int
	}{{"2023-09-01", 8, 7}, {"2024-09-01", 12, 11}, {"2025-11-26", 10, -1}, {"2026-09-01", 50, -1}} {
		h.Began = append(h.Began, began(of.Programme, year.on, year.starts, year.passed)...)
	}
	h.Began = append(h.Began, began("adults", "2025-09-01", 40, 40)...)
	f := h.Outlook(of, day("2026-11-25"))
	if f.Refused != "" || len(f.Past) != 3 || f.Year != "2027-28" || f.Mean != 10 || f.Completed != 18 || f.Ended != 20 {
		t.Fatalf("%+v", f)
	}
	// 10 a year at £1,000, and nine in ten of them £1,000 more.
	if f.About != 1900000 || f.Low > 10 || f.High < 10 || f.ShareLow >= 0.9 || f.ShareHigh <= 0.9 {
		t.Errorf("%+v", f)
	}
	if f.From > f.About || f.To < f.About || f.From < f.First*grant.Pence(f.Low) || f.To > (f.First+f.Second)*grant.Pence(f.High) {
		t.Errorf("from %s to %s around %s", f.From, f.To, f.About)
	}
}

func TestGRA51_NoFigureOfFewerThanTwoYears(t *testing.T) {
	of := scheme(t, "child-and-family-2026-27")
	for name, h := range map[string]History{
		"nobody": {}, "one year": {Began: began(of.Programme, "2025-09-01", 9, 9)}, "this year alone": {Began: began(of.Programme, "2026-09-01", 9, 9)},
	} {
		if f := h.Outlook(of, day("2026-11-25")); !strings.Contains(f.Refused, "at least 2 years") || f.About != 0 || f.To != 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	h := History{Began: append(began(of.Programme, "2024-09-01", 3, -1), began(of.Programme, "2025-09-01", 3, -1)...)}
	if f := h.Outlook(of, day("2026-11-25")); !strings.Contains(f.Refused, "nobody’s outcome") {
		t.Errorf("%+v", f)
	}
}

func TestGRA51_AYearWithoutStartsCounts(t *testing.T) {
	of := scheme(t, "child-and-family-2026-27")
	h := History{Began: began(of.Programme, "2023-09-01", 6, 6)}
	f := h.Outlook(of, day("2026-11-25"))
	if len(f.Past) != 3 || f.Mean != 2 || f.Past[1].Starts != 0 {
		t.Errorf("%+v", f)
	}
}

func TestGRA51_AFormulaPaysOnceForEach(t *testing.T) {
	of := scheme(t, "adults-2026-27")
	h := History{Kind: asye.LocalAuthority, Began: append(began("adults", "2025-01-31", 3, -1), began("adults", "2025-02-01", 5, -1)...)}
	f := h.Outlook(of, day("2026-11-25"))
	if f.Refused != "" || len(f.Past) != 2 || f.Past[0].Starts != 3 || f.Past[1].Starts != 5 || f.Second != 0 || f.First != of.Formula.For(asye.LocalAuthority) {
		t.Fatalf("%+v", f)
	}
	if f.About != 4*f.First || f.From != f.First*grant.Pence(f.Low) || f.To != f.First*grant.Pence(f.High) || f.Year != "2027-28" {
		t.Errorf("%+v", f)
	}
}

// What comes as the estimate supposes lies within its interval at least as often
// as it says: counted over every past and every next year.
func TestGRA51_TheIntervalHoldsItsLevel(t *testing.T) {
	of := scheme(t, "child-and-family-2026-27")
	for _, c := range []struct{ mean, share float64 }{{3, 0.85}, {12, 0.5}, {12, 0.93}} {
		missed := 0.0
		most := int(2*c.mean + 8*math.Sqrt(2*c.mean))
		for past := 1; past < most; past++ { // of two years
			for done := range past + 1 {
				chance := poisson(past, 2*c.mean) * binomial(done, past, c.share)
				if chance < 1e-6 {
					continue
				}
				half := past / 2
				h := History{Began: append(began(of.Programme, "2024-05-01", half, min(half, done)), began(of.Programme, "2025-05-01", past-half, max(0, done-half))...)}
				missed += chance * outside(h.Outlook(of, day("2026-11-25")), c.mean, c.share)
			}
		}
		if missed > 0.05 {
			t.Errorf("with %v starts of which %v complete, %.4f lie outside", c.mean, c.share, missed)
		}
	}
}

// outside is how often what comes lies outside of an estimate.
func outside(f Outlook, mean, share float64) (missed float64) {
	for starts := range int(mean + 8*math.Sqrt(mean)) {
		for completed := range starts + 1 {
			worth := f.First*grant.Pence(starts) + f.Second*grant.Pence(completed)
			if worth < f.From || worth > f.To {
				missed += poisson(starts, mean) * binomial(completed, starts, share)
			}
		}
	}
	return missed
}

func poisson(x int, mean float64) float64 {
	lg, _ := math.Lgamma(float64(x + 1))
	return math.Exp(float64(x)*math.Log(mean) - mean - lg)
}

func binomial(x, n int, p float64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(x + 1))
	c, _ := math.Lgamma(float64(n - x + 1))
	return math.Exp(a - b - c + float64(x)*math.Log(p) + float64(n-x)*math.Log(1-p))
}

func TestGRA51_UnevenYearsWidenTheInterval(t *testing.T) {
	of := scheme(t, "child-and-family-2026-27")
	h := History{Kind: asye.LocalAuthority}
	for i, starts := range []int{70, 84, 0, 2, 4, 14} { // the first is too long ago
		h.Began = append(h.Began, began(of.Programme, day("2020-09-01").AddMonths(12*i).ISO(), starts, starts)...)
	}
	f := h.Outlook(of, day("2026-11-25"))
	if len(f.Past) != 5 || f.Mean != 20.8 || !f.Uneven || f.Low != 0 || f.High < 84 {
		t.Errorf("%+v", f)
	}
	h.Began = nil
	for i, starts := range []int{18, 24, 20, 22, 19} {
		h.Began = append(h.Began, began(of.Programme, day("2021-09-01").AddMonths(12*i).ISO(), starts, starts)...)
	}
	if f = h.Outlook(of, day("2026-11-25")); f.Uneven || f.Low < 5 || f.High > 40 {
		t.Errorf("%+v", f)
	}
}
