package metrics

import (
	"context"
	"fmt"
	"net"
	"os"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
)

// Number is a measure that is one number.
func Number(name, help string, read func(context.Context) (float64, error)) Measure {
	return Measure{Name: name, Help: help, Read: func(ctx context.Context) ([]Point, error) {
		value, err := read(ctx)
		return One(value), err
	}}
}

// Standard are the measures of what every service has: a database, jobs and
// mail.
func Standard(d *db.DB, queue *jobs.Queue, outbox *mail.Outbox) []Measure {
	age := func(since asye.Instant, err error) (float64, error) {
		if err != nil || since.IsZero() {
			return 0, err
		}
		return max(0, d.Clock().Now().Time().Sub(since.Time()).Seconds()), nil
	}
	return append([]Measure{
		Number("asye_jobs_overdue_seconds", "For how long the job that has waited longest could have run; 0 when none waits.",
			func(ctx context.Context) (float64, error) { return age(queue.Overdue(ctx)) }),
		Number("asye_mail_oldest_seconds", "How old the oldest message is that has yet to be sent; 0 when none waits.",
			func(ctx context.Context) (float64, error) {
				_, oldest, err := outbox.Waiting(ctx)
				return age(oldest, err)
			}),
		{Name: "asye_jobs", Help: "Jobs by their state.", Labels: []string{"state"}, Read: func(ctx context.Context) (out []Point, err error) {
			count, err := queue.Count(ctx)
			for _, state := range []jobs.State{jobs.Waiting, jobs.Failed, jobs.Completed, jobs.Comes} {
				out = append(out, Point{[]string{string(state)}, float64(count[state])})
			}
			return out, err
		}},
		{Name: "asye_mail", Help: "Messages in the outbox, by whether they wait or were given up.", Labels: []string{"state"},
			Read: func(ctx context.Context) ([]Point, error) {
				waiting, _, err := outbox.Waiting(ctx)
				if err != nil {
					return nil, err
				}
				failed, err := outbox.Failed(ctx)
				return []Point{{[]string{"waiting"}, float64(waiting)}, {[]string{"failed"}, float64(failed)}}, err
			}},
	}, database(d)...)
}

// database are the measures of a database: its connections, and SQLite's files.
func database(d *db.DB) []Measure {
	pools := func(of func(name string, add func(float64, ...string))) func(context.Context) ([]Point, error) {
		return func(context.Context) (out []Point, _ error) {
			for name := range d.Pools() {
				of(name, func(value float64, labels ...string) { out = append(out, Point{labels, value}) })
			}
			return out, nil
		}
	}
	return []Measure{
		{Name: "asye_database_connections", Help: "Connections to the database, by pool and by what they do.", Labels: []string{"pool", "state"},
			Read: pools(func(name string, add func(float64, ...string)) {
				add(float64(d.Pools()[name].InUse), name, "in_use")
				add(float64(d.Pools()[name].Idle), name, "idle")
			})},
		{Name: "asye_database_waits_total", Help: "How often somebody had to wait for a connection.", Labels: []string{"pool"}, Total: true,
			Read: pools(func(name string, add func(float64, ...string)) { add(float64(d.Pools()[name].WaitCount), name) })},
		{Name: "asye_database_wait_seconds_total", Help: "For how long, all together, somebody waited for a connection.", Labels: []string{"pool"}, Total: true,
			Read: pools(func(name string, add func(float64, ...string)) { add(d.Pools()[name].WaitDuration.Seconds(), name) })},
		{Name: "asye_sqlite_bytes", Help: "The sizes of the SQLite files: the data, and the log that is folded into it.", Labels: []string{"file"},
			Read: func(context.Context) (out []Point, _ error) {
				for _, file := range []struct{ kind, path string }{{"data", d.Path()}, {"log", d.Path() + "-wal"}} {
					if info, err := os.Stat(file.path); d.Path() != "" && err == nil {
						out = append(out, Point{[]string{file.kind}, float64(info.Size())})
					}
				}
				return out, nil
			}},
	}
}

// Address completes where metrics are to be served. They are nobody's but the
// operator's: an address without a host is reached from this machine alone.
func Address(addr string) (string, error) {
	if addr == "" {
		return "", nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" {
		return "", fmt.Errorf("%q is no address. Write it like :9464, or 10.0.0.5:9464 where another machine collects them", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

// Age is a length of time as metrics have it.
func Age(d time.Duration) []Point { return One(d.Seconds()) }
