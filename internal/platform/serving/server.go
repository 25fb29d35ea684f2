package serving

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Server serves one handler on one socket.
type Server struct {
	Handler http.Handler
	Log     *slog.Logger
	// Notice is how long a server whose socket dies with it goes on taking
	// connections after Leaving is true, so that whoever spreads requests over
	// several nodes can look and leave this one out.
	Notice time.Duration
	// Patience is how long requests in hand may take to finish.
	Patience time.Duration
	// Quiet is how long a connection must have been silent before it may be
	// closed under somebody's hands.
	Quiet time.Duration

	leaving atomic.Bool
	conns   connections
}

// Leaving reports whether the server is about to stop.
func (s *Server) Leaving() bool { return s.leaving.Load() }

// Serve serves until ctx ends, and then stops: it takes no new connection, asks
// those it has to end with their next answer, waits for requests in hand, and
// closes what is silent. held tells that the socket stays open elsewhere.
func (s *Server) Serve(ctx context.Context, l net.Listener, held bool) error {
	server := &http.Server{Handler: http.HandlerFunc(s.answer), ConnState: s.conns.turn,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn)}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	s.leaving.Store(true)
	replaced := errors.Is(context.Cause(ctx), ErrReplaced)
	if !held && !replaced {
		time.Sleep(s.Notice)
	}
	l.Close()
	<-served // it ends because the socket was closed here
	quiet := s.Quiet
	if replaced {
		quiet = s.Patience // the next program serves: there is no hurry
	}
	s.drain(quiet)
	return s.end(server)
}

// answer asks for the end of the connection where the server is leaving.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	if s.leaving.Load() {
		w.Header().Set("Connection", "close")
	}
	s.Handler.ServeHTTP(w, r)
}

// drain waits until every connection has ended or has been silent for a while,
// and no longer than patience.
func (s *Server) drain(quiet time.Duration) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.NewTimer(s.Patience)
	defer limit.Stop()
	for !s.conns.areSilent(quiet) {
		select {
		case <-tick.C:
		case <-limit.C:
			return
		}
	}
}

func (s *Server) end(server *http.Server) error {
	if busy := s.conns.busy(); busy > 0 {
		s.Log.Warn("requests were cut off: they took longer than the service waits when it stops", "requests", busy, "waited", s.Patience.String())
	}
	return server.Close()
}
