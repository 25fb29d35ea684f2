package registration

import (
	"context"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Need is something about a running year that somebody should see to. A list
// can be narrowed down to those with one.
type Need string

// What a running year can need.
const (
	Confirming Need = "confirming" // the NQSW has not confirmed the details
	Returning  Need = "returning"  // a return from pause is expected within [ReturnWithin] days, or was
	Ending     Need = "ending"     // the last day is within [EndWithin] days
	Assessing  Need = "assessing"  // nobody is named who assesses
)

// How many days ahead a coordinator is told of a return, and of an end. They
// are our judgement of how long it takes to arrange a review.
const (
	ReturnWithin = 14
	EndWithin    = 30
)

// needs says in SQL who has a need. $1 is the day; %d is the number of the
// parameter that holds the last day to look at.
var needs = map[Need]string{
	Confirming: `e.ends_on is null and n.confirmed_at is null`,
	Returning:  `e.ends_on is null and u.expected_return_on <= $%[1]d`,
	Ending:     `e.ends_on is null and e.due_on > $1 and e.due_on <= $%[1]d`,
	Assessing: `e.ends_on is null and not exists (
		select 1 from assessor_allocations s where s.enrolment_id = e.id and s.ends_on is null)`,
}

// until is the last day that a need looks at.
func (n Need) until(today asye.Date) asye.Date {
	switch n {
	case Returning:
		return today.AddDays(ReturnWithin)
	case Ending:
		return today.AddDays(EndWithin + 1) // due_on is the day after the last
	}
	return today
}

// Waiting is how much waits for a coordinator.
type Waiting struct {
	Overdue    int // outcomes that should have been recorded
	Confirming int
	Returning  int
	Ending     int
	Assessing  int // years without an assessor
	Claims     int // claims by other employers that have had no answer
}

// Waiting counts what waits for the scope's organisation.
func (s *Store) Waiting(ctx context.Context, scope tenant.Scope) (Waiting, error) {
	if err := within(scope); err != nil {
		return Waiting{}, err
	}
	var w Waiting
	today := s.today()
	of := func(condition string, parameter int) string {
		if strings.Contains(condition, "%[1]d") {
			condition = fmt.Sprintf(condition, parameter)
		}
		return `coalesce(sum(case when ` + condition + ` then 1 else 0 end), 0)`
	}
	text := `select ` + of(conditions[Overdue], 0) + `, ` +
		of(needs[Confirming], 0) + `, ` + of(needs[Returning], 3) + `, ` + of(needs[Ending], 4) + `, ` + of(needs[Assessing], 0) + `,
		(select count(*) from transfers t where t.from_org_id = $2 and t.status = 'claimed')
		from enrolments e join nqsws n on n.person_id = e.person_id ` + statusTables + `
		where e.org_id = $2 and e.ends_on is null`
	err := s.db.QueryRow(ctx, strings.ReplaceAll(text, "$1", s.dated("$1")), today.ISO(), string(scope.Org()),
		Returning.until(today), Ending.until(today)).Scan(&w.Overdue, &w.Confirming, &w.Returning, &w.Ending, &w.Assessing, &w.Claims)
	return w, err
}
