package tally

import (
	"os"
	"testing"
)

// BenchmarkRead reads the file that BENCH_FILE names, with six characteristics
// and the outcome; make bench-stats makes one.
func BenchmarkRead(b *testing.B) {
	name := os.Getenv("BENCH_FILE")
	if name == "" {
		b.Skip("BENCH_FILE names no file")
	}
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		c, err := Read(b.Context(), f, Plan{Columns: []string{"gender", "ethnicity", "age_band", "disability", "deferrals", "region", "outcome"}, Bad: 0.01})
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
		b.ReportMetric(float64(c.Records)/1e6, "Mrecords")
	}
}
