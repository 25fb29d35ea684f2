package jobs

import (
	"context"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
)

// Schedule tells when recurring work comes round next, strictly after an
// instant.
type Schedule func(after asye.Instant) asye.Instant

// Every comes round at the multiples of d since midnight, UTC: Every(time.Hour)
// is on each hour.
func Every(d time.Duration) Schedule {
	return func(after asye.Instant) asye.Instant {
		return asye.InstantOf(after.Time().Truncate(d).Add(d))
	}
}

// Daily comes round once a day at an hour and minute on the clock in London.
// Choose one outside 1 to 2 in the morning, which the clock changes skip or
// repeat.
func Daily(hour, minute int) Schedule {
	return func(after asye.Instant) asye.Instant {
		at := after.Time().In(clock.London)
		for day := 0; ; day++ {
			next := time.Date(at.Year(), at.Month(), at.Day()+day, hour, minute, 0, 0, clock.London)
			if next.After(after.Time()) {
				return asye.InstantOf(next)
			}
		}
	}
}

// Recurring is work that comes round.
type Recurring struct {
	Kind string // capability.what: "account.tidy"
	When Schedule
	Do   func(ctx context.Context, now asye.Instant) error
}

// backoff is the pause after a failed attempt: it grows with the square of
// their number, from ten seconds to an hour.
func backoff(attempts int) time.Duration {
	return min(time.Duration(attempts*attempts)*10*time.Second, time.Hour)
}
