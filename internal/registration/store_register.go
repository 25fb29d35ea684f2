package registration

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Added is what came of a registration.
type Added struct {
	ID        asye.EnrolmentID
	Reference string
	Person    asye.PersonID
	// Twin is true when somebody who may be the same person is registered with
	// another employer: the national team has been asked to look.
	Twin bool
}

// Add registers one NQSW with the scope's organisation, and invites them when
// their e-mail address is known. Problems name the fields of the entry.
func (s *Store) Add(ctx context.Context, scope tenant.Scope, e Entry) (Added, error) {
	var added Added
	err := s.db.Write(ctx, scope, func(tx *db.Tx) (err error) {
		added, err = s.Enter(ctx, tx, scope, e, Invite)
		return err
	})
	return added, err
}

// Inviting says whether a new NQSW gets an invitation.
type Inviting int

// Whether a new NQSW gets an invitation.
const (
	Invite      Inviting = iota // when the e-mail address is known
	DoNotInvite                 // records brought in from elsewhere
)

// Enter is Add within a transaction, for files of many.
func (s *Store) Enter(ctx context.Context, tx *db.Tx, scope tenant.Scope, e Entry, inviting Inviting) (Added, error) {
	if err := within(scope); err != nil {
		return Added{}, err
	}
	r, err := Register(e, s.catalogue, s.today())
	if err != nil {
		return Added{}, err
	}
	if err := tx.Turn(ctx, "register "+string(scope.Org())); err != nil {
		return Added{}, err
	}
	person, known, err := s.here(ctx, tx, scope, e)
	if err != nil {
		return Added{}, err
	}
	if !known {
		if person, err = s.addNQSW(ctx, tx, scope, e); err != nil {
			return Added{}, err
		}
	}
	added, err := s.enrol(ctx, tx, scope, r, person)
	if err != nil {
		return added, err
	}
	if added.Twin, err = s.findTwins(ctx, tx, scope, person, e); err != nil {
		return added, err
	}
	if inviting == Invite && e.Identity.Email != "" {
		return added, s.invite(ctx, tx, scope, person)
	}
	return added, nil
}

// here finds a person whom this employer has registered before; one whose year
// is still running cannot be registered again (REG-8).
func (s *Store) here(ctx context.Context, q db.Queryer, scope tenant.Scope, e Entry) (asye.PersonID, bool, error) {
	var person asye.PersonID
	var reference sql.NullString
	err := q.QueryRow(ctx, `
		select n.person_id, (select x.reference from enrolments x where x.person_id = n.person_id and x.ends_on is null)
		from nqsws n where n.regulator_number = $1
		  and exists (select 1 from enrolments m where m.person_id = n.person_id and m.org_id = $2)
		order by n.person_id limit 1`, string(e.Number), string(scope.Org())).Scan(&person, &reference)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err == nil && reference.Valid {
		return "", false, fault.Problems{{Field: "regulator_number", Text: "An NQSW with the number " + string(e.Number) +
			" is already registered, as " + reference.String + ". Open that record to change it"}}
	}
	return person, err == nil, err
}

