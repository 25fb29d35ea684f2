package registration

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// findTwins puts everybody who may be the same person before the national team.
func (s *Store) findTwins(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, e Entry) (bool, error) {
	// Two questions, so that each has its index.
	rows, err := tx.Query(ctx, `
		select person_id, 'number' from nqsws where regulator_number = $1 and person_id <> $2
		union all
		select n.person_id, 'name_and_birth' from nqsws n join people p on p.id = n.person_id
		where n.date_of_birth = $3 and p.sort_name = $4 and n.person_id <> $2
		  and n.regulator_number is distinct from $1`,
		e.Number, string(person), e.DateOfBirth, e.Identity.SortName())
	type found struct {
		other asye.PersonID
		why   string
	}
	twins, err := db.Rows(rows, err, func(rows *sql.Rows) (f found, err error) { return f, rows.Scan(&f.other, &f.why) })
	if err != nil {
		return false, err
	}
	for _, f := range twins {
		_, err := tx.Exec(ctx, `
			insert into duplicates (id, person_id, other_id, why, found_at) values ($1, $2, $3, $4, $5)
			on conflict (person_id, other_id) do nothing`, tx.NewID(), string(person), string(f.other), f.why, tx.Now())
		if err != nil {
			return false, err
		}
	}
	return len(twins) > 0, nil
}

// Twins lists the pairs that wait for a decision, the oldest first.
func (s *Store) Twins(ctx context.Context, scope tenant.Scope) ([]Twin, error) {
	return s.twins(ctx, scope, `d.decision = ''`)
}

