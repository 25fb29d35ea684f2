package asye

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Date is a day on the calendar in London, with no time and no zone. The zero
// Date is no date at all: it is stored as NULL and shown as nothing.
type Date struct{ year, month, day int }

// NewDate makes a date; a day past the end of the month rolls over, as in
// [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads 2026-09-01, the form in which dates are stored and exchanged.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2026-09-01", text)
	}
	return dateOf(t), nil
}

// MustDate is ParseDate for dates written in code and in tests.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

func (d Date) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

// Year is the calendar year.
func (d Date) Year() int { return d.year }

// Month is the month of the year.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day is the day of the month, from 1.
func (d Date) Day() int { return d.day }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// IsZero reports whether this is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is a later day than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// Compare is -1, 0 or 1 as d is before, on or after o.
func (d Date) Compare(o Date) int {
	switch {
	case d == o:
		return 0
	case d.year < o.year, d.year == o.year && d.month < o.month,
		d.year == o.year && d.month == o.month && d.day < o.day:
		return -1
	default:
		return 1
	}
}

// AddDays is the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return dateOf(d.time().AddDate(0, 0, n)) }

// AddMonths is the same day n months later. Where that month is too short it
// is the month's last day: 31 August and six months is 28 February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.year, time.Month(d.month), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), int(first.Month()), min(d.day, last)}
}

// DaysUntil is the number of days from d to o, negative when o is earlier.
func (d Date) DaysUntil(o Date) int {
	return int(o.time().Sub(d.time()) / (24 * time.Hour))
}

// ISO is the date as 2026-09-01, or nothing.
func (d Date) ISO() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// String is the date as people read it: 1 September 2026, or nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.day, d.Month(), d.year)
}

// Short is the date for tables: 1 Sep 2026, or nothing.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.day, d.Month().String()[:3], d.year)
}

// Value stores the date as text, and no date as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.ISO(), nil
}

// Scan reads what either engine gives back.
func (d *Date) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = dateOf(v)
		return nil
	case string:
		return d.stored([]byte(v))
	case []byte:
		return d.stored(v)
	}
	return fmt.Errorf("a date cannot be read from %T", from)
}

// stored reads a date back. What is no date is not told: errors of the database
// go into the log, and it may be somebody's date of birth.
func (d *Date) stored(text []byte) error {
	if err := d.UnmarshalText(text); err != nil {
		return errors.New("what is stored as a date is not one")
	}
	return nil
}

// MarshalText writes the date as 2026-09-01.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.ISO()), nil }

// UnmarshalText reads 2026-09-01; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := ParseDate(string(text))
	if err == nil {
		*d = read
	}
	return err
}
