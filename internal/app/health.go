package app

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.org/asye/internal/schema"
)

// alive says that the process answers.
func (s *service) alive() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
}

// ready says that the service can be used, or in a few words why not; what lies
// behind them is for the log.
func (s *service) ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		why, err := s.unready(ctx)
		if why == "" {
			fmt.Fprintln(w, "ready")
			return
		}
		if err != nil {
			s.log.Warn("the service is not ready", "why", why, "error", err)
		}
		http.Error(w, "not ready: "+why, http.StatusServiceUnavailable)
	})
}

// unready says why requests are better sent to another node; nothing when they
// are welcome.
func (s *service) unready(ctx context.Context) (why string, err error) {
	if s.server.Leaving() {
		return "stopping", nil
	}
	standing, err := s.db.Standing(ctx, schema.All()...)
	switch {
	case err != nil:
		return "the database does not answer", err
	case standing.Refusal() != nil:
		return "the database is of a later release", standing.Refusal()
	case len(standing.Pending) > 0:
		return "the database is of an earlier release", fmt.Errorf("these migrations have not run: %v", standing.Pending)
	}
	return "", nil
}
