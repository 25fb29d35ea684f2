package registration

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Details are the facts about an NQSW that they confirm themselves.
type Details struct {
	Identity          asye.Identity
	DateOfBirth       asye.Date
	Number            Number
	AddedToRegisterOn asye.Date
	Qualification     string
	QualifiedYear     int
	EntryRoute        string
	EntryRouteOther   string
}

// Details are the NQSW's details as they stand.
func (n NQSW) Details() Details {
	return Details{n.Identity, n.DateOfBirth, n.Number, n.AddedToRegisterOn, n.Qualification, n.QualifiedYear,
		n.EntryRoute, n.EntryRouteOther}
}

// Check judges details by the same rules as an entry.
func (d Details) Check(today asye.Date) error {
	var p fault.Problems
	e := Entry{Identity: d.Identity, Number: d.Number, DateOfBirth: d.DateOfBirth, AddedToRegisterOn: d.AddedToRegisterOn,
		Qualification: d.Qualification, QualifiedYear: d.QualifiedYear, EntryRoute: d.EntryRoute,
		EntryRouteOther: d.EntryRouteOther, StartsOn: today}
	e.checkIdentity(&p)
	e.checkDates(&p, today)
	e.checkBackground(&p, today)
	return p.Err()
}

// ChangeDetails puts an NQSW's details right, by their coordinator. The NQSW is
// asked to confirm them again.
func (s *Store) ChangeDetails(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, d Details) error {
	return s.changeDetails(ctx, scope, byOrg(scope, id), seen, d, false)
}

// ConfirmDetails is the NQSW's own confirmation, with whatever they corrected.
func (s *Store) ConfirmDetails(ctx context.Context, scope tenant.Scope, seen int, d Details) error {
	return s.changeDetails(ctx, scope, byPerson(scope), seen, d, true)
}

func (s *Store) changeDetails(ctx context.Context, scope tenant.Scope, w which, seen int, d Details, confirmed bool) error {
	if err := d.Check(s.today()); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, w)
		if err != nil {
			return err
		}
		if r.NQSW.Version != seen {
			return db.ErrStale
		}
		return s.putDetails(ctx, tx, scope, r, putting{d, confirmed})
	})
}

// putting is details to be stored, and whether the NQSW confirms them so.
type putting struct {
	Details
	confirmed bool
}

// putDetails stores details that have been checked, over those of a record.
func (s *Store) putDetails(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, d putting) error {
	if err := s.stillHere(ctx, tx, r); err != nil {
		return err
	}
	if d.Identity != r.NQSW.Identity {
		if err := s.people.ChangePerson(ctx, tx, scope, r.Person, d.Identity); err != nil {
			return err
		}
	}
	at, what := asye.Instant{}, "detailsChanged"
	if d.confirmed {
		at, what = tx.Now(), "detailsConfirmed"
	}
	err := db.MustAffectOne(tx.Exec(ctx, `
		update nqsws set date_of_birth = $1, regulator_number = $2, added_to_register_on = $3, qualification = $4,
			qualified_year = $5, entry_route = $6, entry_route_other = $7, confirmed_at = $8, version = version + 1
		where person_id = $9 and version = $10`,
		d.DateOfBirth, d.Number, d.AddedToRegisterOn, d.Qualification, yearOrNull(d.QualifiedYear), d.EntryRoute,
		d.EntryRouteOther, at, string(r.Person), r.NQSW.Version))
	if err != nil {
		return err
	}
	if _, err := s.findTwins(ctx, tx, scope, r.Person, Entry{Identity: d.Identity, Number: d.Number, DateOfBirth: d.DateOfBirth}); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "registration." + what, Kind: "enrolment", ID: string(r.ID), Org: r.Org,
		Before: r.NQSW.Details(), After: d.Details})
}

// stillHere refuses an employer of years gone by: the details of somebody who
// has a running year elsewhere are for that employer to put right (REG-9).
func (s *Store) stillHere(ctx context.Context, tx *db.Tx, r Record) error {
	elsewhere := 0
	err := tx.QueryRow(ctx, `
		select count(*) from enrolments where person_id = $1 and org_id <> $2 and ends_on is null`,
		string(r.Person), string(r.Org)).Scan(&elsewhere)
	if err == nil && elsewhere > 0 {
		return fault.New(fault.Forbidden, "This NQSW has a year running with another employer, so only they can change these details")
	}
	return err
}

// CheckRegister keeps what the regulator's register says on a day (REG-10).
func (s *Store) CheckRegister(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, c RegisterCheck) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byOrg(scope, id))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into register_checks (id, person_id, number, checked_on, result, registered_name, source, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.NewID(), string(r.Person), c.Number, c.CheckedOn, c.Result,
			c.RegisteredName, c.Source, tx.Now())
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.registerChecked", Kind: "enrolment", ID: string(id),
			After: map[string]any{"result": c.Result, "number": c.Number}, On: c.CheckedOn})
	})
}

// MoveAll moves every running year from one employer to its successor, when
// employers merge. Years that have ended keep the employer they had (REG-46).
func (s *Store) MoveAll(ctx context.Context, tx *db.Tx, scope tenant.Scope, from, to asye.OrganisationID, on asye.Date) error {
	rows, err := tx.Query(ctx, `select id from enrolments where org_id = $1 and ends_on is null order by id`, string(from))
	ids, err := db.Rows(rows, err, func(rows *sql.Rows) (id asye.EnrolmentID, err error) { return id, rows.Scan(&id) })
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := s.load(ctx, tx, byID(id))
		if err != nil {
			return err
		}
		if err := s.moveToSuccessor(ctx, tx, scope, r, to, on); err != nil {
			return err
		}
	}
	return followMoves(ctx, tx, from, to)
}

func (s *Store) moveToSuccessor(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, to asye.OrganisationID, on asye.Date) error {
	if err := succeed(ctx, tx, r.Person, to, on); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update enrolments set org_id = $1 where id = $2`, string(to), string(r.ID)); err != nil {
		return err
	}
	if err := s.members.Leave(ctx, tx, scope, r.Person, r.Org, asye.NQSW, on); err != nil {
		return err
	}
	if err := s.members.Join(ctx, tx, scope, r.Person, to, asye.NQSW, on); err != nil {
		return err
	}
	return s.finish(ctx, tx, scope, r, change{What: "employerMerged", On: on,
		Before: map[string]any{"employer": r.Org}, After: map[string]any{"employer": to}})
}

// succeed puts the successor in the employer's place. Who came to the employer
// only after the merger, as records may say, was with the successor all along.
func succeed(ctx context.Context, tx *db.Tx, person asye.PersonID, to asye.OrganisationID, on asye.Date) error {
	res, err := tx.Exec(ctx, `
		update employments set ends_on = $1 where person_id = $2 and ends_on is null and starts_on < $1`, on, string(person))
	if err != nil {
		return err
	}
	ended, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if ended == 0 {
		_, err = tx.Exec(ctx, `update employments set org_id = $1 where person_id = $2 and ends_on is null`, string(to), string(person))
		return err
	}
	_, err = tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on) values ($1, $2, $3, $4)`,
		tx.NewID(), string(person), string(to), on)
	return err
}
