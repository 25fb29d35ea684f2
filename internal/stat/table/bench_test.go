package table

import "testing"

// BenchmarkTenMillion is two groups among ten million people at the published rates, everything at one level.
func BenchmarkTenMillion(b *testing.B) { benchmark(b, TwoByTwo{96000, 2704000, 68000, 7132000}) }

// BenchmarkTenMillionEven is the widest distribution there is among ten million.
func BenchmarkTenMillionEven(b *testing.B) {
	benchmark(b, TwoByTwo{2500000, 2500000, 2499000, 2501000})
}

// BenchmarkPublished is the published comparison by gender.
func BenchmarkPublished(b *testing.B) { benchmark(b, TwoByTwo{6, 168, 18, 1468}) }

func benchmark(b *testing.B, t TwoByTwo) {
	for b.Loop() {
		if _, err := Compare(t, []float64{0.95}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEveryLevel is ten million people at the three levels that a command gives.
func BenchmarkEveryLevel(b *testing.B) {
	for b.Loop() {
		if _, err := Compare(TwoByTwo{96000, 2704000, 68000, 7132000}, Levels()); err != nil {
			b.Fatal(err)
		}
	}
}
