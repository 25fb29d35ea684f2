package tally

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// BenchmarkRead reads the file that BENCH_FILE names, with six characteristics
// and the outcome; make bench-stats makes one. The time of the processors is what
// can be compared on a busy machine.
func BenchmarkRead(b *testing.B) {
	name := os.Getenv("BENCH_FILE")
	if name == "" {
		b.Skip("BENCH_FILE names no file")
	}
	least := time.Hour
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		before := spent(b)
		c, err := Read(b.Context(), f, Plan{Columns: []string{"gender", "ethnicity", "age_band", "disability", "deferrals", "region", "outcome"}, Bad: 0.01})
		if err != nil {
			b.Fatal(err)
		}
		least = min(least, spent(b)-before)
		f.Close()
		b.ReportMetric(float64(c.Records)/1e6, "Mrecords")
	}
	b.ReportMetric(least.Seconds(), "processor-s")
}

// spent is the time that the processors gave to this program.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