func (s *Store) addNQSW(ctx context.Context, tx *db.Tx, scope tenant.Scope, e Entry) (asye.PersonID, error) {
	person, err := s.people.AddPerson(ctx, tx, scope, e.Identity)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `
		insert into nqsws (person_id, date_of_birth, regulator_number, added_to_register_on, qualification,
			qualified_year, entry_route, entry_route_other)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(person), e.DateOfBirth, e.Number, e.AddedToRegisterOn, e.Qualification, yearOrNull(e.QualifiedYear),
		e.EntryRoute, e.EntryRouteOther)
	return person, err
}

func yearOrNull(year int) any {
	if year == 0 {
		return nil
	}
	return year
}

// enrol writes the enrolment and the periods that start with it.
func (s *Store) enrol(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Registered, person asye.PersonID) (Added, error) {
	id := tx.NewID()
	added := Added{ID: asye.EnrolmentID(id), Reference: reference(id), Person: person}
	start := Record{Row: Row{StartsOn: r.StartsOn}, Rules: r.Version,
		Patterns: []Pattern{{Period: asye.Since(r.StartsOn), Hours: r.Hours, FullTimeHours: r.FullTimeHours}}}
	due := start.Schedule(s.today()).End
	_, err := tx.Exec(ctx, `
		insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on,
			due_on, team, funded, recorded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		id, added.Reference, string(person), string(scope.Org()), r.Version.Programme, r.Version.Version,
		int(asye.CohortOf(r.StartsOn)), r.StartsOn, due, r.Team, r.Verdict.Funded, tx.Now())
	if err != nil {
		return added, clash(err)
	}
	if err := s.startPeriods(ctx, tx, scope, r, added); err != nil {
		return added, clash(err)
	}
	evidence, err := json.Marshal(r.Verdict.Evidence)
	if err != nil {
		return added, err
	}
	_, err = tx.Exec(ctx, `insert into eligibility_evidence (enrolment_id, evidence, recorded_at) values ($1, $2, $3)`,
		id, string(evidence), tx.Now())
	if err != nil {
		return added, err
	}
	return added, tx.Audit(ctx, scope, db.Line{What: "registration.registered", Kind: "enrolment", ID: id,
		After: map[string]any{"reference": added.Reference, "programme": r.Version.Programme, "rules": r.Version.Version,
			"starts_on": r.StartsOn, "hours": r.Hours, "full_time_hours": r.FullTimeHours, "team": r.Team,
			"funded": r.Verdict.Funded}, On: r.StartsOn})
}

func (s *Store) startPeriods(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Registered, added Added) error {
	_, err := tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on) values ($1, $2, $3, $4)`,
		tx.NewID(), string(added.Person), string(scope.Org()), r.StartsOn)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into working_patterns (id, enrolment_id, starts_on, hours, full_time_hours) values ($1, $2, $3, $4, $5)`,
		tx.NewID(), string(added.ID), r.StartsOn, int(r.Hours), int(r.FullTimeHours))
	if err != nil {
		return err
	}
	if scope.Role() == asye.Coordinator {
		if err := allocateCoordinator(ctx, tx, added.ID, scope.Person(), r.StartsOn); err != nil {
			return err
		}
	}
	if r.AssessorName != "" {
		if err := allocateAssessor(ctx, tx, added.ID, r.AssessorName, r.AssessorEmail, r.StartsOn); err != nil {
			return err
		}
	}
	// Whoever is invited before the first day can do their own part at once.
	from := r.StartsOn
	if today := s.today(); today.Before(from) {
		from = today
	}
	return s.members.Join(ctx, tx, scope, added.Person, scope.Org(), asye.NQSW, from)
}

func allocateCoordinator(ctx context.Context, tx *db.Tx, id asye.EnrolmentID, person asye.PersonID, from asye.Date) error {
	_, err := tx.Exec(ctx, `
		insert into coordinator_allocations (id, enrolment_id, person_id, starts_on) values ($1, $2, $3, $4)`,
		tx.NewID(), string(id), string(person), from)
	return err
}

func allocateAssessor(ctx context.Context, tx *db.Tx, id asye.EnrolmentID, name, email string, from asye.Date) error {
	_, err := tx.Exec(ctx, `
		insert into assessor_allocations (id, enrolment_id, assessor_name, assessor_email, starts_on)
		values ($1, $2, $3, $4, $5)`, tx.NewID(), string(id), name, email, from)
	return err
}

// clash says in words what the database refused.
func clash(err error) error {
	if errors.Is(err, db.ErrOverlap) || errors.Is(err, db.ErrDuplicate) {
		return fault.Problems{{Field: "starts_on", Text: "The dates overlap a year or an employment that is recorded already. Check the start date"}}
	}
	return err
}

// invite sends the NQSW a link to their own part.
func (s *Store) invite(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID) error {
	if err := s.members.Invite(ctx, tx, scope, person, scope.Org()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update nqsws set invited_at = $1 where person_id = $2`, tx.Now(), string(person))
	return err
}

// InviteAgain sends the invitation once more.
func (s *Store) InviteAgain(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byOrg(scope, id))
		if err != nil {
			return err
		}
		if r.Email == "" {
			return fault.New(fault.Invalid, "There is no e-mail address to send the invitation to. Add one to the details first")
		}
		if err := s.invite(ctx, tx, scope, r.Person); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.invited", Kind: "enrolment", ID: string(id)})
	})
}
