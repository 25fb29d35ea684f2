package lines

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Line is what the audit trail says of one change, or reading.
type Line struct {
	What    string              // capability.pastTense: "registration.paused"
	Kind    string              // the kind of record, as the inventory calls it: "enrolment"
	ID      string              // which one
	Org     asye.OrganisationID // whose record; the scope's organisation when empty
	Before  any                 // as it was, for JSON; nil when it was not there
	After   any                 // as it is, for JSON; nil when it is gone
	On      asye.Date           // the day from which it counts; zero when that is today
	Reason  string              // why, in the words of the person who did it
	At      asye.Instant        // when it happened, where that was before the transaction; otherwise zero
	Reading bool                // it tells of a reading; only [Sealer.Note] says so
}

// Stored is the line to the letter, before it is sealed.
func (l Line) Stored(id string, scope tenant.Scope) (Stored, error) {
	s := Stored{ID: id, Org: orNone(string(l.Org)), RecordedAt: l.At.String(), Actor: string(scope.Actor()),
		ActorID: orNone(string(scope.Person())), Behalf: orNone(string(scope.Behalf())), What: l.What,
		Reading: strconv.FormatBool(l.Reading), Kind: l.Kind, Subject: l.ID, EffectiveOn: orNone(l.On.ISO()), Reason: l.Reason}
	if scope.Actor() == tenant.ByPerson {
		s.ActorOrg, s.ActorRole = orNone(string(scope.Org())), orNone(string(scope.Role()))
	}
	var err error
	if s.Before, err = asJSON(l.Before); err == nil {
		s.After, err = asJSON(l.After)
	}
	return s, err
}

// Note writes the lines of readings, by audit, and one that says how many could
// not be noted. Each belongs to the organisation whose record was read; a list,
// to that of the reader.
func (s *Sealer) Note(ctx context.Context, q Queryer, batch []*Seen, lost int, audit func(tenant.Scope, Line) error) error {
	for _, seen := range batch {
		l := seen.line()
		found, err := s.About(ctx, q, l.Kind, l.ID)
		if err != nil {
			return err
		}
		l.Org = found.Org
		if err := audit(seen.Scope, l); err != nil {
			return err
		}
	}
	if lost == 0 {
		return nil
	}
	return audit(tenant.System("the database could not be written"), Line{What: "readings.lost", Kind: "readings",
		After: map[string]int{"lost": lost}})
}

// line is the line of a reading.
func (s *Seen) line() Line {
	l := Line{What: s.Kind + ".read", Kind: s.Kind, ID: s.ID, At: s.At, Reading: true}
	if s.File != "" {
		l.What, l.After = s.Kind+".downloaded", map[string]string{"file": s.File}
	}
	return l
}

func asJSON(v any) (sql.NullString, error) {
	if v == nil {
		return sql.NullString{}, nil
	}
	text, err := json.Marshal(v)
	return sql.NullString{String: string(text), Valid: true}, err
}

func orNone(text string) sql.NullString { return sql.NullString{String: text, Valid: text != ""} }
