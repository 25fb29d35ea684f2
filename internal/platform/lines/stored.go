package lines

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"fmt"
	"hash"
	"strconv"
	"time"

	"example.org/asye/internal/asye"
)

// Stored is a line of the audit trail to the letter, as it stands in the
// table: what it says of a person is still sealed.
type Stored struct {
	ID          string
	Org         sql.NullString
	RecordedAt  string // as asye.Instant writes it
	Actor       string
	ActorID     sql.NullString
	ActorOrg    sql.NullString // in which organisation a person was at work
	ActorRole   sql.NullString // and as what
	Behalf      sql.NullString
	What        string
	Reading     string // true when it tells of a reading, false when of a change
	Kind        string
	Subject     string
	Before      sql.NullString
	After       sql.NullString
	EffectiveOn sql.NullString // as asye.Date writes it
	Reason      string
	Mark        string // see [Sealer.Marked]
}

// Columns are the columns of a stored line, in the order in which
// [Stored.Into] takes them, of the table with the alias l.
const Columns = `l.id, l.org_id, l.recorded_at, l.actor_kind, l.actor_id, l.actor_org_id, l.actor_role, l.on_behalf_of,
	l.what, l.reading, l.subject_kind, l.subject_id, l.before, l.after, l.effective_on, l.reason, l.mark`

// Into is where a row of [Columns] goes.
func (l *Stored) Into() []any {
	return []any{&l.ID, &l.Org, (*moment)(&l.RecordedAt), &l.Actor, &l.ActorID, &l.ActorOrg, &l.ActorRole, &l.Behalf,
		&l.What, (*flag)(&l.Reading), &l.Kind, &l.Subject, &l.Before, &l.After, (*day)(&l.EffectiveOn), &l.Reason, &l.Mark}
}

// Leaf is the line as the chain takes it in: every column. Its form never
// changes; another form would have another first line.
func (l Stored) Leaf() []byte {
	return field(l.encode(), sql.NullString{String: l.Mark, Valid: true})
}

// encode is every column but the mark: for each its length and its text, so
// that no text can be taken for the beginning of the next.
func (l Stored) encode() []byte {
	out := make([]byte, 0, 512)
	out = append(out, "asye audit line 1\n"...)
	text := func(s string) sql.NullString { return sql.NullString{String: s, Valid: true} }
	for _, f := range [...]sql.NullString{text(l.ID), l.Org, text(l.RecordedAt), text(l.Actor), l.ActorID, l.ActorOrg, l.ActorRole,
		l.Behalf, text(l.What), text(l.Reading), text(l.Kind), text(l.Subject), l.Before, l.After,
		l.EffectiveOn, text(l.Reason)} {
		out = field(out, f)
	}
	return out
}

func field(out []byte, f sql.NullString) []byte {
	if !f.Valid {
		return append(out, "-\n"...)
	}
	out = strconv.AppendInt(out, int64(len(f.String)), 10)
	out = append(out, ':')
	out = append(out, f.String...)
	return append(out, '\n')
}

var encoding = base64.RawStdEncoding

func newHash() hash.Hash { return sha256.New() }

// moment reads an instant to the letter: SQLite keeps it as text, in which
// another way to write the same instant is a change too. What is no instant at
// all is read as well, and is a change.
type moment string

// Scan reads what either engine gives back.
func (m *moment) Scan(from any) error {
	if at, ok := from.(time.Time); ok {
		from = asye.InstantOf(at).String()
	}
	*m = moment(fmt.Sprint(from))
	return nil
}

// day reads a date to the letter.
type day sql.NullString

// Scan reads what either engine gives back.
func (d *day) Scan(from any) error {
	if on, ok := from.(time.Time); ok {
		from = asye.NewDate(on.Date()).ISO()
	}
	*d = day{String: fmt.Sprint(from), Valid: from != nil}
	return nil
}

// flag reads a truth to the letter: SQLite keeps a number, and anything else
// that somebody puts there.
type flag string

// Scan reads what either engine gives back.
func (f *flag) Scan(from any) error {
	if n, ok := from.(int64); ok && (n == 0 || n == 1) {
		from = n == 1
	}
	*f = flag(fmt.Sprint(from))
	if text, ok := from.(string); ok {
		*f = flag(strconv.Quote(text))
	}
	return nil
}
