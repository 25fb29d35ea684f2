package analyse_test

import (
	"os"
	"testing"

	"example.org/asye/internal/analyse"
)

// BenchmarkFile reads the file that BENCH_FILE names, and looks at six
// characteristics; make bench-stats makes one.
func BenchmarkFile(b *testing.B) {
	name := os.Getenv("BENCH_FILE")
	if name == "" {
		b.Skip("BENCH_FILE names no file")
	}
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := analyse.File(b.Context(), f, analyse.Request{Outcome: "outcome", Event: "fail", Among: []string{"pass", "fail"},
			By: []string{"gender", "ethnicity", "age_band", "disability", "deferrals", "region"}, Level: 0.95}); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
