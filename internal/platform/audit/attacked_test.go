package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
	"golang.org/x/mod/sumdb/tlog"
)

// positions is at how many lines each attack is tried.
func positions() int64 {
	if n, err := strconv.ParseInt(os.Getenv("POSITIONS"), 10, 64); err == nil {
		return n
	}
	return 10
}

// target is a chain to attack: its lines, and what was written outside while it
// grew.
type target struct {
	t       testing.TB
	db      *db.DB
	key     Key
	size    int64
	ids     []string
	hashes  []tlog.Hash           // of the lines
	signed  map[int64]Checkpoint  // the checkpoint of each size, as it once was
	outside Checkpoint            // the last, from outside
	flats   map[int64][]tlog.Hash // what is stored with each line
	other   Key                   // the attacker's own
}

// errUndo gives an attack up again.
var errUndo = errors.New("undo")

// newTarget grows a chain of somewhat more lines than there are positions, over
// ten days, as the service does. Whoever attacks it has the database, and so is
// not stopped by a trigger.
func newTarget(t testing.TB, d *db.DB) *target {
	t.Helper()
	g := &target{t: t, db: d, key: NewKey(), other: NewKey(), size: positions() + 40, signed: map[int64]Checkpoint{}, flats: map[int64][]tlog.Hash{}}
	g.must(d.Guard(lines.Guard{Secret: g.key.Secret(), Tables: schema.Tables()}))
	c := NewChain(d, g.key, slog.New(slog.DiscardHandler))
	g.must(c.Claim(context.Background()))
	for n := range g.size {
		if n%(g.size/10+1) == 0 {
			_, err := c.Extend(context.Background())
			g.must(err)
			d.Clock().(*clock.Stopped).Move(24 * time.Hour)
		}
		g.must(d.Write(context.Background(), tenant.System("x"), func(tx *db.Tx) error { return tell(tx, n) }))
	}
	_, err := c.Extend(context.Background())
	g.must(err)
	g.learn()
	for _, statement := range map[db.Dialect][]string{
		db.SQLite:   {"drop trigger audit_lines_stay_update", "drop trigger audit_lines_stay_delete"},
		db.Postgres: {"drop trigger audit_lines_stay on audit_lines"},
	}[d.Dialect()] {
		g.must(d.Keep(context.Background(), func(tx *db.Tx) error { return exec(tx, statement) }))
	}
	return g
}

// tell writes one of many kinds of lines, in which each column has something.
func tell(tx *db.Tx, n int64) error {
	who := tenant.SignedIn("coordinator", "kent", asye.Coordinator).OnBehalfOf("somebody")
	l := db.Line{What: "registration.paused", Kind: "person", ID: fmt.Sprintf("nqsw-%d", n%50), Org: "kent",
		Before: map[string]int64{"n": n}, After: map[string]int64{"n": n + 1}, On: asye.MustDate("2026-09-01").AddDays(int(n)), Reason: "a reason"}
	if n%3 == 2 {
		l.Kind, l.ID = "organisation", "leeds" // said of nobody, and so not sealed
	}
	return tx.Audit(context.Background(), who, l)
}

// learn reads what an attacker could have read, and signs what the service once
// signed: any size may have had a checkpoint, which an old copy of the database
// would still have.
func (g *target) learn() {
	tree := &edge{}
	rows, err := g.db.Query(context.Background(), `select `+lines.Columns+` from audit_leaves f join audit_lines l on l.id = f.line_id order by f.number`)
	g.must(err)
	defer rows.Close()
	for rows.Next() {
		var l lines.Stored
		g.must(rows.Scan(l.Into()...))
		h := tlog.RecordHash(l.Leaf())
		g.ids, g.hashes = append(g.ids, l.ID), append(g.hashes, h)
		number := tree.size
		g.flats[number], err = tree.add(h)
		g.must(err)
		root, err := tree.root()
		g.must(err)
		g.signed[tree.size], err = g.key.sign(Checkpoint{Size: tree.size, Root: root, At: g.db.Clock().Now()})
		g.must(err)
	}
	g.must(rows.Err())
	g.outside = g.signed[tree.size]
	g.outside.From = "outside.txt"
	if tree.size != g.size {
		g.t.Fatalf("%d lines in the chain, want %d", tree.size, g.size)
	}
}

