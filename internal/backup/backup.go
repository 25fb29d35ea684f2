package backup

import (
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/inventory"
)

// Settings is what an operator decides about backups.
type Settings struct {
	To    string        // the folder; empty when the service makes none by itself
	Keys  []string      // the public keys to which they are encrypted
	Every time.Duration // from the beginning of one to that of the next
	Keep  time.Duration // how long the last one of a day is kept
	Alarm time.Duration // how old the last good one may be
	Ship  string        // where the log of SQLite is shipped to; empty for nowhere
}

// IsSet reports whether the service makes backups by itself.
func (s Settings) IsSet() bool { return s.To != "" }

// StandardAlarm is how old the last good backup may be where the operator says
// nothing: one may fail, and the next be cut off.
func StandardAlarm(every time.Duration) time.Duration { return 2*every + 30*time.Minute }

// State is what came of a backup.
type State string

// The states of a backup.
const (
	Running State = "running"
	Good    State = "good" // written, read back, every count and hash the same
	Failed  State = "failed"
)

// Way is how a backup came to be made.
type Way string

// The ways in which backups are made.
const (
	Scheduled Way = "scheduled"
	Asked     Way = "asked"   // by an administrator, on the page
	Command   Way = "command" // by asye backup
)

// Longest is how long a backup may take. One that has been running for longer
// was cut off with the program.
const Longest = 30 * time.Minute

// Backup is one that was made, or tried.
type Backup struct {
	ID        string
	Way       Way
	State     State
	Place     string // the file; the folder until it has a name
	StartedAt asye.Instant
	EndedAt   asye.Instant
	Size      int64
	Rows      int64
	Failure   string
}

// CutOff reports whether it says that it is running and cannot be.
func (b Backup) CutOff(now asye.Instant) bool {
	return b.State == Running && b.StartedAt.Before(now.Add(-Longest))
}

// Made is what came of making one.
type Made struct {
	Path string
	Size int64
	Rows int64
}

// Kept is a backup that lies in the folder.
type Kept struct {
	Name string
	At   asye.Instant
}

// Surplus are those of the backups in a folder, the oldest first, that need not
// be kept any longer (BAK-9): every one of the last day is kept, then the last
// of each day in UTC, and the newest always.
func Surplus(all []Kept, now asye.Instant, keep time.Duration) []string {
	var out []string
	for i, b := range all {
		age := now.Time().Sub(b.At.Time())
		newest := i == len(all)-1
		last := newest || day(all[i+1].At) != day(b.At)
		if !newest && age > 24*time.Hour && (age > keep || !last) {
			out = append(out, b.Name)
		}
	}
	return out
}

func day(at asye.Instant) string { return at.Time().Format(time.DateOnly) }

// Health is how things stand.
type Health struct {
	Set     bool   // the service makes backups by itself
	Last    Backup // the last good one
	Found   bool   // there is a last good one
	Age     time.Duration
	Late    bool // older than may be (BAK-10)
	Ships   bool // the log is shipped
	Behind  time.Duration
	Lagging bool // the shipped log is further behind than may be (BAK-11)
}

// mostBehind is how far the shipped log may be behind.
const mostBehind = time.Minute

// judge says how things stand. since is the instant from which the age counts
// where there has never been a good backup.
func judge(s Settings, last *Backup, since, now asye.Instant) Health {
	h := Health{Set: s.IsSet()}
	from := since
	if last != nil {
		h.Last, h.Found, from = *last, true, last.StartedAt
	}
	h.Age = now.Time().Sub(from.Time())
	h.Late = h.Set && h.Age > s.Alarm
	return h
}

// Doors are the tables whose rows let a person in for a while: sessions, links,
// codes. A restored copy knows of some that were used or withdrawn since
// (BAK-7).
func Doors(tables []inventory.Table) []string {
	var out []string
	for _, t := range tables {
		person := t.Subject.Column != "" && t.Subject.Through == "" && !t.Subject.Address
		if person && t.Keep == inventory.Passing && len(t.Columns[inventory.Secret]) > 0 {
			out = append(out, t.Name)
		}
	}
	return out
}
