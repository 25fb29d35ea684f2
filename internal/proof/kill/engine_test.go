package kill

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof/postgres"
	"example.org/asye/internal/proof/service"
)

// writersAtOnce is how many coordinators work at the same time.
const writersAtOnce = 4

// engine is where the databases of a run are.
type engine struct {
	server *postgres.Server // nil for SQLite
	dir    string
	people []service.Person
	made   int
}

// newEngine makes a database with the coordinators in it, to be copied.
func newEngine(t *testing.T, binary string, dialect db.Dialect) *engine {
	t.Helper()
	e := &engine{dir: t.TempDir()}
	template := filepath.Join(e.dir, "template.db")
	if dialect == db.Postgres {
		e.server = ownServer(t)
		e.administer(t, "create database template")
		template = e.server.Address("template")
	}
	var err error
	if e.people, err = service.Coordinators(t.Context(), binary, template, writersAtOnce); err != nil {
		t.Fatal(err)
	}
	return e
}

// ownServer is a PostgreSQL server with the settings that it comes with, to be
// killed.
func ownServer(t *testing.T) *postgres.Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "asye-kill")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s, err := postgres.New(dir)
	if err != nil {
		t.Skip(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func (e *engine) administer(t *testing.T, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", e.server.Address("postgres"))
	if err == nil {
		_, err = pool.Exec(statement)
		pool.Close()
	}
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// damaged lets PostgreSQL compare every index of a database with its table;
// SQLite is looked at whole after each round.
func (e *engine) damaged(t *testing.T, address string) []string {
	t.Helper()
	if e.server == nil {
		return nil
	}
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec("create extension if not exists amcheck"); err != nil {
		t.Logf("indexes are not compared: %v", err)
		return nil
	}
	_, err = pool.Exec(`select bt_index_check(c.oid, true) from pg_class c join pg_am a on a.oid = c.relam
		where a.amname = 'btree' and c.relkind = 'i' and c.relnamespace = 'public'::regnamespace`)
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}

// fresh is the address of a copy of the template; the one before goes.
func (e *engine) fresh(t *testing.T) string {
	t.Helper()
	last := e.made
	e.made++
	name := fmt.Sprintf("batch%d", e.made)
	if e.server != nil {
		e.administer(t, fmt.Sprintf("drop database if exists batch%d with (force)", last))
		e.administer(t, "create database "+name+" template template")
		return e.server.Address(name)
	}
	os.RemoveAll(filepath.Join(e.dir, fmt.Sprintf("batch%d", last)))
	whole, err := os.ReadFile(filepath.Join(e.dir, "template.db"))
	file := filepath.Join(e.dir, name, "asye.db")
	if err == nil {
		err = os.Mkdir(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = os.WriteFile(file, whole, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// look reads everything that belongs to the NQSWs of the writers, and what is
// wrong with the database itself.
func look(address string) (found map[string]rows, wrong []string, err error) {
	ctx := context.Background()
	d, err := db.Open(ctx, address, clock.Real())
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	if found, err = people(ctx, d); err != nil {
		return nil, nil, err
	}
	if wrong, err = orphans(ctx, d, found); err != nil || d.Dialect() == db.Postgres {
		return found, wrong, err
	}
	for _, check := range []string{"pragma integrity_check", "pragma foreign_key_check"} {
		lines, err := d.Query(ctx, check)
		if err != nil {
			return nil, nil, err
		}
		for lines.Next() {
			var text sql.NullString
			fields := []any{&text, new(any), new(any), new(any)}
			columns, _ := lines.Columns()
			if err := lines.Scan(fields[:len(columns)]...); err != nil {
				return nil, nil, err
			}
			if text.String != "ok" {
				wrong = append(wrong, check+": "+text.String)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, nil, err
		}
	}
	return found, wrong, nil
}

func people(ctx context.Context, d *db.DB) (map[string]rows, error) {
	query := "select p.email"
	for _, one := range counted {
		query += ", (" + one.query + ")"
	}
	lines, err := d.Query(ctx, query+" from people p where p.email like '%"+domain+"'")
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	found := map[string]rows{}
	for lines.Next() {
		var email string
		var n rows
		into := []any{&email}
		for i := range n {
			into = append(into, &n[i])
		}
		if err := lines.Scan(into...); err != nil {
			return nil, err
		}
		found[email] = n
	}
	return found, lines.Err()
}

// whole are the tables of which every row must belong to an NQSW of the
// writers, by what is counted for each.
var whole = map[string]string{
	"nqsws": "nqsws", "enrolments": "enrolments", "employments": "employments", "eligibility": "eligibility_evidence",
	"coordinators": "coordinator_allocations", "assessors": "assessor_allocations", "patterns": "working_patterns",
	"mail":              "mail_outbox where recipient like '%" + domain + "'",
	"lines: registered": "audit_lines where what = 'registration.registered'",
	"lines: hours":      "audit_lines where what = 'registration.hoursChanged'",
	"lines: invited":    "audit_lines where what = 'account.invited'",
	"lines: sent again": "audit_lines where what = 'registration.invited'",
}

// orphans are rows that belong to nobody: half of a change of which the other
// half is missing.
func orphans(ctx context.Context, d *db.DB, found map[string]rows) ([]string, error) {
	var wrong []string
	for i, one := range counted {
		from, ok := whole[one.name]
		if !ok {
			continue
		}
		n, sum := 0, 0
		if err := d.QueryRow(ctx, "select count(*) from "+from).Scan(&n); err != nil {
			return nil, err
		}
		for _, each := range found {
			sum += each[i]
		}
		if n != sum {
			wrong = append(wrong, fmt.Sprintf("%s: %d rows, of which %d belong to an NQSW", from, n, sum))
		}
	}
	return wrong, nil
}
