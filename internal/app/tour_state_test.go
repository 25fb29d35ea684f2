package app

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// moving is what changes although nobody has changed anything, by table: the
// columns that are looked past, or a condition for the rows that are. Each with
// the reason; there is no other list.
var moving = past{
	"audit_lines":   {rows: `what like '%.read' or what like '%.downloaded'`, why: "reading or downloading somebody's record leaves a line, and is no change of it"},
	"audit_pending": {rows: `1 = 1`, why: "such a line waits here for its number in the chain, which it gets by itself"},
	"sessions":      {columns: []string{"last_seen_at"}, why: "a session that is used is noted, at most once a minute, so that it can end when it is not"},
}

// resaved is what changes besides when the same draft is saved again.
var resaved = past{
	"journey_drafts": {columns: []string{"updated_at", "version"}, why: "a draft says when it was last saved; the answers are the same"},
}

// past is what is looked past, by table.
type past map[string]struct {
	columns []string
	rows    string // a condition
	why     string
}

// ledger reads the whole database, over a connection of its own.
type ledger struct {
	t  testing.TB
	db *sql.DB
}

func newLedger(t testing.TB, file string) *ledger {
	t.Helper()
	d, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?_pragma=query_only(1)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	d.SetMaxOpenConns(1)
	t.Cleanup(func() { d.Close() })
	return &ledger{t, d}
}

// version is another number after each transaction that anybody else commits.
func (l *ledger) version() (n int) {
	l.t.Helper()
	if err := l.db.QueryRow(`pragma data_version`).Scan(&n); err != nil {
		l.t.Fatal(err)
	}
	return n
}

// state is a hash of each table, without what is moving.
func (l *ledger) state(more ...past) map[string]string {
	l.t.Helper()
	out := map[string]string{}
	for _, table := range l.texts(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`) {
		out[table] = l.hash(table, append(more, moving))
	}
	return out
}

func (l *ledger) texts(query string) []string {
	l.t.Helper()
	rows, err := l.db.Query(query)
	if err != nil {
		l.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			l.t.Fatal(err)
		}
		out = append(out, one)
	}
	if err := rows.Err(); err != nil {
		l.t.Fatal(err)
	}
	return out
}

func (l *ledger) hash(table string, lists []past) string {
	l.t.Helper()
	var hidden, columns []string
	query := ""
	for _, list := range lists {
		hidden = append(hidden, list[table].columns...)
		if rows := list[table].rows; rows != "" {
			query = ` where not (` + rows + `)`
		}
	}
	for _, name := range l.texts(`select name from pragma_table_info('` + table + `')`) {
		if !slices.Contains(hidden, name) {
			columns = append(columns, "quote("+name+")")
		}
	}
	query = `select ` + strings.Join(columns, ` || ',' || `) + ` from ` + table + query
	sum := sha256.New()
	for _, row := range l.texts(query + ` order by 1`) {
		fmt.Fprintln(sum, row)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}

// changed names the tables in which two states differ.
func changed(before, after map[string]string) []string {
	var out []string
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if before[table] != after[table] {
			out = append(out, table)
		}
	}
	return out
}
