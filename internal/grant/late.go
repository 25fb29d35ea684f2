package grant

import (
	"slices"
	"time"

	"example.org/asye/internal/asye"
)

// IsLate reports whether the funder has granted that a milestone is claimed
// after its deadline.
func (f Facts) IsLate(milestone string) bool { return slices.Contains(f.Late, milestone) }

// DeadlineOf is the deadline for what falls on a day; false when there is none.
func (s Scheme) DeadlineOf(day asye.Date) (Deadline, bool) { return s.deadline(day) }

// Passed reports whether it is too late at an instant.
func (d Deadline) Passed(now asye.Instant) bool { return !now.Before(d.closes()) }

// Clock is an instant on the clocks of the deadline's zone, to the second: 00:00:01
// on 24 March 2026.
func (d Deadline) Clock(now asye.Instant) string {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC // check has refused such a file
	}
	at := now.Time().In(zone)
	return at.Format(time.TimeOnly) + " on " + asye.NewDate(at.Year(), at.Month(), at.Day()).String()
}
