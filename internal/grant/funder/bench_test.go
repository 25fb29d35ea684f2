package funder_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// crowd is a nation: so many employers with 20 NQSWs each, half of them paid for,
// and one more employer with a statement of so many lines. It writes the rows by
// themselves, because claiming takes its time.
func (h house) crowd(t testing.TB, employers, lines int) {
	t.Helper()
	must(t, h.DB.Keep(ctx, func(tx *db.Tx) error {
		c := &crowding{tx: tx}
		for e := range employers {
			c.employer(e, 20, 10)
		}
		c.employer(employers, lines, lines)
		return c.err
	}))
}

type crowding struct {
	tx  *db.Tx
	err error
}

func (c *crowding) run(text string, args ...any) {
	if c.err == nil {
		_, c.err = c.tx.Exec(ctx, text, args...)
	}
}

func (c *crowding) employer(e, people, paid int) {
	org := fmt.Sprintf("crowd-%d", e)
	c.run(`insert into organisations (id, code, name, type, region, opened_on, search_text) values ($1, $2, $3, 'local_authority', 'London', '2000-01-01', $3)`,
		org, fmt.Sprint(5000+e), fmt.Sprintf("Borough %04d", e))
	c.run(`insert into grant_claims (id, reference, org_id, scheme, state, left_out, scheme_hash, content_hash, pence, drafted_at, signed_at, submitted_at, answered_at)
		values ($1, $1, $1, $2, 'answered', '[]', 'x', 'x', 1, $3, $3, $3, $3)`, org, scheme, c.tx.Now())
	c.run(`insert into grant_statements (id, reference, org_id, scheme, number, state, opened_at) values ($1, $1, $1, $2, 1, 'open', $3)`, org, scheme, c.tx.Now())
	for n := range people {
		c.person(org, fmt.Sprintf("%s-%d", org, n), n < paid)
	}
}

func (c *crowding) person(org, id string, paid bool) {
	c.run(`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values ($1, 'Ada', $1, $1, $1, $2)`, id, c.tx.Now())
	c.run(`insert into nqsws (person_id, regulator_number) values ($1, 'SW1')`, id)
	c.run(`insert into employments (id, person_id, org_id, starts_on) values ($1, $1, $2, '2026-09-01')`, id, org)
	c.run(`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
		values ($1, $1, $1, $2, 'child-and-family', '2026', 2026, '2026-09-01', '2027-09-01', $3, $4)`, id, org, true, c.tx.Now())
	c.run(`insert into register_checks (id, person_id, number, checked_on, result, source, recorded_at) values ($1, $1, 'SW1', '2026-11-01', 'registered', 'test', $2)`, id, c.tx.Now())
	if !paid {
		return
	}
	c.run(`insert into grant_lines (id, claim_id, org_id, person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, payment, standing)
		values ($1, $2, $2, $1, $1, 'child-and-family', $3, 'registration', '2026-09-01', 100000, '{}', '[]', '[]', 'accepted', $4)`, id, org, scheme, true)
	c.run(`insert into grant_items (id, statement_id, org_id, kind, line_id, pence, effective_on, recorded_at) values ($1, $2, $2, 'line', $1, 100000, '2026-09-01', $3)`, id, org, c.tx.Now())
	c.run(`insert into grant_entries (id, org_id, scheme, debit, credit, pence, item_id, effective_on, recorded_at) values ($1, $2, $3, 'grant', 'owed', 100000, $1, '2026-09-01', $4)`,
		id, org, scheme, c.tx.Now())
}

// BenchmarkFunding opens the funder's pages with 300 employers, 12,000
// registrations, and a statement of 6,000 lines, and says what the slowest in a
// hundred took.
func BenchmarkFunding(b *testing.B) {
	for engine, open := range map[string]func(testing.TB) *db.DB{
		"sqlite":   func(t testing.TB) *db.DB { return dbtest.OpenSQLite(t, schema.All()) },
		"postgres": func(t testing.TB) *db.DB { return dbtest.OpenPostgres(t, schema.All()) },
	} {
		b.Run(engine, func(b *testing.B) { benchmarkOn(b, open) })
	}
}

func benchmarkOn(b *testing.B, open func(testing.TB) *db.DB) {
	h := nation(b, granttest.New(b, open(b)))
	for name, path := range map[string]string{
		"statement, 6,000 lines": paths.FundingStatement("crowd-300"),
		"its last page":          paths.FundingStatement("crowd-300") + "?page=120",
		"statements":             paths.FundingStatements(),
		"to do":                  paths.Funding(),
		"report":                 paths.FundingReport(),
	} {
		b.Run(name, func(b *testing.B) {
			browser := h.As(b, team)
			b.ResetTimer()
			slowest(b, func() { browser.Get(path).Is(200) })
		})
	}
	lap := clock.Stopwatch()
	n, err := h.Statements.Close(ctx, team, scheme)
	must(b, err)
	b.Logf("%d statements closed in %s", n, lap())
}

func nation(t testing.TB, in granttest.House) house {
	h := open(in)
	h.crowd(t, 300, 6000)
	return h
}

// slowest reports the slowest of a hundred.
func slowest(b *testing.B, do func()) {
	var took []time.Duration
	for b.Loop() {
		lap := clock.Stopwatch()
		do()
		took = append(took, lap())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}
