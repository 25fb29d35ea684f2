package registration

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// rowColumns and rowTables are the one projection that lists, pages and exports
// read. The open pattern and allocations are joined; a year that has ended
// shows its last ones.
const rowColumns = `
	e.id, e.reference, e.person_id, p.given_name, p.family_name, coalesce(p.email, ''),
	n.regulator_number, e.org_id, o.code, o.name, e.programme, e.programme_version, e.cohort,
	e.starts_on, e.ends_on, e.due_on, e.team, e.funded, e.version,
	case when n.confirmed_at is null then 0 else 1 end,
	(select w.hours from working_patterns w where w.enrolment_id = e.id order by w.starts_on desc limit 1),
	(select w.full_time_hours from working_patterns w where w.enrolment_id = e.id order by w.starts_on desc limit 1),
	(select a.assessor_name from assessor_allocations a where a.enrolment_id = e.id
		and (a.ends_on is null or e.ends_on is not null) order by a.starts_on desc limit 1),
	(select cp.given_name || ' ' || cp.family_name from coordinator_allocations c
		join people cp on cp.id = c.person_id where c.enrolment_id = e.id and c.ends_on is null),
	(select u.starts_on from pauses u where u.enrolment_id = e.id and u.ends_on is null),
	(select count(*) from pauses u where u.enrolment_id = e.id),
	(select x.result from outcomes x where x.enrolment_id = e.id and x.undone_at is null),
	(select x.decided_on from outcomes x where x.enrolment_id = e.id and x.undone_at is null),
	(select count(*) from transfers t where t.enrolment_id = e.id
		and t.status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed'))`

const rowTables = `
	enrolments e
	join people p on p.id = e.person_id
	join nqsws n on n.person_id = e.person_id
	join organisations o on o.id = e.org_id`

func scanRow(rows interface{ Scan(...any) error }, more ...any) (Row, error) {
	var r Row
	var hours, full sql.NullInt64
	var assessor, coordinator, result sql.NullString
	var confirmed, transferring int
	into := []any{&r.ID, &r.Reference, &r.Person, &r.GivenName, &r.FamilyName, &r.Email, &r.Number, &r.Org, &r.OrgCode,
		&r.OrgName, &r.Programme, &r.ProgrammeVersion, &r.Cohort, &r.StartsOn, &r.EndsOn, &r.DueOn, &r.Team, &r.Funded,
		&r.Version, &confirmed, &hours, &full, &assessor, &coordinator, &r.PausedSince, &r.Deferrals, &result,
		&r.DecidedOn, &transferring}
	if err := rows.Scan(append(into, more...)...); err != nil {
		return r, err
	}
	r.Hours, r.FullTimeHours = Hours(hours.Int64), Hours(full.Int64)
	r.Assessor, r.Coordinator, r.Result = assessor.String, coordinator.String, Result(result.String)
	r.Confirmed, r.Transferring = confirmed == 1, transferring > 0
	return r, nil
}

// which is the condition that finds one enrolment, and its arguments; or why
// whoever asks may not.
type which struct {
	where   string
	args    []any
	refused error
}

// byOrg finds an enrolment of the scope's own organisation.
func byOrg(scope tenant.Scope, id asye.EnrolmentID) which {
	return which{`e.id = $1 and e.org_id = $2`, []any{string(id), string(scope.Org())}, within(scope)}
}

// byPerson finds the latest enrolment of the person at work.
func byPerson(scope tenant.Scope) which {
	return which{`e.person_id = $1 and e.starts_on = (select max(starts_on) from enrolments where person_id = $1)`,
		[]any{string(scope.Person())}, access.Years.Ask(scope, policy.Self)}
}

// byID finds any enrolment: for work that has been let in another way.
func byID(id asye.EnrolmentID) which { return which{where: `e.id = $1`, args: []any{string(id)}} }

// within refuses those who may not see the years of their own organisation.
func within(scope tenant.Scope) error { return access.Years.Ask(scope, policy.SameEmployer) }

// Get is the record of one enrolment of the scope's organisation.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID) (Record, error) {
	return s.load(ctx, s.db, byOrg(scope, id))
}

// Mine is the record of the person at work: their latest year.
func (s *Store) Mine(ctx context.Context, scope tenant.Scope) (Record, error) {
	return s.load(ctx, s.db, byPerson(scope))
}

