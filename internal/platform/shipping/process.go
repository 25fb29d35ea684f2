package shipping

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
)

// Process is the process in which the log is shipped, as the service sees it.
type Process struct {
	Command func() (*exec.Cmd, error) // of a program that calls Ship
	Clock   clock.Clock
	Log     *slog.Logger

	mu sync.Mutex
	to asye.Instant // everything until then has arrived; zero when nothing is shipped
}

// Behind tells how far the shipped log is behind, and whether there is one.
func (p *Process) Behind() (time.Duration, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to.IsZero() {
		return 0, false
	}
	return p.Clock.Now().Time().Sub(p.to.Time()), true
}

func (p *Process) arrived(at asye.Instant) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to = at
}

// Keep keeps the process until ctx ends, and starts it again when it fails.
func (p *Process) Keep(ctx context.Context) {
	p.arrived(p.Clock.Now())
	for ctx.Err() == nil {
		if err := p.once(ctx); err != nil && ctx.Err() == nil {
			p.Log.Error("the log is not shipped", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Second):
		}
	}
}

// once runs the process until it ends, or ends it by closing its input.
func (p *Process) once(ctx context.Context) error {
	child, err := p.Command()
	if err != nil {
		return err
	}
	input, err := child.StdinPipe()
	if err != nil {
		return err
	}
	output, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return fmt.Errorf("the process that ships the log cannot be started: %w", err)
	}
	ended := context.AfterFunc(ctx, func() { input.Close() })
	defer ended()
	for lines := bufio.NewScanner(output); lines.Scan(); {
		var at asye.Instant
		if json.Unmarshal(lines.Bytes(), &at) == nil {
			p.arrived(at)
		}
	}
	return child.Wait()
}

// Ship is the other end: it ships until in ends, however the service came to its
// end, then once more, and tells out how far it has come.
func Ship(o Order, in io.Reader, out io.Writer) error {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, in)
		stop()
	}()
	say := json.NewEncoder(out)
	return Run(ctx, o, func(at asye.Instant) { _ = say.Encode(at) }) // nobody may be listening any more
}
