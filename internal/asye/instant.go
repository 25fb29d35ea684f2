package asye

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// instantLayout has a fixed width, so that stored instants sort as text.
const instantLayout = "2006-01-02T15:04:05.000000Z"

// Instant is a moment, in UTC, to the microsecond: the finest that both
// database engines keep. The zero Instant is stored as NULL.
type Instant struct{ at time.Time }

// InstantOf cuts a time to the microsecond.
func InstantOf(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Microsecond)} }

// Time is the instant as a [time.Time] in UTC.
func (i Instant) Time() time.Time { return i.at }

// IsZero reports whether this is no instant at all.
func (i Instant) IsZero() bool { return i.at.IsZero() }

// Add is the instant d later.
func (i Instant) Add(d time.Duration) Instant { return InstantOf(i.at.Add(d)) }

// Before reports whether i is earlier than o.
func (i Instant) Before(o Instant) bool { return i.at.Before(o.at) }

// After reports whether i is later than o.
func (i Instant) After(o Instant) bool { return i.at.After(o.at) }

// String is the instant in ISO 8601, UTC, with microseconds, or nothing.
func (i Instant) String() string {
	if i.IsZero() {
		return ""
	}
	return i.at.Format(instantLayout)
}

// Value stores the instant as text that sorts, and no instant as NULL.
func (i Instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.String(), nil
}

// Scan reads what either engine gives back.
func (i *Instant) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		*i = Instant{}
	case time.Time:
		*i = InstantOf(v)
	case []byte:
		return i.UnmarshalText(v)
	case string:
		return i.UnmarshalText([]byte(v))
	default:
		return fmt.Errorf("an instant cannot be read from %T", from)
	}
	return nil
}

// MarshalText writes the instant in ISO 8601.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads ISO 8601; empty text is no instant.
func (i *Instant) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = Instant{}
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, string(text))
	if err == nil {
		*i = InstantOf(t)
	}
	return err
}
