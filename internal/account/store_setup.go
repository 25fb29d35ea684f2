package account

import (
	"context"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// FirstOrganisation is where the first administrator works, as typed.
type FirstOrganisation struct {
	Name   string
	Type   asye.EmployerType
	Code   string // three digits for a local authority, a short code for others
	Region string // a local authority's; empty for others
}

// AddFirst puts the first organisation on record, or finds the one that is
// there with its code. What is wrong is told as problems with the fields name,
// type, code and region. It is given to this capability, since another keeps
// organisations.
type AddFirst func(ctx context.Context, tx *db.Tx, scope tenant.Scope, o FirstOrganisation) (asye.OrganisationID, error)

// SetUp is what the page of the first administrator asks.
type SetUp struct {
	Code   string
	Org    FirstOrganisation
	Who    asye.Identity
	Device string
}

// NeedsSetUp reports whether nobody has ever been an administrator here.
func (s *Store) NeedsSetUp(ctx context.Context) (bool, error) { return needsSetUp(ctx, s.db) }

func needsSetUp(ctx context.Context, q db.Queryer) (bool, error) {
	n := 0
	err := q.QueryRow(ctx, `select count(*) from memberships where role = 'administrator'`).Scan(&n)
	return n == 0, err
}

// SetupCode makes the code with which the first administrator starts, and
// forgets the one before. It is empty where there is an administrator already.
func (s *Store) SetupCode(ctx context.Context) (string, error) {
	code := ""
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		code = ""
		needed, err := needsSetUp(ctx, tx)
		if err != nil || !needed {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from setup_codes where used_at is null`); err != nil {
			return err
		}
		code = NewCode()
		_, err = tx.Exec(ctx, `
			insert into setup_codes (code_hash, made_at, expires_at) values ($1, $2, $3)`,
			HashToken(PlainCode(code)), tx.Now(), tx.Now().Add(s.settings.SetupLife))
		return err
	})
	return code, err
}

// SetUp makes the first administrator and their organisation, and signs them
// in. A code that is wrong, used or too old is a problem with the field
// setup_code; where there is an administrator already, it is NotFound.
func (s *Store) SetUp(ctx context.Context, form *tenant.Form, a SetUp, add AddFirst) (Started, error) {
	var started Started
	scope := tenant.System("set-up").WithForm(form)
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		needed, err := needsSetUp(ctx, tx)
		if err != nil {
			return err
		}
		if !needed {
			return fault.New(fault.NotFound, "This service has been set up already")
		}
		if err := s.useCode(ctx, tx, a); err != nil {
			return err
		}
		org, err := add(ctx, tx, scope, a.Org)
		if err != nil {
			return err
		}
		if started, err = s.firstAdministrator(ctx, tx, a, org); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update setup_codes set org_id = $1 where code_hash = $2`,
			string(org), HashToken(PlainCode(a.Code)))
		return err
	})
	return started, err
}

// useCode judges what was typed about the person, and uses the code up.
func (s *Store) useCode(ctx context.Context, tx *db.Tx, a SetUp) error {
	var p fault.Problems
	err := db.MustAffectOne(tx.Exec(ctx, `
		update setup_codes set used_at = $1 where code_hash = $2 and used_at is null and expires_at > $1`,
		tx.Now(), HashToken(PlainCode(a.Code))))
	if err != nil && !errors.Is(err, db.ErrStale) {
		return err
	}
	p.If(err != nil, "setup_code", "Enter the code that the service printed when it started. It works once, for 24 hours; start the service again for a new one")
	p = append(p, fault.ProblemsOf(CheckIdentity(a.Who.Trimmed()))...)
	p.If(a.Who.Trimmed().Email == "", "email", "Enter your e-mail address, because links to sign in are sent to it")
	return p.Err()
}

func (s *Store) firstAdministrator(ctx context.Context, tx *db.Tx, a SetUp, org asye.OrganisationID) (Started, error) {
	scope := tenant.System("set-up").In(org)
	person, err := s.AddPerson(ctx, tx, scope, a.Who)
	if err != nil {
		return Started{}, err
	}
	if err := s.Join(ctx, tx, scope, person, org, asye.Administrator, clock.DateOf(tx.Now())); err != nil {
		return Started{}, err
	}
	return s.start(ctx, tx, Entry{Person: person, Way: BySetup, Device: a.Device}, Membership{Org: org, Role: asye.Administrator})
}
