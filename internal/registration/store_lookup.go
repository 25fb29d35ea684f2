package registration

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Running tells early what Add would refuse: that an NQSW with this number has
// a year running with the scope's organisation (REG-8). It is a problem with
// the field regulator_number, or nil.
func (s *Store) Running(ctx context.Context, scope tenant.Scope, number Number) error {
	if err := within(scope); err != nil {
		return err
	}
	if number == "" {
		return nil
	}
	_, _, err := s.here(ctx, s.db, scope, Entry{Number: number})
	return err
}

// Paired reports whether the NQSW of a record may be somebody who is registered
// elsewhere too, and nobody has decided yet. Whom, it does not say.
func (s *Store) Paired(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID) (bool, error) {
	if err := within(scope); err != nil {
		return false, err
	}
	var n int
	err := s.db.QueryRow(ctx, `
		select count(*) from enrolments e join duplicates d on d.person_id = e.person_id or d.other_id = e.person_id
		where e.id = $1 and e.org_id = $2 and d.decision = ''`, string(id), string(scope.Org())).Scan(&n)
	return n > 0, err
}

// NameOf is the name under which a number is recorded here, with whichever
// employer; empty when it is not. Only the program itself may ask, for the
// simulated register: the real one answers anybody.
func (s *Store) NameOf(ctx context.Context, scope tenant.Scope, number Number) (string, error) {
	if scope.Actor() != tenant.BySystem {
		return "", fault.New(fault.Forbidden, "Only the service itself can look a number up across employers")
	}
	var name string
	err := s.db.QueryRow(ctx, `
		select p.given_name || ' ' || p.family_name from nqsws n join people p on p.id = n.person_id
		where n.regulator_number = $1 order by n.person_id limit 1`, string(number)).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, err
}
