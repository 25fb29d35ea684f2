package equality

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps the answers, and counts.
type Store struct {
	db     *db.DB
	stages []asye.Stage
}

// NewStore keeps equality answers in a database. The stages are those of a year
// that are recorded: each capability lists its own.
func NewStore(d *db.DB, stages ...asye.Stage) *Store { return &Store{d, stages} }

// self is the person at work, for whom alone their answers are. Somebody who
// acts for another person is not that person, and sees nothing (EQU-5).
func self(scope tenant.Scope) (asye.PersonID, error) {
	if !scope.IsSignedIn() || scope.Behalf() != "" || scope.Role() != asye.NQSW {
		return "", fault.New(fault.Forbidden, "Equality answers can be seen and changed only by the person who gave them")
	}
	return scope.Person(), nil
}

// Mine gives the answers of the person at work, and of nobody else: there is no
// way to name another. Never having answered is no error.
func (s *Store) Mine(ctx context.Context, scope tenant.Scope) (Answers, error) {
	person, err := self(scope)
	if err != nil {
		return Answers{}, err
	}
	var a Answers
	err = s.db.QueryRow(ctx, `
		select sex, gender_same, gender_identity, ethnic_group, ethnic_background, ethnic_detail,
		       disability, answered_on, version
		from   equality_answers where person_id = $1`, string(person)).
		Scan(&a.Sex, &a.GenderSame, &a.GenderIdentity, &a.EthnicGroup, &a.EthnicBackground, &a.EthnicDetail,
			&a.Disability, &a.AnsweredOn, &a.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return Answers{}, nil
	}
	return a, err
}

// Answer keeps what the person at work says of themselves, in place of what
// they said before; a.Version is the version they started from, and when it is
// no longer the latest the answer is a Conflict. The audit line says that they
// answered and never what (EQU-6).
func (s *Store) Answer(ctx context.Context, scope tenant.Scope, a Answers) error {
	person, err := self(scope)
	if err != nil {
		return err
	}
	if a, err = Given(a); err != nil {
		return err
	}
	a.AnsweredOn = asye.Date{} // today, whatever the caller says
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := put(ctx, tx, person, a); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, answered(person))
	})
}

// Record keeps answers for the example service and for an import that the
// person has asked for: the program itself may write, and still not read. It
// never replaces what a person said themselves, which is a Conflict. Without
// a.AnsweredOn the day is today.
func (s *Store) Record(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, a Answers) error {
	if scope.Actor() != tenant.BySystem {
		return fault.New(fault.Forbidden, "Equality answers can be given only by the person whom they are about")
	}
	a, err := Given(a)
	if err != nil {
		return err
	}
	a.Version = 0
	if err := put(ctx, tx, person, a); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, answered(person))
}

func put(ctx context.Context, tx *db.Tx, person asye.PersonID, a Answers) error {
	on := a.AnsweredOn
	if on.IsZero() {
		on = clock.DateOf(tx.Now())
	}
	return db.MustAffectOne(tx.Exec(ctx, `
		insert into equality_answers (person_id, sex, gender_same, gender_identity, ethnic_group,
			ethnic_background, ethnic_detail, disability, answered_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (person_id) do update
		set    sex = excluded.sex, gender_same = excluded.gender_same, gender_identity = excluded.gender_identity,
		       ethnic_group = excluded.ethnic_group, ethnic_background = excluded.ethnic_background,
		       ethnic_detail = excluded.ethnic_detail, disability = excluded.disability,
		       answered_on = excluded.answered_on, version = equality_answers.version + 1
		where  equality_answers.version = $10`,
		string(person), a.Sex, a.GenderSame, a.GenderIdentity, a.EthnicGroup,
		a.EthnicBackground, a.EthnicDetail, a.Disability, on, a.Version))
}

// answered has neither the answers before nor those after.
func answered(person asye.PersonID) db.Line {
	return db.Line{What: "equality.answered", Kind: "person", ID: string(person)}
}

// Wipe deletes the answers of the person at work: as if they had never been
// asked (EQU-7). Having none is no error.
func (s *Store) Wipe(ctx context.Context, scope tenant.Scope) error {
	person, err := self(scope)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `delete from equality_answers where person_id = $1`, string(person)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "equality.wiped", Kind: "person", ID: string(person)})
	})
}

// Complete tells which of some people have sent the section, and nothing more
// (EQU-3). A coordinator is told of those enrolled with their own employer, and
// an NQSW of themselves; the others are left out.
func (s *Store) Complete(ctx context.Context, scope tenant.Scope, people ...asye.PersonID) (map[asye.PersonID]bool, error) {
	if scope.Role() == asye.NQSW {
		people = slices.DeleteFunc(slices.Clone(people), func(p asye.PersonID) bool { return p != scope.Person() })
	} else if scope.Role() != asye.Coordinator && scope.Role() != asye.National && scope.Actor() != tenant.BySystem {
		return nil, fault.New(fault.Forbidden, "Only a coordinator or the national team can see whether the equality section is complete")
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = string(p)
	}
	org := string(scope.Org())
	if scope.Role() != asye.Coordinator {
		org = ""
	}
	in, args := db.In(2, ids)
	rows, err := s.db.Query(ctx, `
		select a.person_id from equality_answers a
		where  a.person_id in (`+in+`)
		and    ($1 = '' or exists (select 1 from enrolments e where e.person_id = a.person_id and e.org_id = $1))`,
		append([]any{org}, args...)...)
	found, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var id string
		return id, rows.Scan(&id)
	})
	out := map[asye.PersonID]bool{}
	for _, id := range found {
		out[asye.PersonID(id)] = true
	}
	return out, err
}