func (s *Store) load(ctx context.Context, q db.Queryer, w which) (Record, error) {
	if w.refused != nil {
		return Record{}, w.refused
	}
	row, err := scanRow(q.QueryRow(ctx, `select `+rowColumns+` from `+rowTables+` where `+w.where, w.args...))
	if err != nil {
		return Record{}, db.NotFound(err, "registration")
	}
	r := Record{Row: row}
	if r.Rules, err = s.catalogue.Get(row.Programme, row.ProgrammeVersion); err != nil {
		return r, err
	}
	for _, part := range []func(context.Context, db.Queryer, *Record) error{
		loadNQSW, loadEmployments, loadPatterns, loadPauses, loadExtensions, loadCoordinators, loadAssessors,
		loadOutcomes, loadTransfers, loadChecks,
	} {
		if err := part(ctx, q, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

func loadNQSW(ctx context.Context, q db.Queryer, r *Record) error {
	n := NQSW{Person: r.Person}
	var year sql.NullInt64
	var evidence []byte
	err := q.QueryRow(ctx, `
		select p.given_name, p.middle_names, p.family_name, coalesce(p.email, ''), n.date_of_birth, n.regulator_number,
			n.added_to_register_on, n.qualification, n.qualified_year, n.entry_route, n.entry_route_other,
			n.invited_at, n.confirmed_at, n.version, e.recorded_at, v.evidence
		from nqsws n join people p on p.id = n.person_id
		join enrolments e on e.person_id = n.person_id
		left join eligibility_evidence v on v.enrolment_id = e.id
		where e.id = $1`, string(r.ID)).Scan(&n.Identity.GivenName, &n.Identity.MiddleNames, &n.Identity.FamilyName,
		&n.Identity.Email, &n.DateOfBirth, &n.Number, &n.AddedToRegisterOn, &n.Qualification, &year, &n.EntryRoute,
		&n.EntryRouteOther, &n.InvitedAt, &n.ConfirmedAt, &n.Version, &r.RecordedAt, &evidence)
	if err != nil {
		return err
	}
	n.QualifiedYear = int(year.Int64)
	r.NQSW = n
	if len(evidence) == 0 {
		return nil
	}
	return json.Unmarshal(evidence, &r.Evidence)
}

func loadEmployments(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select m.id, m.org_id, o.name, m.starts_on, m.ends_on from employments m join organisations o on o.id = m.org_id
		where m.person_id = $1 and (m.ends_on is null or m.ends_on > $2)
		  and m.starts_on < coalesce((select min(starts_on) from enrolments where person_id = $1 and starts_on > $2), '9999-12-31')
		order by m.starts_on`, string(r.Person), r.StartsOn)
	r.Employments, err = db.Rows(rows, err, func(rows *sql.Rows) (m Employment, err error) {
		return m, rows.Scan(&m.ID, &m.Org, &m.Name, &m.Period.Start, &m.Period.End)
	})
	return err
}

func loadPatterns(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, starts_on, ends_on, hours, full_time_hours from working_patterns
		where enrolment_id = $1 order by starts_on`, string(r.ID))
	r.Patterns, err = db.Rows(rows, err, func(rows *sql.Rows) (p Pattern, err error) {
		return p, rows.Scan(&p.ID, &p.Period.Start, &p.Period.End, &p.Hours, &p.FullTimeHours)
	})
	return err
}

func loadPauses(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, starts_on, ends_on, expected_return_on, reason, note, recorded_at from pauses
		where enrolment_id = $1 order by starts_on`, string(r.ID))
	r.Pauses, err = db.Rows(rows, err, func(rows *sql.Rows) (p Pause, err error) {
		return p, rows.Scan(&p.ID, &p.Period.Start, &p.Period.End, &p.ExpectedReturn, &p.Reason, &p.Note, &p.RecordedAt)
	})
	return err
}

func loadExtensions(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, months, days, reason, note, approver, approved_on, recorded_at, undone_at, undone_reason
		from extensions where enrolment_id = $1 order by approved_on, recorded_at, id`, string(r.ID))
	r.Extensions, err = db.Rows(rows, err, func(rows *sql.Rows) (e Extension, err error) {
		return e, rows.Scan(&e.ID, &e.Months, &e.Days, &e.Reason, &e.Note, &e.Approver, &e.ApprovedOn, &e.RecordedAt,
			&e.UndoneAt, &e.UndoneReason)
	})
	return err
}

func loadCoordinators(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select c.id, c.person_id, p.given_name || ' ' || p.family_name, coalesce(p.email, ''), c.starts_on, c.ends_on
		from coordinator_allocations c join people p on p.id = c.person_id
		where c.enrolment_id = $1 order by c.starts_on`, string(r.ID))
	r.Coordinators, err = db.Rows(rows, err, scanAllocation)
	return err
}

func loadAssessors(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, coalesce(person_id, ''), assessor_name, assessor_email, starts_on, ends_on
		from assessor_allocations where enrolment_id = $1 order by starts_on`, string(r.ID))
	r.Assessors, err = db.Rows(rows, err, scanAllocation)
	return err
}

func scanAllocation(rows *sql.Rows) (a Allocation, err error) {
	return a, rows.Scan(&a.ID, &a.Person, &a.Name, &a.Email, &a.Period.Start, &a.Period.End)
}

func loadOutcomes(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, result, decided_on, told_on, reason, concerns, note, recorded_at, undone_at, undone_reason
		from outcomes where enrolment_id = $1 order by recorded_at desc, id desc`, string(r.ID))
	r.Outcomes, err = db.Rows(rows, err, func(rows *sql.Rows) (o Outcome, err error) {
		return o, rows.Scan(&o.ID, &o.Result, &o.DecidedOn, &o.ToldOn, &o.Reason, &o.Concerns, &o.Note, &o.RecordedAt,
			&o.UndoneAt, &o.UndoneReason)
	})
	return err
}

func loadChecks(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, `
		select id, number, checked_on, result, registered_name, source from register_checks
		where person_id = $1 order by recorded_at desc, id desc`, string(r.Person))
	r.Checks, err = db.Rows(rows, err, func(rows *sql.Rows) (c RegisterCheck, err error) {
		return c, rows.Scan(&c.ID, &c.Number, &c.CheckedOn, &c.Result, &c.RegisteredName, &c.Source)
	})
	return err
}
