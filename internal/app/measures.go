package app

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"example.org/asye/internal/platform/metrics"
	"example.org/asye/internal/platform/serving"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// measures is what can be told of the service in numbers. A label never names an
// organisation, a person or a record.
func (s *service) measures(m *web.Mux) []metrics.Measure {
	self := tenant.System("metrics")
	return append(metrics.Standard(s.db, s.queue, s.outbox),
		metrics.Number("asye_http_requests_in_flight", "Requests that are being answered just now.",
			func(context.Context) (float64, error) { return float64(m.InFlight()), nil }),
		metrics.Number("asye_sessions", "Sessions in use.", func(ctx context.Context) (float64, error) {
			n, err := s.roster.LiveSessions(ctx, self, s.db.Clock().Now().Add(-s.config.Account.Idle))
			return float64(n), err
		}),
		metrics.Measure{Name: "asye_backup_age_seconds", Help: "How old the last good backup is; left out while there is none.",
			Read: func(ctx context.Context) ([]metrics.Point, error) {
				age, found, err := s.backups.Age(ctx, self)
				if err != nil || !found {
					return nil, err
				}
				return metrics.Age(age), nil
			}})
}

// measured counts the requests of a mux, and serves what was counted on a
// socket of its own, where there is to be one.
func (s *service) measured(sockets *serving.Sockets, m *web.Mux, version string) error {
	if s.config.Metrics == "" {
		return nil
	}
	listener, _, err := sockets.Listen(serving.Metrics, s.config.Metrics)
	if err != nil {
		return err
	}
	counted := metrics.New(version, s.log, s.measures(m)...)
	m.Tell(counted.Request)
	server := &http.Server{Handler: counted.Handler(), ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
	go func() {
		// It ends with the program: whoever collects asks the next one.
		if err := server.Serve(listener); err != nil {
			s.log.Error("the metrics can no longer be collected", "error", err)
		}
	}()
	return nil
}
