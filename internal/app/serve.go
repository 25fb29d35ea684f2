package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/schema"
)

type serveCommand struct {
	Addr string `help:"The address and port to listen on (127.0.0.1:8080)." placeholder:"ADDR"`
}

func (serveCommand) Help() string {
	return "On an empty database it prints a one-time code for the first administrator. There is no default password.\n\n" +
		"Example: asye serve --database /var/lib/asye/asye.db"
}

// Run serves until it is told to stop.
func (c serveCommand) Run(r *run) error {
	cfg, err := r.config(map[string]string{"addr": c.Addr})
	if err != nil {
		return err
	}
	s, err := open(r.ctx, cfg, clock.Real(), r.logger())
	if err != nil {
		return err
	}
	defer s.close()
	code, err := s.account.SetupCode(r.ctx)
	if err != nil {
		return err
	}
	return s.serve(r.ctx, func(at string) error {
		fmt.Fprintf(r.Out, "asye is at %s\n", at)
		if code != "" {
			fmt.Fprintf(r.Out, "\nNobody looks after this service yet. Open %s/setup and give this code, which works once:\n\n    %s\n\n", at, code)
		}
		return nil
	})
}

func (r *run) logger() *slog.Logger { return slog.New(slog.NewTextHandler(r.Err, nil)) }

// serve listens, works through the jobs, and stops without cutting anybody off.
func (s *service) serve(ctx context.Context, listening func(at string) error) error {
	listener, err := net.Listen("tcp", s.config.Addr)
	if err != nil {
		return fmt.Errorf("the address %s cannot be listened on: %w", s.config.Addr, err)
	}
	if err := listening("http://" + listener.Addr().String()); err != nil {
		listener.Close()
		return err
	}
	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
	working, rest := context.WithCancel(ctx)
	var hands sync.WaitGroup
	hands.Go(func() { s.work(working) })
	hands.Go(func() { s.makeBackups(working) })
	hands.Go(func() { s.ship(working) })
	hands.Go(func() { s.outbox.Run(working, s.log) })
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		err = server.Shutdown(last)
	}
	rest()
	hands.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// work does the jobs of every capability.
func (s *service) work(ctx context.Context) {
	runner := jobs.Runner{Queue: s.queue, Log: s.log, Handlers: s.account.Handlers(), Recurring: s.recurring()}
	if err := runner.Run(ctx); err != nil {
		s.log.Error("the jobs have stopped", "error", err)
	}
}

// recurring is the work that comes round.
func (s *service) recurring() []jobs.Recurring {
	return append(slices.Concat(s.account.Recurring(), s.upload.Recurring(), s.rights.Recurring(), s.backups.Recurring()),
		jobs.Recurring{Kind: "registration.moves", When: jobs.Daily(0, 5), Do: func(ctx context.Context, _ asye.Instant) error {
			_, err := s.registration.CompleteDue(ctx)
			return err
		}},
		jobs.Recurring{Kind: "registration.refresh", When: jobs.Daily(0, 10), Do: func(ctx context.Context, _ asye.Instant) error {
			_, err := s.registration.Refresh(ctx)
			return err
		}},
		jobs.Recurring{Kind: "journey.tidy", When: jobs.Daily(3, 15), Do: func(ctx context.Context, now asye.Instant) error {
			return s.drafts.DiscardOlder(ctx, now.Add(-s.config.DraftsKept))
		}},
		jobs.Recurring{Kind: "forms.tidy", When: jobs.Daily(3, 0), Do: func(ctx context.Context, now asye.Instant) error {
			return s.db.TidyForms(ctx, now.Add(-s.config.Account.Absolute))
		}},
		jobs.Recurring{Kind: "account.tries", When: jobs.Every(time.Hour), Do: s.tries.Tidy},
		jobs.Recurring{Kind: "account.visits", When: jobs.Every(time.Hour), Do: s.provider.Tidy},
		jobs.Recurring{Kind: "mail.tidy", When: jobs.Daily(3, 30), Do: s.outbox.Tidy},
		jobs.Recurring{Kind: "jobs.tidy", When: jobs.Daily(3, 45), Do: s.queue.Tidy})
}

// alive says that the process answers.
func (s *service) alive() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
}

// ready says that the database answers and its schema is up to date.
func (s *service) ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		pending, err := s.db.Pending(ctx, schema.All()...)
		if err != nil || pending > 0 {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
}
