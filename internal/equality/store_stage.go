package equality

import (
	"context"
	"database/sql"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Stages counts who reached each stage of the year, and when, by one
// characteristic. An unknown characteristic or cohort is a problem that names the
// known ones.
func (s *Store) Stages(ctx context.Context, scope tenant.Scope, q Query) ([]StageTable, error) {
	have, err := s.Cohorts(ctx, scope, q.Programme)
	if err != nil {
		return nil, err
	}
	if q, err = Asked(q, have); err != nil {
		return nil, err
	}
	c, _ := characteristic(q.By[0])
	found := &stages{characteristic: c, of: map[string]int{}}
	if err := s.each(ctx, q, func(r record) {
		if !q.CompleteOnly || isComplete(r) {
			found.registered(r)
		}
	}); err != nil {
		return nil, err
	}
	for i, stage := range s.stages {
		found.tables = append(found.tables, StageTable{Stage: stage})
		if err := s.eachReached(ctx, q, stage, func(r record, on asye.Date) {
			if !q.CompleteOnly || isComplete(r) {
				found.reached(i, r, on)
			}
		}); err != nil {
			return nil, fmt.Errorf("the stage %s: %w", stage.Key, err)
		}
	}
	return found.done(), nil
}

// eachReached reads the records that reached a stage, with the day, one at a time.
// The statement names no person.
func (s *Store) eachReached(ctx context.Context, q Query, stage asye.Stage, add func(record, asye.Date)) error {
	in, args := db.In(2, numbers(q.Cohorts))
	rows, err := s.db.Query(ctx, `
		with reached (enrolment_id, reached_on) as (`+stage.Days+`)
		select `+countedColumns+`, reached.reached_on
		from   reached
		join   enrolments e on e.id = reached.enrolment_id `+countedTables+`
		where  e.programme = $1 and e.cohort in (`+in+`)`, append([]any{q.Programme}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r record
		var on asye.Date
		if err := rows.Scan(append(r.fields(), &on)...); err != nil {
			return err
		}
		add(r, on)
	}
	return rows.Err()
}

// EmployerNames are the names of organisations, by identifier, for the national
// team alone: with them, the counts of a small employer would name people.
func (s *Store) EmployerNames(ctx context.Context, scope tenant.Scope) (map[string]string, error) {
	if err := names(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `select id, name from organisations`)
	pairs, err := db.Rows(rows, err, func(rows *sql.Rows) ([2]string, error) {
		var pair [2]string
		return pair, rows.Scan(&pair[0], &pair[1])
	})
	out := map[string]string{}
	for _, pair := range pairs {
		out[pair[0]] = pair[1]
	}
	return out, err
}
