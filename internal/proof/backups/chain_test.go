package backups

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
)

// A chain is a row of states of the database, each of which can be told from
// every other: step n adds one line, changes one row of ten, takes a row away
// and puts another in its place, in four tables and one transaction. A copy
// that mixes two states is none of them.

// link is the hash that step n leaves.
func link(n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "step %d", n))
	return fmt.Sprintf("%x", sum[:8])
}

// step makes state n of state n-1.
func step(ctx context.Context, d *db.DB, n int) error {
	return d.Keep(ctx, func(tx *db.Tx) error {
		before, _ := json.Marshal(map[string]any{"n": n - 1, "link": link(n - 1)})
		after, _ := json.Marshal(map[string]any{"n": n, "link": link(n)})
		statements := []struct {
			text string
			args []any
		}{
			{`insert into audit_lines (id, recorded_at, actor_kind, what, subject_kind, subject_id, before, after)
				values ($1, $2, 'system', 'chain.step', 'chain', $3, $4, $5)`,
				[]any{fmt.Sprintf("chain-%08d", n), tx.Now(), fmt.Sprint(n), string(before), string(after)}},
			{`insert into form_tokens (token, spent_at, location) values ($1, $2, $3)
				on conflict (token) do update set spent_at = excluded.spent_at, location = excluded.location`,
				[]any{fmt.Sprintf("chain-%d", n%10), tx.Now(), fmt.Sprint(n)}},
			{`delete from turns where key like 'chain-%'`, nil},
			{`insert into turns (key) values ($1)`, []any{fmt.Sprintf("chain-%d-%s", n, link(n))}},
			{`insert into journey_drafts (id, person_id, org_id, journey, subject, answers, updated_at, version)
				values ('chain', 'chain', 'chain', 'chain', '', $1, $2, $3)
				on conflict (id) do update set answers = excluded.answers, updated_at = excluded.updated_at, version = excluded.version`,
				[]any{string(after), tx.Now(), n}},
		}
		for _, s := range statements {
			if _, err := tx.Exec(ctx, s.text, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// load goes on with a chain, a step at a time, until it is stopped.
type load struct {
	acked, begun atomic.Int64 // the last step that was committed, and that was begun
	stop         func()
	done         chan error
}

// perSecond is how many steps are begun in a second.
const perSecond = 100

func goOn(t *testing.T, d *db.DB, from int) *load {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	l := &load{stop: stop, done: make(chan error, 1)}
	l.acked.Store(int64(from))
	l.begun.Store(int64(from))
	go func() {
		tick := time.NewTicker(time.Second / perSecond)
		defer tick.Stop()
		for n := from + 1; ; n++ {
			select {
			case <-ctx.Done():
				l.done <- nil
				return
			case <-tick.C:
			}
			l.begun.Store(int64(n))
			if err := step(context.Background(), d, n); err != nil {
				l.done <- fmt.Errorf("step %d: %w", n, err)
				return
			}
			l.acked.Store(int64(n))
		}
	}()
	return l
}

// end stops the chain, and gives its last step.
func (l *load) end(t *testing.T) int {
	t.Helper()
	l.stop()
	if err := <-l.done; err != nil {
		t.Fatal(err)
	}
	return int(l.acked.Load())
}

// opened is a database for looking.
func opened(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.OpenExisting(context.Background(), address, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// column reads the first column of what a query finds.
func column(d *db.DB, query string) ([]string, error) {
	rows, err := d.Query(context.Background(), query)
	return db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var text string
		err := rows.Scan(&text)
		return text, err
	})
}

// state says which step of the chain a database stands at. It is an error where
// it stands at none, or at two.
func state(d *db.DB) (int, error) {
	heads, err := column(d, `select key from turns where key like 'chain-%'`)
	if err != nil {
		return 0, err
	}
	if len(heads) != 1 {
		return 0, fmt.Errorf("%d heads: %v", len(heads), heads)
	}
	var n int
	var hash string
	if _, err := fmt.Sscanf(strings.ReplaceAll(heads[0], "-", " "), "chain %d %s", &n, &hash); err != nil || hash != link(n) {
		return 0, fmt.Errorf("the head is %q", heads[0])
	}
	for _, look := range []func(*db.DB, int) error{lines, ring, draft} {
		if err := look(d, n); err != nil {
			return n, fmt.Errorf("the head says step %d, and %w", n, err)
		}
	}
	return n, nil
}

// lines are all steps up to n, each after the other.
func lines(d *db.DB, n int) error {
	all, err := column(d, `select cast(before as text) || '|' || cast(after as text) from audit_lines where what = 'chain.step' order by id`)
	if err != nil {
		return err
	}
	if len(all) != n {
		return fmt.Errorf("there are %d lines", len(all))
	}
	for i, text := range all {
		before, after, _ := strings.Cut(text, "|")
		if at(before) != i || at(after) != i+1 {
			return fmt.Errorf("line %d goes from %s to %s", i+1, before, after)
		}
	}
	return nil
}

// at is the step that a piece of JSON tells of; -1 where its hash is another's.
func at(text string) int {
	var v struct {
		N    int
		Link string
	}
	if json.Unmarshal([]byte(text), &v) != nil || v.Link != link(v.N) {
		return -1
	}
	return v.N
}

func ring(d *db.DB, n int) error {
	all, err := column(d, `select token || ' ' || location from form_tokens where token like 'chain-%'`)
	if err != nil {
		return err
	}
	if len(all) != min(n, 10) {
		return fmt.Errorf("the ring has %d rows", len(all))
	}
	for _, text := range all {
		var place, step int
		if _, err := fmt.Sscanf(text, "chain-%d %d", &place, &step); err != nil || step%10 != place || step > n || step <= n-10 {
			return fmt.Errorf("the ring has %q", text)
		}
	}
	return nil
}

func draft(d *db.DB, n int) error {
	all, err := column(d, `select cast(answers as text) || '|' || cast(version as text) from journey_drafts where id = 'chain'`)
	if err != nil {
		return err
	}
	if len(all) != 1 {
		return fmt.Errorf("there are %d drafts", len(all))
	}
	answers, version, _ := strings.Cut(all[0], "|")
	if at(answers) != n || version != fmt.Sprint(n) {
		return fmt.Errorf("the draft is %s", all[0])
	}
	return nil
}
