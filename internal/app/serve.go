package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/logs"
	"example.org/asye/internal/platform/serving"
	"example.org/asye/internal/platform/traces"
)

type serveCommand struct {
	Addr string `help:"The address and port to listen on (127.0.0.1:8080)." placeholder:"ADDR"`
}

func (serveCommand) Help() string {
	return "On an empty database it prints a one-time code for the first administrator. There is no default password. " +
		"SIGTERM stops it when the requests in hand are answered; SIGHUP lets the program that is in its place now take over.\n\n" +
		"Example: asye serve --database /var/lib/asye/asye.db"
}

// Run serves until it is told to stop.
func (c serveCommand) Run(r *run) error {
	cfg, err := r.config(map[string]string{"addr": c.Addr})
	if err != nil {
		return err
	}
	sockets, err := serving.Inherit(r.Environ)
	if err != nil {
		return err
	}
	log := cfg.logger(r.Err)
	stopTraces, err := traces.Start(r.ctx, r.Environ, r.Process.Version, log)
	if err != nil {
		return err
	}
	defer lastly(stopTraces)
	s, err := open(r.ctx, cfg, clock.Real(), log)
	if err != nil {
		return err
	}
	defer s.close()
	code := ""
	if !sockets.Handed() {
		if code, err = s.account.SetupCode(r.ctx); err != nil {
			return err
		}
	}
	return s.serve(r, sockets, func(at string) error {
		fmt.Fprintf(r.Out, "asye is at %s\n", at)
		if code != "" {
			fmt.Fprintf(r.Out, "\nNobody looks after this service yet. Open %s/setup and give this code, which works once:\n\n    %s\n\n", at, code)
		}
		return nil
	})
}

// How long things may take when the program ends or is replaced. Requests have
// 15 seconds, and a connection that is kept open must have been silent for one;
// the whole ends within half a minute, and a program that takes over may bring
// the schema up to date first.
const (
	requestsMayTake  = 15 * time.Second
	mustHaveBeenIdle = time.Second
	allMayTake       = 30 * time.Second
	successorMayTake = 10 * time.Minute
)

// serve listens, works through the jobs, and stops without cutting anybody off.
func (s *service) serve(r *run, sockets *serving.Sockets, listening func(at string) error) error {
	listener, held, err := sockets.Listen(serving.Web, s.config.Addr)
	if err != nil {
		return err
	}
	m := s.handler()
	if !s.config.Site.Demo {
		m.Tell(logs.Requests(s.log))
	}
	if err := s.measured(sockets, m, r.Process.Version); err != nil {
		listener.Close()
		return err
	}
	if err := listening("http://" + listener.Addr().String()); err != nil {
		listener.Close()
		return err
	}
	ctx, stop := context.WithCancelCause(r.ctx)
	defer stop(nil)
	hands := s.hands(ctx, sockets)
	go s.awaitSuccessor(ctx, r, sockets, stop)
	s.server.Handler = m
	sockets.Ready()
	context.AfterFunc(ctx, sockets.Stopping)
	err = s.server.Serve(ctx, listener, held)
	stop(err)
	select {
	case <-hands:
	case <-time.After(allMayTake - requestsMayTake):
		s.log.Warn("work in hand was left undone: another program takes it up when its lease runs out")
	}
	return err
}

// hands are those that work beside the pages: on the jobs, on backups and on the
// mail. What it gives is closed when they have stopped.
func (s *service) hands(ctx context.Context, sockets *serving.Sockets) <-chan struct{} {
	var busy sync.WaitGroup
	busy.Go(func() { s.work(ctx) })
	busy.Go(func() { s.makeBackups(ctx) })
	busy.Go(func() {
		if sockets.Alone(ctx) { // two programs must not ship one log
			s.ship(ctx)
		}
	})
	busy.Go(func() { s.outbox.Run(ctx, s.log) })
	busy.Go(func() { s.audit.Run(ctx) })
	idle := make(chan struct{})
	go func() {
		busy.Wait()
		close(idle)
	}()
	return idle
}

// awaitSuccessor lets the program that is in this one's place take over, each
// time that somebody asks for it; it is not told to stop unless that one serves.
func (s *service) awaitSuccessor(ctx context.Context, r *run, sockets *serving.Sockets, stop context.CancelCauseFunc) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	defer signal.Stop(asked)
	for {
		select {
		case <-ctx.Done():
			return
		case <-asked:
		}
		err := sockets.Succeed(ctx, serving.Itself(r.Args, r.Out, r.Err), successorMayTake)
		if err == nil {
			s.log.Info("the next program has taken over")
			stop(serving.ErrReplaced)
			return
		}
		if !errors.Is(err, context.Canceled) {
			s.log.Error("nothing has changed: this program goes on serving", "error", err)
		}
	}
}

// lastly does what remains to be done when the program ends, within reason.
func lastly(do func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = do(ctx) // what could not be sent has been told of in the log
}
