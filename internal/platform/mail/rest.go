package mail

import (
	"time"

	"example.org/asye/internal/asye"
)

// The rests between two tries of a server that takes nothing.
const (
	firstRest   = 2 * time.Second
	longestRest = time.Minute
)

// rest is the time for which a server that takes nothing is left alone. The zero
// value is none.
type rest struct {
	until asye.Instant
	last  time.Duration
}

// lasts reports whether the rest goes on.
func (r *rest) lasts(now asye.Instant) bool { return now.Before(r.until) }

// longer begins a rest, twice as long as the one before.
func (r *rest) longer(now asye.Instant) {
	r.last = min(max(2*r.last, firstRest), longestRest)
	r.until = now.Add(r.last)
}

// end begins anew with short rests: the server is there.
func (r *rest) end() { *r = rest{} }
