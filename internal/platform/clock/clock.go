// Package clock is the only place that asks what time it is, and the only
// place that makes an identifier, so that tests and the example service can
// decide both.
package clock

import (
	"sync/atomic"
	"time"

	_ "time/tzdata" // so that London is known on any machine

	"example.org/asye/internal/asye"
	"github.com/google/uuid"
)

// London is the zone in which every business rule reads the calendar.
var London = mustLoad("Europe/London")

// Clock tells the time and makes identifiers.
type Clock interface {
	// Now is the present instant in UTC, to the microsecond.
	Now() asye.Instant
	// NewID makes an identifier that nobody can guess and that sorts by time.
	NewID() string
}

// Today is the date in London at the clock's present instant.
func Today(c Clock) asye.Date { return DateOf(c.Now()) }

// DateOf is the date in London at an instant.
func DateOf(at asye.Instant) asye.Date {
	y, m, d := at.Time().In(London).Date()
	return asye.NewDate(y, m, d)
}

// Real is the machine's own clock.
func Real() Clock { return real{} }

type real struct{}

func (real) Now() asye.Instant { return asye.InstantOf(time.Now()) }
func (real) NewID() string     { return uuid.Must(uuid.NewV7()).String() }

// Fixed starts at an instant and moves one microsecond on at each identifier,
// which makes a run repeatable to the byte.
func Fixed(at time.Time) *Stopped {
	c := &Stopped{}
	c.at.Store(at.UnixMicro())
	return c
}

// Stopped is a clock that moves only when it is told to.
type Stopped struct{ at, made atomic.Int64 }

// Now is the instant the clock was set to.
func (c *Stopped) Now() asye.Instant { return asye.InstantOf(time.UnixMicro(c.at.Load())) }

// Move puts the clock forward by d.
func (c *Stopped) Move(d time.Duration) { c.at.Add(d.Microseconds()) }

// NewID counts up: the same run gives the same identifiers.
func (c *Stopped) NewID() string {
	n := c.made.Add(1)
	var id uuid.UUID
	ms := uint64(c.at.Load() / 1000)
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6], id[8] = 0x70, 0x80
	for i := range 7 {
		id[15-i] = byte(uint64(n) >> (8 * i))
	}
	return id.String()
}

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}
