package upload_test

import (
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

// Benchmark10000 brings in a file of 10,000 new NQSWs: read, checked, kept,
// checked again and stored. Run it with
//
//	go test ./internal/registration/upload -run '^$' -bench 10000 -benchtime 1x
//
// and for PostgreSQL put go run ./internal/tools/postgres before it.
func Benchmark10000(b *testing.B) {
	for name, open := range map[string]func() *db.DB{
		"sqlite":   func() *db.DB { return dbtest.OpenSQLite(b, schema.All()) },
		"postgres": func() *db.DB { return dbtest.OpenPostgres(b, schema.All()) },
	} {
		b.Run(name, func(b *testing.B) { benchmark(b, open) })
	}
}

func benchmark(b *testing.B, open func() *db.DB) {
	const rows = 10_000
	born := asye.MustDate("1975-01-01")
	var checked, confirmed time.Duration
	for range b.N {
		h := newHouse(b, open())
		people := make([]row, rows)
		for i := range people {
			people[i] = person(i, "date_of_birth", born.AddDays(i%9000).String())
		}
		data := columnstest.CSV(b, people...)
		start := time.Now()
		u, err := h.Stage(ctx, ours, h.read(b, data))
		if err != nil {
			b.Fatal(err)
		}
		checked += time.Since(start)
		start = time.Now()
		done, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version})
		if err != nil || done.New != rows {
			b.Fatalf("%d of %d rows were stored: %v", done.New, rows, err)
		}
		confirmed += time.Since(start)
	}
	total := float64(rows * b.N)
	b.ReportMetric(total/(checked+confirmed).Seconds(), "rows/s")
	b.ReportMetric(total/checked.Seconds(), "checked/s")
	b.ReportMetric(total/confirmed.Seconds(), "stored/s")
}
