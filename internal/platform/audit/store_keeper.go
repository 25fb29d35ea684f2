package audit

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
)

const (
	everySoOften = 2 * time.Second  // lines get their numbers
	outwards     = time.Minute      // a checkpoint is written outside
	atLast       = 10 * time.Second // for both when the program stops
)

// Keeper keeps the chain up to date while the service runs: lines get their
// numbers within seconds, and a checkpoint leaves the machine each minute in
// which there is something new. Several programs on one database may each have
// one: they take turns.
type Keeper struct {
	*Chain
	Outside Outside

	mu      sync.Mutex
	broken  string       // why the chain is not carried on
	outside OutsideState // as it was last seen
	written asye.Instant // when that was
}

// NewKeeper keeps a chain.
func NewKeeper(d *db.DB, k Key, o Outside, log *slog.Logger) *Keeper {
	return &Keeper{Chain: NewChain(d, k, log), Outside: o}
}

// Run works until ctx ends, and then once more, so that nothing that was done is
// left without a checkpoint.
func (k *Keeper) Run(ctx context.Context) {
	tick := time.NewTicker(everySoOften)
	defer tick.Stop()
	for {
		k.Once(ctx)
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), atLast)
			defer cancel()
			k.mu.Lock()
			k.written = asye.Instant{}
			k.mu.Unlock()
			k.Once(last)
			return
		case <-tick.C:
		}
	}
}

// Once does what is due. What goes wrong is told to the log when it begins, and
// to whoever asks for [Keeper.State].
func (k *Keeper) Once(ctx context.Context) {
	_, err := k.Extend(ctx)
	k.told(err)
	if k.Outside.IsZero() || !k.due() {
		return
	}
	if err := k.export(ctx); err != nil {
		k.wrong(err)
	}
}

func (k *Keeper) told(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case errors.Is(err, ErrBroken):
		if k.broken == "" {
			k.log.Error("the audit trail is not carried on: run asye audit verify", "error", err)
		}
		k.broken = err.Error()
	case err != nil && !errors.Is(err, context.Canceled):
		k.log.Warn("lines of the audit trail could not be numbered; it is tried again", "error", err)
	case err == nil:
		k.broken = ""
	}
}

// due reports whether a minute has gone by since the last look outside.
func (k *Keeper) due() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.db.Clock().Now()
	if !k.written.IsZero() && now.Before(k.written.Add(outwards)) {
		return false
	}
	k.written = now
	return true
}

// export writes the last checkpoint outside, where it is not there yet, and holds
// the chain against the last that is.
func (k *Keeper) export(ctx context.Context) error {
	latest, err := k.Latest(ctx)
	if err != nil {
		return err
	}
	last, err := k.Outside.Last(k.Public())
	if err != nil {
		return err
	}
	if last.Size > 0 {
		if err := k.Follows(ctx, last); err != nil {
			return err
		}
	}
	if latest.Size > last.Size {
		if err := k.Outside.Append(latest); err != nil {
			return err
		}
		last = latest
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.outside.Wrong != "" {
		k.log.Info("checkpoints of the audit trail are written outside again")
	}
	k.outside = OutsideState{Path: k.Outside.Path, Size: last.Size, At: last.At}
	return nil
}

func (k *Keeper) wrong(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.outside.Wrong == "" {
		k.log.Error("no checkpoint of the audit trail could be written outside", "to", k.Outside.Path, "error", err)
	}
	k.outside.Path, k.outside.Wrong = k.Outside.Path, err.Error()
}

// State is how the trail stands, for a page.
type State struct {
	Standing
	Broken   string // why the chain is not carried on; empty when all is well
	Outside  OutsideState
	Readings lines.ReadingState
}

// State tells how the trail stands.
func (k *Keeper) State(ctx context.Context) (State, error) {
	s := State{Readings: k.db.Readings()}
	var err error
	if s.Standing, err = k.Standing(ctx); errors.Is(err, ErrBroken) {
		s.Broken, err = err.Error(), nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if s.Outside = k.outside; s.Outside.Path == "" {
		s.Outside.Path = k.Outside.Path
	}
	if k.broken != "" {
		s.Broken = k.broken
	}
	return s, err
}
