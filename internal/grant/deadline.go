package grant

import (
	"fmt"
	"time"

	"example.org/asye/internal/asye"
)

// Deadline is until when what falls within some days can be claimed. The minute
// that it names is still in time.
type Deadline struct {
	Key      string    `json:"key"`
	FirstDay asye.Date `json:"first_day"`
	LastDay  asye.Date `json:"last_day"`
	At       string    `json:"at"`   // 2026-03-23 23:59, on the clocks of the zone
	Zone     string    `json:"zone"` // Europe/London
	// Ahead lets what falls after the deadline, and within the days, be claimed
	// before it has happened.
	Ahead bool `json:"ahead"`
	Basis
}

const minuteLayout = "2006-01-02 15:04"

// Closes is the first instant that is too late. Where the clocks go back and a
// time comes twice, the second of them counts (GRA-6).
func (d Deadline) Closes() (asye.Instant, error) {
	zone, err := place(d.Zone)
	if err != nil {
		return asye.Instant{}, err
	}
	if !written(d.At) {
		return asye.Instant{}, fmt.Errorf("%q is not a time", d.At)
	}
	at, err := time.ParseInLocation(minuteLayout, d.At, zone)
	if err != nil {
		return asye.Instant{}, err
	}
	if again := at.Add(time.Hour); again.Format(minuteLayout) == d.At {
		at = again
	}
	return asye.InstantOf(at.Add(time.Minute)), nil
}

// written reports whether a time is written as times are here.
func written(at string) bool {
	read, err := time.Parse(minuteLayout, at)
	return err == nil && read.Format(minuteLayout) == at
}

// place is a zone by its name. The clocks of whatever machine this runs on are
// none: every machine has to come to the same minute.
func place(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is not a zone", name)
	}
	return time.LoadLocation(name)
}

// closes is [Deadline.Closes] of a file that was checked.
func (d Deadline) closes() asye.Instant {
	at, _ := d.Closes() // check has refused what cannot be read
	return at
}

// Covers reports whether the deadline is for what falls on a day.
func (d Deadline) Covers(day asye.Date) bool {
	return Window{FirstDay: d.FirstDay, LastDay: d.LastDay}.Period().Contains(day)
}

// String is the deadline as people say it: 23:59 on 23 March 2026.
func (d Deadline) String() string {
	day, clock := d.At[:len("2006-01-02")], d.At[len("2006-01-02 "):]
	return clock + " on " + asye.MustDate(day).String()
}

// deadline is the one for what falls on a day; false when there is none, which
// check lets happen to no day of the window.
func (s *Scheme) deadline(day asye.Date) (Deadline, bool) {
	for _, d := range s.Deadlines {
		if d.Covers(day) {
			return d, true
		}
	}
	return Deadline{}, false
}

// takesAhead reports whether what falls on a day is claimed before it happens.
func (d Deadline) takesAhead(day asye.Date) bool { return d.Ahead && day.After(d.day()) }

// day is the day of the deadline.
func (d Deadline) day() asye.Date { return asye.MustDate(d.At[:len("2006-01-02")]) }
