package lines

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

const (
	patience    = time.Second      // how long a page waits for the line of its reading
	again       = time.Minute      // within which the same person reads the same record once
	mostWaiting = 10_000           // readings kept in memory while the database cannot write
	mostAtOnce  = 200              // readings written in one transaction
	lastChance  = 5 * time.Second  // for what waits when the program stops
	longestTry  = 30 * time.Second // of one transaction
)

// ReadingState is how the lines of readings stand in this program.
type ReadingState struct {
	Waiting int          // kept in memory, because the database could not be written
	Since   asye.Instant // for how long; zero when nothing waits
	Lost    int          // more than could be kept; the trail has a line that says how many
}

// Seen is a reading whose line has not been written.
type Seen struct {
	tenant.Reading
	Scope  tenant.Scope
	At     asye.Instant
	stored chan struct{}
}

// Queue writes the lines of readings. Pages that are shown while one transaction
// is under way share the next: SQLite has one writer. While the database cannot
// be written, they wait in memory.
type Queue struct {
	// Store writes lines in one transaction, and one that says how many were lost
	// where that is more than none.
	Store    func(ctx context.Context, batch []*Seen, lost int) error
	Now      func() asye.Instant
	log      *slog.Logger
	patience time.Duration
	stop     chan struct{}
	stopping sync.Once
	hands    sync.WaitGroup

	mu      sync.Mutex
	waiting []*Seen
	recent  map[string]asye.Instant
	working bool
	failing asye.Instant // since when the database has refused
	said    asye.Instant // when the log was last told so
	lost    int
}

// NewQueue makes a queue, whose Store and Now are still to be given.
func NewQueue(g Guard) *Queue {
	r := &Queue{log: g.Log, patience: g.Patience, stop: make(chan struct{}), recent: map[string]asye.Instant{}}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.patience == 0 {
		r.patience = patience
	}
	return r
}

// Saw notes that somebody has read records. It comes back once the lines are
// stored, or after a second: a page is not refused because the database cannot
// write (AUD-8). Reading the same record again within a minute adds no line;
// taking out a file always does (AUD-7).
func (r *Queue) Saw(ctx context.Context, scope tenant.Scope, read ...tenant.Reading) {
	late := time.NewTimer(r.patience)
	defer late.Stop()
	for _, w := range r.add(scope, read) {
		select {
		case <-w.stored:
		case <-late.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// State tells how the lines of readings stand in this program.
func (r *Queue) State() ReadingState {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failing.IsZero() {
		return ReadingState{Lost: r.lost}
	}
	return ReadingState{Waiting: len(r.waiting), Since: r.failing, Lost: r.lost}
}

// add queues what has not been read just now, and sees to it that somebody
// writes.
func (r *Queue) add(scope tenant.Scope, read []tenant.Reading) []*Seen {
	now := r.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*Seen
	for _, one := range read {
		if r.readJustNow(scope, one, now) {
			continue
		}
		if len(r.waiting) >= mostWaiting {
			r.lost++
			continue
		}
		w := &Seen{one, scope, now, make(chan struct{})}
		r.waiting, out = append(r.waiting, w), append(out, w)
	}
	if len(r.waiting) > 0 && !r.working {
		r.working = true
		r.hands.Go(r.work)
	}
	return out
}

func (r *Queue) readJustNow(scope tenant.Scope, one tenant.Reading, now asye.Instant) bool {
	if one.File != "" {
		return false
	}
	key := string(scope.Person()) + " " + string(scope.Org()) + " " + string(scope.Role()) + " " + one.Kind + " " + one.ID
	if at, known := r.recent[key]; known && now.Before(at.Add(again)) {
		return true
	}
	if len(r.recent) >= mostWaiting {
		for k, at := range r.recent {
			if !now.Before(at.Add(again)) {
				delete(r.recent, k)
			}
		}
	}
	r.recent[key] = now
	return false
}

// work writes until nothing waits.
func (r *Queue) work() {
	pause := time.Second
	for {
		batch, lost := r.next()
		if len(batch) == 0 {
			return
		}
		done, err := r.write(batch, lost)
		r.settle(batch, done, lost, err)
		if err == nil {
			pause = time.Second
			continue
		}
		select {
		case <-r.stop:
			return
		case <-time.After(pause):
			pause = min(2*pause, 5*time.Second)
		}
	}
}

// next is what is to be written next; nothing when the work is done.
func (r *Queue) next() ([]*Seen, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.working = len(r.waiting) > 0
	return slices.Clone(r.waiting[:min(len(r.waiting), mostAtOnce)]), r.lost
}

// write writes the lines of a batch, and tells which are stored. Where the batch
// is refused each line is tried alone, so that one which cannot be written does
// not keep back the others.
func (r *Queue) write(batch []*Seen, lost int) ([]*Seen, error) {
	err := r.store(batch, lost)
	if err == nil {
		return batch, nil
	}
	var done []*Seen
	for n, w := range batch {
		if r.store([]*Seen{w}, 0) == nil {
			done = append(done, w)
		} else if n-len(done) >= 2 {
			break // it is not this line: nothing can be written
		}
	}
	return done, err
}

func (r *Queue) store(batch []*Seen, lost int) error {
	ctx, cancel := context.WithTimeout(context.Background(), longestTry)
	defer cancel()
	return r.Store(ctx, batch, lost)
}

// settle takes what is stored off the queue, and says when writing fails and
// when it goes on. What was refused goes to the end.
func (r *Queue) settle(batch, done []*Seen, lost int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = r.waiting[len(batch):]
	for _, w := range batch {
		if slices.Contains(done, w) {
			close(w.stored)
		} else {
			r.waiting = append(r.waiting, w)
		}
	}
	now := r.Now()
	switch {
	case err != nil && r.failing.IsZero():
		r.failing, r.said = now, now
		r.log.Error("readings cannot be noted in the audit trail; they wait in memory", "waiting", len(r.waiting), "error", err)
	case err != nil && !now.Before(r.said.Add(again)):
		r.said = now
		r.log.Warn("readings still wait to be noted in the audit trail", "waiting", len(r.waiting), "lost", r.lost, "error", err)
	case err == nil && !r.failing.IsZero():
		r.log.Info("readings are noted in the audit trail again", "lost", lost)
		r.failing = asye.Instant{}
	}
	if err == nil {
		r.lost -= lost
	}
}

// Close writes what waits, or says how much is lost.
func (r *Queue) Close() {
	r.stopping.Do(func() { close(r.stop) })
	finished := make(chan struct{})
	go func() { r.hands.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-time.After(lastChance):
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.waiting) + r.lost; n > 0 {
		r.log.Error("readings were lost, because the database could not be written until the program stopped", "readings", n)
	}
}
