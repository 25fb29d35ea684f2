package registration

import (
	"context"
	"crypto/sha256"
	"encoding/base32"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
)

// People keeps names and e-mail addresses; the account capability does.
type People interface {
	AddPerson(ctx context.Context, tx *db.Tx, scope tenant.Scope, who asye.Identity) (asye.PersonID, error)
	ChangePerson(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID, who asye.Identity) error
}

// Members lets NQSWs in; the account capability does.
type Members interface {
	Join(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID, org asye.OrganisationID, role asye.Role, from asye.Date) error
	Leave(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID, org asye.OrganisationID, role asye.Role, on asye.Date) error
	Invite(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID, org asye.OrganisationID) error
}

// Answered tells which of some people have answered the equality questions, or
// said that they would rather not. It never tells what they answered. The
// equality capability gives it.
type Answered func(ctx context.Context, scope tenant.Scope, persons []asye.PersonID) (map[asye.PersonID]bool, error)

// Store keeps registrations. Every method that takes an enrolment answers
// NotFound for one of another organisation.
type Store struct {
	db        *db.DB
	catalogue *programme.Catalogue
	people    People
	members   Members
	post      Post // nil sends no letters
}

// NewStore keeps registrations in a database.
func NewStore(d *db.DB, c *programme.Catalogue, p People, m Members) *Store {
	return &Store{db: d, catalogue: c, people: p, members: m}
}

// Catalogue is the programmes that can be registered for.
func (s *Store) Catalogue() *programme.Catalogue { return s.catalogue }

func (s *Store) today() asye.Date { return clock.Today(s.db.Clock()) }

// change is what a step did, for the audit trail.
type change struct {
	What          string
	Before, After any
	On            asye.Date
	Reason        string
}

// change is how anything about a year changes: load the record, let a step
// judge and write, derive the end of the year again, and leave an audit line,
// in one transaction. seen is the version on the person's screen; when the
// record has moved on it is db.ErrStale.
func (s *Store) change(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int,
	step func(tx *db.Tx, r Record) (change, error)) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byOrg(scope, id))
		if err != nil {
			return err
		}
		if r.Version != seen {
			return db.ErrStale
		}
		c, err := step(tx, r)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope, r, c)
	})
}

// finish derives the end of the year again and leaves the audit line.
func (s *Store) finish(ctx context.Context, tx *db.Tx, scope tenant.Scope, was Record, c change) error {
	if err := s.derive(ctx, tx, was); err != nil {
		return err
	}
	return s.auditChange(ctx, tx, scope, was, c)
}

func (s *Store) auditChange(ctx context.Context, tx *db.Tx, scope tenant.Scope, was Record, c change) error {
	return tx.Audit(ctx, scope, db.Line{What: "registration." + c.What, Kind: "enrolment", ID: string(was.ID),
		Org: was.Org, Before: c.Before, After: c.After, On: c.On, Reason: c.Reason})
}

// derive is the only writer of due_on and of the version, apart from the first
// insert: what lists sort by always follows from the facts.
func (s *Store) derive(ctx context.Context, tx *db.Tx, was Record) error {
	now, err := s.load(ctx, tx, byID(was.ID))
	if err != nil {
		return err
	}
	return db.MustAffectOne(tx.Exec(ctx, `
		update enrolments set due_on = $1, version = version + 1 where id = $2 and version = $3`,
		now.Schedule(s.today()).End, string(was.ID), was.Version))
}

// reference makes the human name of a registration from an identifier: eight
// letters and figures that are hard to misread.
func reference(id string) string {
	sum := sha256.Sum256([]byte(id))
	code := crockford.EncodeToString(sum[:5])
	return "ASYE-" + code[:4] + "-" + code[4:]
}

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