func (g *target) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

// attempt is one attack at one position, in a transaction that is given up
// afterwards.
type attempt struct {
	*target
	tx      *db.Tx
	within  *db.DB
	at      int64
	public  string       // the key by which the trail is judged afterwards
	outside []Checkpoint // what is known from outside
}

func exec(tx *db.Tx, statement string, args ...any) error {
	_, err := tx.Exec(context.Background(), statement, args...)
	if err != nil {
		err = fmt.Errorf("%s: %w", statement, err)
	}
	return err
}

func (a *attempt) exec(statement string, args ...any) {
	a.t.Helper()
	a.must(exec(a.tx, statement, args...))
}

// try makes an attack and looks, with what is known from outside; and without,
// where that is asked for.
func (g *target) try(how attack, at int64, alone bool) (with, without *Report) {
	g.t.Helper()
	err := g.db.Keep(context.Background(), func(tx *db.Tx) error {
		a := &attempt{target: g, tx: tx, within: g.db.Within(tx, g.db.Clock()), at: at, public: g.key.Public(), outside: []Checkpoint{g.outside}}
		how.do(a)
		c := NewChain(a.within, g.key, slog.New(slog.DiscardHandler))
		var err error
		if with, err = c.Verify(context.Background(), Look{Public: []string{a.public}, Outside: a.outside}); err != nil {
			return err
		}
		if alone {
			if without, err = c.Verify(context.Background(), Look{Public: []string{a.public}}); err != nil {
				return err
			}
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		g.t.Fatalf("%s at %d: %v", how.name, at, err)
	}
	return with, without
}

// remake writes the stored hashes so that they agree with the lines as they are
// now, from a position on.
func (a *attempt) remake(hashes []tlog.Hash) {
	a.t.Helper()
	tree := &edge{}
	for n, h := range hashes {
		flat, err := tree.add(h)
		a.must(err)
		if !slices.Equal(flat, a.flats[int64(n)]) {
			a.exec(`update audit_leaves set hashes = $1 where number = $2`, flatten(flat), n)
		}
	}
}

func flatten(hashes []tlog.Hash) []byte {
	var out []byte
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

// now is the hash of a line as it is now.
func (a *attempt) now(id string) tlog.Hash {
	var l lines.Stored
	a.must(a.tx.QueryRow(context.Background(), `select `+lines.Columns+` from audit_lines l where l.id = $1`, id).Scan(l.Into()...))
	return tlog.RecordHash(l.Leaf())
}

// cut takes everything from a position on away, and leaves the database as it
// was then, with its checkpoint of then.
func (a *attempt) cut(at int64) {
	a.exec(`delete from audit_lines where id in (select line_id from audit_leaves where number >= $1)`, at)
	a.exec(`delete from audit_leaves where number >= $1`, at)
	a.exec(`delete from audit_checkpoints where size > $1`, at)
	if at > 0 {
		a.exec(`insert into audit_checkpoints (day, size, note, signed_at) values ('1999-01-01', $1, $2, $3)`, at, a.signed[at].Note, a.signed[at].At)
	}
}

// regrow writes other lines with the real code and the real key.
func (a *attempt) regrow(n int64) {
	a.must(a.within.Write(context.Background(), tenant.System("x"), func(tx *db.Tx) error {
		for i := range n {
			if err := tell(tx, a.at+i+1000); err != nil {
				return err
			}
		}
		return nil
	}))
	a.chainOn()
}

func (a *attempt) chainOn() {
	_, err := NewChain(a.within, a.key, slog.New(slog.DiscardHandler)).Extend(context.Background())
	a.must(err)
}
