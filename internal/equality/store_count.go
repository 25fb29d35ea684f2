package equality

import (
	"context"
	"database/sql"
	"slices"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// counts lets in those who may count across all employers (EQU-14).
func counts(scope tenant.Scope) error {
	if scope.Role() == asye.Analyst || scope.Role() == asye.National || scope.Actor() == tenant.BySystem {
		return nil
	}
	return fault.New(fault.Forbidden, "Only analysts and the national team can count outcomes, and only for the whole country")
}

// names lets in those who know which employer is which.
func names(scope tenant.Scope) error {
	if scope.Role() == asye.National {
		return nil
	}
	return fault.New(fault.Forbidden, "Only the national team sees which employer has which figures")
}

// Cohorts lists the cohorts of a programme that have registrations, earliest
// first.
func (s *Store) Cohorts(ctx context.Context, scope tenant.Scope, programme string) ([]asye.Cohort, error) {
	if err := counts(scope); err != nil {
		return nil, err
	}
	if programme == "" {
		programme = ChildAndFamily
	}
	return s.cohorts(ctx, programme)
}

func (s *Store) cohorts(ctx context.Context, programme string) ([]asye.Cohort, error) {
	rows, err := s.db.Query(ctx, `select distinct cohort from enrolments where programme = $1 order by cohort`, programme)
	return db.Rows(rows, err, func(rows *sql.Rows) (asye.Cohort, error) {
		var c asye.Cohort
		return c, rows.Scan((*int)(&c))
	})
}

// Count counts how the years of some cohorts ended, by characteristic, from the
// records themselves; also are further columns of its cube, such as ByEmployer. It
// is national: there is no way to ask for one employer, because its counts would
// tell on people (EQU-14). An unknown characteristic or cohort is a problem that
// names the known ones.
func (s *Store) Count(ctx context.Context, scope tenant.Scope, q Query, also ...string) (Report, error) {
	have, err := s.Cohorts(ctx, scope, q.Programme)
	if err != nil {
		return Report{}, err
	}
	if q, err = Asked(q, have); err != nil {
		return Report{}, err
	}
	by := append(append(completing(), "deferrals", ByCohort), q.By...)
	c, err := s.cube(ctx, q, once(append(by, also...)))
	if err != nil {
		return Report{}, err
	}
	return reportOf(q, c), nil
}

// Cube counts the registrations of some cohorts by how they ended and by other
// columns, all crossed with each other: keys of characteristics, ByEmployer or
// ByCohort. Whoever is not known stands under one of [Unknown]. It is for what is
// worked out from counts: what is shown of it goes through a gate of its own.
func (s *Store) Cube(ctx context.Context, scope tenant.Scope, q Query, by ...string) (*tally.Cube, error) {
	have, err := s.Cohorts(ctx, scope, q.Programme)
	if err != nil {
		return nil, err
	}
	if q, err = Asked(q, have); err != nil {
		return nil, err
	}
	if !q.CompleteOnly {
		return s.cube(ctx, q, by)
	}
	c, err := s.cube(ctx, q, once(append(slices.Clone(by), completing()...)))
	if err != nil {
		return nil, err
	}
	return c.Only(completeIn(c)), nil
}

func (s *Store) cube(ctx context.Context, q Query, by []string) (*tally.Cube, error) {
	builder, add := cross(q, by)
	if err := s.each(ctx, q, add); err != nil {
		return nil, err
	}
	return builder.Cube(), nil
}

// What is read of a record, and where it stands. No statement names a person.
const (
	countedColumns = `coalesce(o.result, ''), e.starts_on, n.date_of_birth, n.entry_route, g.type, g.region,
		       coalesce(a.sex, ''), coalesce(a.ethnic_group, ''), coalesce(a.ethnic_background, ''), coalesce(a.disability, ''),
		       (select count(*) from pauses p where p.enrolment_id = e.id), e.org_id, e.cohort, coalesce(k.value, 0)`
	countedTables = `
		join   nqsws n on n.person_id = e.person_id
		join   organisations g on g.id = e.org_id
		left   join outcomes o on o.enrolment_id = e.id and o.undone_at is null
		left   join record_keys k on k.enrolment_id = e.id
		left   join equality_answers a on a.person_id = e.person_id`
)

// fields are where what is read of a record is put.
func (r *record) fields() []any {
	return []any{&r.result, &r.startsOn, &r.bornOn, &r.route, &r.employerType, &r.region,
		&r.sex, &r.ethnicGroup, &r.ethnicBackground, &r.disability, &r.deferrals, &r.employer, (*int)(&r.cohort), &r.key}
}

// each reads the records that a query is about, one at a time.
func (s *Store) each(ctx context.Context, q Query, add func(record)) error {
	in, args := db.In(2, numbers(q.Cohorts))
	rows, err := s.db.Query(ctx, `
		select `+countedColumns+`
		from   enrolments e `+countedTables+`
		where  e.programme = $1 and e.cohort in (`+in+`)`, append([]any{q.Programme}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r record
		if err := rows.Scan(r.fields()...); err != nil {
			return err
		}
		add(r)
	}
	return rows.Err()
}

// numbers are cohorts as the database has them.
func numbers(cohorts []asye.Cohort) []int {
	out := make([]int, len(cohorts))
	for i, c := range cohorts {
		out[i] = int(c)
	}
	return out
}

// Registered is how many people were registered in one cohort.
type Registered struct {
	Cohort asye.Cohort
	Total  int
	ByType map[asye.EmployerType]int
}

// RegistrationsByCohort counts the registrations of each cohort of a programme,
// by the type of the employer that has them now, earliest first.
func (s *Store) RegistrationsByCohort(ctx context.Context, scope tenant.Scope, programme string) ([]Registered, error) {
	if err := counts(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select e.cohort, g.type, count(*)
		from   enrolments e join organisations g on g.id = e.org_id
		where  e.programme = $1
		group  by e.cohort, g.type order by e.cohort, g.type`, programme)
	var out []Registered
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (int, error) {
		var cohort, n int
		var kind string
		if err := rows.Scan(&cohort, &kind, &n); err != nil {
			return 0, err
		}
		if len(out) == 0 || out[len(out)-1].Cohort != asye.Cohort(cohort) {
			out = append(out, Registered{Cohort: asye.Cohort(cohort), ByType: map[asye.EmployerType]int{}})
		}
		last := &out[len(out)-1]
		last.Total += n
		last.ByType[asye.EmployerType(kind)] += n
		return n, nil
	})
	return out, err
}
