package matrix

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/app"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

var ctx = context.Background()

// world is a service with a reader of every kind, and records in every relation
// to each of them.
type world struct {
	*app.Whole
	t       testing.TB
	log     *bytes.Buffer
	dir     string // where its files are
	records []record
	people  map[asye.PersonID]*human
	readers []*reader
	nora    asye.PersonID     // the NQSW who reads
	tokens  map[string]string // for the forms of each reader
	thin    bool              // one record for each relation: for a quick look
}

// record is one thing that an address, or a method of a store, can name.
type record struct {
	kind    string // "enrolment", "claim", "person" and so on
	id      string
	state   string // which of the pages about it make sense: "paused"
	mark    string // a word that stands on every page that shows it, and on no other
	person  asye.PersonID
	org     asye.OrganisationID
	was     []asye.OrganisationID // where it was before
	team    string
	by      asye.PersonID   // who coordinates
	before  []asye.PersonID // who did
	version int
	grant   string // of a person: a role of theirs, as a form names it; of a release: the hash of its content
}

// human is somebody in the world.
type human struct {
	id    asye.PersonID
	org   asye.OrganisationID
	was   []asye.OrganisationID
	teams []string
	apps  apps
	works bool // for an employer or the national body, and not in a year of their own
}

// reader is somebody who asks.
type reader struct {
	name   string
	is     policy.Reader
	who    *human // nil for somebody who has never signed in
	scope  tenant.Scope
	cookie string
}

// relate is the relation of a reader to a record: the first that fits.
func (w *world) relate(r *reader, rec record) policy.Relation {
	if r.who == nil || r.is == policy.Visitor {
		return policy.OtherEmployer
	}
	who := r.who
	switch {
	case rec.person == who.id:
		return policy.Self
	case rec.by == who.id, rec.kind == "person" && w.coordinates(rec.person, who.id):
		return policy.MyPerson
	case rec.org == who.org && rec.org != "" && slices.Contains(rec.before, who.id):
		return policy.EndedAssignment
	case rec.org == who.org && rec.team != "" && slices.Contains(who.teams, rec.team):
		return policy.SameTeam
	case rec.org == who.org && rec.org != "":
		return policy.SameEmployer
	case slices.Contains(rec.was, who.org):
		return policy.FormerEmployer
	}
	return policy.OtherEmployer
}

// coordinates reports whether one coordinates the year of the other now.
func (w *world) coordinates(one, other asye.PersonID) bool {
	return slices.ContainsFunc(w.records, func(r record) bool {
		return r.kind == "enrolment" && r.by == one && r.person == other
	})
}

// of are the records of a kind to which a reader stands in a relation.
func (w *world) of(kind string, r *reader, in policy.Relation) []record {
	if in == policy.NoRelation {
		return []record{{kind: kind, id: nowhere, mark: nowhere, version: 1}}
	}
	var out []record
	for _, rec := range w.records {
		if rec.kind == kind && w.relate(r, rec) == in && !(w.thin && len(out) > 0) {
			out = append(out, rec)
		}
	}
	return out
}

// nowhere is an identifier like the others, which names nothing.
const nowhere = "01a3c000-0000-7000-8000-0000000fffff"

// reader finds a reader by name.
func (w *world) reader(name string) *reader {
	for _, r := range w.readers {
		if r.name == name {
			return r
		}
	}
	w.t.Fatalf("there is no reader %q", name)
	return nil
}

// must ends the test on an error, for steps that only build the world.
func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// run runs a statement, for what the pages cannot do or would take long to do.
func (w *world) run(statement string, args ...any) {
	w.t.Helper()
	w.must(w.DB.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	}))
}

// count counts the rows of a table, or of a table and a condition.
func (w *world) count(from string, args ...any) int {
	w.t.Helper()
	n := 0
	w.must(w.DB.QueryRow(ctx, `select count(*) from `+from, args...).Scan(&n))
	return n
}

// build makes the world in a database that has its schema and nothing else.
func build(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := assemble(t, d)
	w.employ()
	w.hire()
	w.register()
	w.move()
	w.gather()
	w.publish()
	w.fund()
	w.signIn()
	return w
}

// assemble puts the service of the world together, with everything turned on that
// an operator can turn on and that pages are about.
func assemble(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, log: &bytes.Buffer{}, dir: t.TempDir(), people: map[asye.PersonID]*human{}}
	return w.on(d)
}

// on is the same world, on another database: that of a transaction.
func (w *world) on(d *db.DB) *world {
	w.t.Helper()
	next := *w
	next.tokens = map[string]string{}
	settings := map[string]string{"base_url": "https://asye.example.org", "database": "unused",
		"audit_key_file": filepath.Join(w.dir, "audit-key"), "passwords": "yes", "grants": "elsewhere"}
	var err error
	next.Whole, err = app.Assemble(d, settings, slog.New(slog.NewTextHandler(w.log, nil)))
	w.must(err)
	return &next
}

// undone runs do with the whole service inside one transaction, of which nothing
// is kept.
func (w *world) undone(do func(in *world, tx *db.Tx)) {
	w.t.Helper()
	err := w.DB.Keep(ctx, func(tx *db.Tx) error {
		do(w.on(w.DB.Within(tx, w.DB.Clock())), tx)
		return errUndo
	})
	if err != errUndo {
		w.must(err)
	}
}

// step runs do and takes back what it did, so that the next finds the world as it
// was.
func step(t testing.TB, tx *db.Tx, do func()) {
	t.Helper()
	for _, statement := range []string{`savepoint step`, "", `rollback to savepoint step`, `release savepoint step`} {
		if statement == "" {
			do()
			continue
		}
		if _, err := tx.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
}

// session signs somebody in with a link, as they would.
func (w *world) session(person asye.PersonID) string {
	w.t.Helper()
	link, err := w.Account.SignInLink(ctx, person, account.ToSignIn)
	w.must(err)
	started, err := w.Account.Open(ctx, nil, tokenOf(link), account.Entry{Way: account.ByLink, Device: "Firefox on Linux"})
	w.must(err)
	return started.Token
}
