package registration

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Filter says which registrations a list shows, and in which order. The zero
// Filter is everybody, by name.
type Filter struct {
	Cohort    asye.Cohort
	Programme string
	Status    Status
	Need      Need   // only those who need something seen to
	Search    string // part of a name, the reference, or the regulator's number
	Sort      string // name, starts, due, team; name when empty
	Down      bool   // from the end
	Page      int    // from 1
	Size      int    // rows to a page; PageSize when 0, everything when negative
}

// PageSize is how many rows a page of a list has.
const PageSize = 25

// Found is one page of a list.
type Found struct {
	Rows  []Row
	Total int // on all pages
	Page  int
	Pages int
}

// conditions says in SQL what Row.Status says in Go; a test compares them. $1
// is the day.
var conditions = map[Status]string{
	Upcoming:  `x.result is null and e.starts_on > $1`,
	Paused:    `x.result is null and e.starts_on <= $1 and u.starts_on <= $1`,
	Overdue:   `x.result is null and e.starts_on <= $1 and (u.starts_on is null or u.starts_on > $1) and e.due_on <= $1`,
	UnderWay:  `x.result is null and e.starts_on <= $1 and (u.starts_on is null or u.starts_on > $1) and e.due_on > $1`,
	Passed:    `x.result = 'passed'`,
	Failed:    `x.result = 'failed'`,
	Withdrawn: `x.result = 'withdrawn'`,
}

const statusTables = `
	left join outcomes x on x.enrolment_id = e.id and x.undone_at is null
	left join pauses u on u.enrolment_id = e.id and u.ends_on is null`

var orders = map[string]string{
	"":       "p.sort_name %[1]s, e.id",
	"name":   "p.sort_name %[1]s, e.id",
	"starts": "e.starts_on %[1]s, p.sort_name, e.id",
	"due":    "e.due_on %[1]s, p.sort_name, e.id",
	"team":   "e.team %[1]s, p.sort_name, e.id",
}

// ofOwn turns an order of registrations into one of those that were put together.
var ofOwn = strings.NewReplacer("e.", "own.", "p.", "own.")

// query is the WHERE of a filter and its arguments. $1 is today, $2 the
// organisation.
func (f Filter) query(scope tenant.Scope, today asye.Date) (string, []any) {
	where, args := `$1 is not null and e.org_id = $2`, []any{today.ISO(), string(scope.Org())}
	with := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" and "+condition, len(args))
	}
	if f.Cohort != 0 {
		with("e.cohort = $%d", int(f.Cohort))
	}
	if f.Programme != "" {
		with("e.programme = $%d", f.Programme)
	}
	if c, ok := conditions[f.Status]; ok {
		where += " and " + c
	}
	switch f.Need {
	case Confirming, Assessing:
		where += " and " + needs[f.Need]
	case Returning, Ending:
		with(needs[f.Need], f.Need.until(today))
	}
	if text := asye.Fold(f.Search); text != "" {
		with(`(p.search_text like $%[1]d escape '\' or lower(e.reference) like $%[1]d escape '\'
			or lower(coalesce(n.regulator_number, '')) like $%[1]d escape '\')`, "%"+escapeLike(text)+"%")
	}
	return where, args
}

// List is one page of the registrations of the scope's organisation.
func (s *Store) List(ctx context.Context, scope tenant.Scope, f Filter) (Found, error) {
	if err := within(scope); err != nil {
		return Found{}, err
	}
	where, args := f.query(scope, s.today())
	where = strings.ReplaceAll(where, "$1", s.dated("$1"))
	found := Found{Page: max(f.Page, 1)}
	err := s.db.QueryRow(ctx, `select count(*) from `+rowTables+statusTables+` where `+where, args...).Scan(&found.Total)
	if err != nil {
		return found, err
	}
	size := f.Size
	if size == 0 {
		size = PageSize
	}
	limit := ""
	found.Pages = 1
	if size > 0 {
		found.Pages = max(1, (found.Total+size-1)/size)
		found.Page = min(found.Page, found.Pages)
		limit = fmt.Sprintf(" limit %d offset %d", size, (found.Page-1)*size)
	}
	// The page is chosen first, so that only its own rows are projected; and it is
	// chosen among the organisation's own, which are put together first: a planner
	// that sees the limit would rather go through the names of the whole country.
	page := `with own as materialized (select e.id, e.starts_on, e.due_on, e.team, p.sort_name from ` + rowTables + statusTables + ` where ` + where + `)
		select id from own order by ` + ofOwn.Replace(f.order()) + limit
	rows, err := s.db.Query(ctx, `select `+rowColumns+` from `+rowTables+` where e.id in (`+page+`) order by `+f.order(), args...)
	found.Rows, err = db.Rows(rows, err, func(rows *sql.Rows) (Row, error) { return scanRow(rows) })
	return found, err
}

// dated tells PostgreSQL that a parameter is a date; SQLite keeps dates as text.
func (s *Store) dated(parameter string) string {
	return "cast(" + parameter + " as " + s.db.DateType() + ")"
}

func (f Filter) order() string {
	order, ok := orders[f.Sort]
	if !ok {
		order = orders[""]
	}
	direction := "asc"
	if f.Down {
		direction = "desc"
	}
	return fmt.Sprintf(order, direction)
}

// Counts tells how many registrations have each status, for a filter without
// its own status and page.
func (s *Store) Counts(ctx context.Context, scope tenant.Scope, f Filter) (map[Status]int, error) {
	if err := within(scope); err != nil {
		return nil, err
	}
	f.Status = ""
	where, args := f.query(scope, s.today())
	cases := ""
	for _, status := range Statuses() {
		cases += ` when ` + conditions[status] + ` then '` + string(status) + `'`
	}
	text := strings.ReplaceAll(`select case`+cases+` else '' end as status, count(*) from `+rowTables+statusTables+
		` where `+where+` group by 1`, "$1", s.dated("$1"))
	rows, err := s.db.Query(ctx, text, args...)
	counts := map[Status]int{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (n int, err error) {
		var status Status
		if err := rows.Scan(&status, &n); err != nil {
			return 0, err
		}
		counts[status] = n
		return n, nil
	})
	return counts, err
}

// ByCohort tells how many registrations each cohort has, for a filter without
// its own cohort and page.
func (s *Store) ByCohort(ctx context.Context, scope tenant.Scope, f Filter) (map[asye.Cohort]int, error) {
	if err := within(scope); err != nil {
		return nil, err
	}
	f.Cohort = 0
	where, args := f.query(scope, s.today())
	text := strings.ReplaceAll(`select e.cohort, count(*) from `+rowTables+statusTables+` where `+where+` group by e.cohort`, "$1", s.dated("$1"))
	rows, err := s.db.Query(ctx, text, args...)
	counts := map[asye.Cohort]int{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (n int, err error) {
		var cohort asye.Cohort
		if err := rows.Scan(&cohort, &n); err != nil {
			return 0, err
		}
		counts[cohort] = n
		return n, nil
	})
	return counts, err
}

// Cohorts lists the cohorts in which the organisation has registrations, the
// latest first.
func (s *Store) Cohorts(ctx context.Context, scope tenant.Scope) ([]asye.Cohort, error) {
	if err := within(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select distinct cohort from enrolments where org_id = $1 order by cohort desc`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (c asye.Cohort, err error) { return c, rows.Scan(&c) })
}

func escapeLike(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