// Twin is one of them.
func (s *Store) Twin(ctx context.Context, scope tenant.Scope, id string) (Twin, error) {
	found, err := s.twins(ctx, scope, `d.decision = '' and d.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "There is no such pair")
	}
	if err != nil {
		return Twin{}, err
	}
	return s.withYears(ctx, s.db, found[0])
}

// withYears adds the years of both to a pair.
func (s *Store) withYears(ctx context.Context, q db.Queryer, t Twin) (Twin, error) {
	for _, side := range []*TwinSide{&t.One, &t.Other} {
		years, err := s.yearsOf(ctx, q, side.Person)
		if err != nil {
			return t, err
		}
		side.Years = years
	}
	return t, nil
}

func (s *Store) yearsOf(ctx context.Context, q db.Queryer, person asye.PersonID) ([]TwinYear, error) {
	rows, err := q.Query(ctx, `
		select e.id, e.reference, e.org_id, o.name, o.contact_name, o.contact_email, o.contact_phone, e.starts_on, e.ends_on,
			(select count(*) from outcomes x where x.enrolment_id = e.id and x.undone_at is null and x.reason = 'registered-by-mistake'),
			(select count(*) from transfers m where m.enrolment_id = e.id
				and m.status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed'))
		from enrolments e join organisations o on o.id = e.org_id where e.person_id = $1 order by e.starts_on`, string(person))
	return db.Rows(rows, err, func(rows *sql.Rows) (y TwinYear, err error) {
		var mistaken, moving int
		err = rows.Scan(&y.ID, &y.Reference, &y.Org, &y.OrgName, &y.Contact.Name, &y.Contact.Email, &y.Contact.Phone,
			&y.Period.Start, &y.Period.End, &mistaken, &moving)
		y.Mistaken, y.Moving = mistaken > 0, moving > 0
		return y, err
	})
}

func (s *Store) twins(ctx context.Context, scope tenant.Scope, where string, args ...any) ([]Twin, error) {
	if err := national(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select d.id, d.why, d.found_at,
			d.person_id, p.given_name || ' ' || p.family_name, n.regulator_number, n.date_of_birth,
			(select string_agg(o.name || ' (' || e.reference || ')', ', ' order by e.starts_on)
				from enrolments e join organisations o on o.id = e.org_id where e.person_id = d.person_id),
			d.other_id, q.given_name || ' ' || q.family_name, m.regulator_number, m.date_of_birth,
			(select string_agg(o.name || ' (' || e.reference || ')', ', ' order by e.starts_on)
				from enrolments e join organisations o on o.id = e.org_id where e.person_id = d.other_id)
		from duplicates d
		join people p on p.id = d.person_id join nqsws n on n.person_id = d.person_id
		join people q on q.id = d.other_id join nqsws m on m.person_id = d.other_id
		where `+where+` order by d.found_at, d.id`, args...)
	return db.Rows(rows, err, func(rows *sql.Rows) (t Twin, err error) {
		var one, other sql.NullString
		err = rows.Scan(&t.ID, &t.Why, &t.FoundAt, &t.One.Person, &t.One.Name, &t.One.Number, &t.One.DateOfBirth, &one,
			&t.Other.Person, &t.Other.Name, &t.Other.Number, &t.Other.DateOfBirth, &other)
		t.One.Employers, t.Other.Employers = one.String, other.String
		return t, err
	})
}

// Judge records whether a pair is one person. The same person's registrations
// come together under the record that was there first; overlapping years cannot
// be one person's, and are refused with what to do (REG-50 to REG-52).
func (s *Store) Judge(ctx context.Context, scope tenant.Scope, id string, same bool, note string) error {
	return s.judge(ctx, scope, id, note, func(tx *db.Tx, t Twin) (string, error) {
		if !same {
			return "different", nil
		}
		return "same", s.unite(ctx, tx, scope, t.One.Person, t.Other.Person)
	})
}

// JudgeMistake records that a pair is one person whose newer year should never
// have been registered: it is closed on behalf of its employer, and the records
// come together (REG-53).
func (s *Store) JudgeMistake(ctx context.Context, scope tenant.Scope, id, note string) error {
	return s.judge(ctx, scope, id, note, func(tx *db.Tx, t Twin) (string, error) {
		year, err := t.Closing()
		if err != nil {
			return "", err
		}
		if err := s.closeMistaken(ctx, tx, scope, year); err != nil {
			return "", err
		}
		return "same", s.unite(ctx, tx, scope, t.One.Person, t.Other.Person)
	})
}

// judge runs a decision on a pair that waits for one, and keeps it.
func (s *Store) judge(ctx context.Context, scope tenant.Scope, id, note string, decide func(*db.Tx, Twin) (string, error)) error {
	if err := national(scope); err != nil {
		return err
	}
	if err := words("note", note, "Say how you know, for whoever asks later"); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		var t Twin
		err := tx.QueryRow(ctx, `select person_id, other_id from duplicates where id = $1 and decision = ''`, id).
			Scan(&t.One.Person, &t.Other.Person)
		if err != nil {
			return db.NotFound(err, "pair waiting for a decision")
		}
		if t, err = s.withYears(ctx, tx, t); err != nil {
			return err
		}
		decision, err := decide(tx, t)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update duplicates set decision = $1, decided_at = $2, decided_by = $3, note = $4 where id = $5`,
			decision, tx.Now(), orNull(string(scope.Person())), note, id)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.pairJudged", Kind: "duplicate", ID: id, Reason: note,
			After: map[string]any{"decision": decision, "person": t.One.Person, "other": t.Other.Person}})
	})
}

// closeMistaken withdraws a year as registered by mistake, on behalf of whoever
// coordinates it.
func (s *Store) closeMistaken(ctx context.Context, tx *db.Tx, scope tenant.Scope, year TwinYear) error {
	r, err := s.load(ctx, tx, byID(year.ID))
	if err != nil {
		return err
	}
	c, err := s.decide(ctx, tx, r, Outcome{Result: ResultWithdrawn, DecidedOn: s.today(), Reason: Mistaken, Concerns: "no",
		Note: "Closed by the national team: this NQSW was registered already."})
	if fault.ProblemsOf(err) != nil {
		err = fault.New(fault.Conflict, "The newer year cannot be closed. %s", err)
	}
	if err != nil {
		return err
	}
	if err := s.members.Leave(ctx, tx, scope, r.Person, r.Org, asye.NQSW, s.today()); err != nil {
		return err
	}
	if err := s.toCoordinators(ctx, tx, r.Org, closedLetter(r)); err != nil {
		return err
	}
	return s.finish(ctx, tx, scope.OnBehalfOf(r.CoordinatedBy().Person), r, c)
}

// unite gives the newer record's registrations to the older. A year that was
// withdrawn as registered by mistake stays where it is: it never was a year of
// that person's, and may overlap the one that is (REG-52).
func (s *Store) unite(ctx context.Context, tx *db.Tx, scope tenant.Scope, newer, older asye.PersonID) error {
	for _, statement := range []string{
		`update employments set person_id = $1 where person_id = $2 and not exists (
			select 1 from enrolments e
			join outcomes x on x.enrolment_id = e.id and x.undone_at is null and x.reason = 'registered-by-mistake'
			where e.person_id = $2 and e.org_id = employments.org_id
			  and e.starts_on <= employments.starts_on and employments.starts_on < e.ends_on)`,
		`update enrolments set person_id = $1, version = version + 1 where person_id = $2 and not exists (
			select 1 from outcomes x
			where x.enrolment_id = enrolments.id and x.undone_at is null and x.reason = 'registered-by-mistake')`,
		`update register_checks set person_id = $1 where person_id = $2`,
	} {
		if _, err := tx.Exec(ctx, statement, string(older), string(newer)); err != nil {
			if overlap(err, "same", "") != err {
				return fault.New(fault.Conflict, "Both records have a year at the same time, which one person cannot have. If the newer one is a mistake, close it. If the NQSW has moved, ask the employers to record the move first")
			}
			return err
		}
	}
	rows, err := tx.Query(ctx, `select org_id from enrolments where person_id = $1 and ends_on is null`, string(older))
	orgs, err := db.Rows(rows, err, func(rows *sql.Rows) (o asye.OrganisationID, err error) { return o, rows.Scan(&o) })
	if err != nil {
		return err
	}
	for _, org := range orgs {
		if err := s.members.Join(ctx, tx, scope, older, org, asye.NQSW, s.today()); err != nil {
			return err
		}
		if err := s.members.Leave(ctx, tx, scope, newer, org, asye.NQSW, s.today()); err != nil {
			return err
		}
	}
	return nil
}
