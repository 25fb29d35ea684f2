package registration

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Past is a year that is brought in whole from older records: what was given to
// register it, what happened, and how it ended, if it has.
type Past struct {
	Entry
	Pauses     []Pause
	Extensions []Extension
	Outcome    *Outcome // nil while the year runs
	// Coordinator is who coordinates the year; empty when that is not known.
	Coordinator asye.PersonID
	InvitedAt   asye.Instant // zero when the NQSW was never invited
	ConfirmedAt asye.Instant // when the NQSW confirmed the details; zero when not yet
}

// Bring judges a past year by the same rules as one that is recorded step by
// step, and gives it as a record. Problems name the fields of the entry, the
// pause or the outcome.
func Bring(p Past, catalogue *programme.Catalogue, today asye.Date) (Record, Registered, error) {
	registered, err := Register(p.Entry, catalogue, today)
	if err != nil {
		return Record{}, registered, err
	}
	r := Record{Row: Row{StartsOn: p.StartsOn}, Rules: registered.Version,
		Patterns: []Pattern{{Period: asye.Since(p.StartsOn), Hours: p.Hours, FullTimeHours: p.FullTimeHours}}}
	for _, pause := range p.Pauses {
		if err := r.Pause(pause, today); err != nil {
			return r, registered, err
		}
		r.Pauses = append(r.Pauses, pause)
	}
	for _, extension := range p.Extensions {
		if err := r.Extend(extension, today); err != nil {
			return r, registered, err
		}
		r.Extensions = append(r.Extensions, extension)
	}
	if p.Outcome != nil {
		if err := r.Decide(*p.Outcome, today); err != nil {
			return r, registered, err
		}
		r.Outcomes = []Outcome{*p.Outcome}
		r.EndsOn = p.Outcome.EndsOn(p.StartsOn)
	}
	return r, registered, nil
}
