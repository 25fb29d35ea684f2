package asye

import "fmt"

// Period is a stretch of days, half-open: Start belongs to it, End does not. A
// zero End means that it has not ended.
type Period struct{ Start, End Date }

// Since is a period that has not ended.
func Since(start Date) Period { return Period{Start: start} }

// IsOpen reports whether the period has not ended.
func (p Period) IsOpen() bool { return p.End.IsZero() }

// Contains reports whether day falls within the period.
func (p Period) Contains(day Date) bool {
	return !day.Before(p.Start) && (p.IsOpen() || day.Before(p.End))
}

// Overlaps reports whether any day falls within both.
func (p Period) Overlaps(o Period) bool {
	return (o.IsOpen() || p.Start.Before(o.End)) && (p.IsOpen() || o.Start.Before(p.End))
}

// Days is the number of days in a period that has ended.
func (p Period) Days() int { return p.Start.DaysUntil(p.End) }

// LastDay is the last day within the period; zero while it is open.
func (p Period) LastDay() Date {
	if p.IsOpen() {
		return Date{}
	}
	return p.End.AddDays(-1)
}

// String reads "1 September 2026 to 31 August 2027", both days included.
func (p Period) String() string {
	if p.IsOpen() {
		return fmt.Sprintf("from %s", p.Start)
	}
	return fmt.Sprintf("%s to %s", p.Start, p.LastDay())
}
