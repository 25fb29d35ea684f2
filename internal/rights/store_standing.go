package rights

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Standing is what decides whether a person can be erased today, and when their
// data goes by itself. Whoever may not see the person's copy is Forbidden.
func (s *Store) Standing(ctx context.Context, scope tenant.Scope, person asye.PersonID) (Standing, error) {
	if _, err := s.mayLook(ctx, scope, person); err != nil {
		return Standing{}, err
	}
	st, err := s.standing(ctx, s.db, person)
	if err != nil {
		return st, err
	}
	last, err := s.lastDays(ctx, person)
	if one, ok := last[person]; ok {
		st.Class, st.Last = one.class, one.last
		st.EndsOn = s.settings.Schedule.Ends(one.class, one.last)
	}
	return st, err
}

func (s *Store) standing(ctx context.Context, q db.Queryer, person asye.PersonID) (Standing, error) {
	var st Standing
	var err error
	if st.Name, err = s.name(ctx, q, person); err != nil {
		return st, err
	}
	var erased int
	err = q.QueryRow(ctx, `
		select (select count(*) from memberships m where m.person_id = $1 and m.ends_on is null),
			(select count(*) from enrolments e where e.person_id = $1 and e.ends_on is null),
			(select count(*) from erasures x where x.person_id = $1)`, string(person)).Scan(&st.Roles, &st.Years, &erased)
	if err != nil {
		return st, err
	}
	st.Erased = erased > 0
	err = q.QueryRow(ctx, `select reason, placed_at from holds where person_id = $1 and lifted_at is null`, string(person)).
		Scan(&st.Hold, &st.HeldAt)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return st, err
}

// Hold keeps a person's data from being erased, with the reason. One who is
// held already is a Conflict.
func (s *Store) Hold(ctx context.Context, scope tenant.Scope, person asye.PersonID, reason string) error {
	if err := s.mayDecide(ctx, scope); err != nil {
		return err
	}
	if err := CheckReason("hold_reason", reason); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		st, err := s.standing(ctx, tx, person)
		if err != nil {
			return err
		}
		if st.Hold != "" {
			return fault.New(fault.Conflict, "There is a hold on the data of %s already: %s", st.Name, st.Hold)
		}
		if _, err := tx.Exec(ctx, `insert into holds (id, person_id, reason, placed_at, placed_by) values ($1, $2, $3, $4, $5)`,
			tx.NewID(), string(person), reason, tx.Now(), orNull(string(scope.Person()))); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "rights.held", Kind: "person", ID: string(person), Reason: reason})
	})
}

// Lift ends a hold. Where there is none it is a Conflict.
func (s *Store) Lift(ctx context.Context, scope tenant.Scope, person asye.PersonID) error {
	if err := s.mayDecide(ctx, scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		err := db.MustAffectOne(tx.Exec(ctx, `update holds set lifted_at = $1 where person_id = $2 and lifted_at is null`,
			tx.Now(), string(person)))
		if errors.Is(err, db.ErrStale) {
			return fault.New(fault.Conflict, "There is no hold on this person's data any more")
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "rights.holdLifted", Kind: "person", ID: string(person)})
	})
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
