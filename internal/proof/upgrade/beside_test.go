package upgrade

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

const (
	next  = 2099010101
	after = 2099020101
)

// The release after this one adds a table and columns that may be empty. The
// one after that takes something away, and says so.
var (
	additive = proof.Edit{File: fmt.Sprintf("internal/platform/db/migrations/%d_next.sql", next), New: `-- +goose Up
create table next_release (
	id           text primary key,
	enrolment_id text references enrolments (id),
	note         text not null default ''
);
create index next_release_by_enrolment on next_release (enrolment_id);
alter table enrolments add column next_release text;
alter table organisations add column next_release text;
alter table people add column next_release integer;
`}
	breaking = proof.Edit{File: fmt.Sprintf("internal/platform/db/migrations/%d_after.sql", after), New: fmt.Sprintf(`-- +goose Up
drop table next_release;
insert into schema_needs (migration) values (%d);
`, after)}
)

// releases are the programs of three releases.
type releases struct{ this, next, after string }

// TestRUN6_Releases builds the programs of three releases, and lets them meet
// each other's schemas.
func TestRUN6_Releases(t *testing.T) {
	if testing.Short() {
		t.Skip("builds three programs")
	}
	r := releases{proof.Program(t), proof.Twin(t, additive), proof.Twin(t, additive, breaking)}
	dbtest.EachEmpty(t, func(t *testing.T, database string) {
		t.Run("RUN-6_one_release_beside_the_next", func(t *testing.T) { r.meet(t, database) })
	})
	dbtest.EachEmpty(t, func(t *testing.T, database string) {
		t.Run("RUN-6_not_before_its_own_schema", func(t *testing.T) { r.wait(t, database) })
	})
	n, long := rounds()
	if !long {
		return
	}
	// Whatever this release does, it can do on the schema of the next.
	proof.Holds(t, []string{"./internal/account", "./internal/employers/...", "./internal/registration/...", "./internal/equality/...",
		"./internal/home/...", "./internal/platform/jobs", "./internal/platform/mail", "./internal/platform/journey"}, "Test", additive)
	kept, err := filepath.Glob("testdata/*/" + keptSQLite)
	if err != nil {
		t.Fatal(err)
	}
	proof.Keep(t, proof.Result{Net: "upgrade", Part: proof.NothingLost,
		Promise: "A release works beside the next one, on its schema, and can be gone back to; what any release has left comes up to date.",
		Saw: fmt.Sprintf("%d kept release(s) brought up on both engines, with every row; two releases on one database at once, requests in turn; "+
			"the tests of the capabilities hold on the schema of the next release.", len(kept)),
		Twin: twinsNoticed(t), Command: fmt.Sprintf("make net-upgrade ROUNDS=%d", n)})
}

const standing = "internal/platform/db/standing/store.go"

// twinsNoticed lays each mistake over the source, and runs the tests that must
// see it.
func twinsNoticed(t *testing.T) string {
	t.Helper()
	const decides = "	if s.Needs <= s.Known {\n"
	var out []string
	for _, twin := range []struct {
		mistake, folder, tests string
		edit                   proof.Edit
	}{
		{"any schema that is newer is refused", "./internal/platform/db", "TestStanding",
			proof.Edit{File: standing, Old: decides, New: "	if len(s.Beyond) == 0 && s.Needs <= s.Known {\n"}},
		{"no schema is refused", "./internal/platform/db", "TestStanding",
			proof.Edit{File: standing, Old: decides, New: "	if s.Needs <= s.Known || s.Needs > 0 {\n"}},
		{"a migration deletes what it should keep", "./internal/proof/upgrade", "TestRUN6_EveryReleaseComesUpToDate",
			proof.Edit{File: additive.File, New: "-- +goose Up\ndelete from sessions;\n"}},
	} {
		proof.Noticed(t, twin.folder, twin.tests, twin.edit)
		out = append(out, twin.mistake+": noticed by "+twin.tests+".")
	}
	return strings.Join(out, "\n")
}

// patience is how long an answer may take.
const patience = 30 * time.Second

// people is how many coordinators work at once.
const people = 3

// meet holds that this release goes on working while the next one starts on its
// database, and can be gone back to; and that the release after, which this one
// cannot live with, shuts it out in plain words.
func (r releases) meet(t *testing.T, database string) {
	t.Helper()
	crowd, err := service.Coordinators(t.Context(), r.this, database, people)
	if err != nil {
		t.Fatal(err)
	}
	exported := command(t, r.this, database, "export", "registrations")
	this := start(t, r.this, database)
	changed := start(t, r.next, database)
	for range 2 {
		work(t, crowd, this.Base, changed.Base)
	}
	changed.Stop()
	this.Stop()
	back := start(t, r.this, database)
	work(t, crowd, back.Base)
	if again := command(t, r.this, database, "export", "registrations"); again != exported {
		t.Error("the command line of this release gives something else on the schema of the next")
	}
	last := start(t, r.after, database)
	work(t, crowd, last.Base)
	if status, said := get(t, back.Base, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(said, "later release") {
		t.Errorf("RUN-7 this release still takes requests: %d %s", status, said)
	}
	if _, err := service.Start(r.this, database); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("needs migration %d", after)) {
		t.Errorf("RUN-7 this release starts on a schema that shuts it out: %v", err)
	}
	if status, said := get(t, last.Base, "/readyz"); status != http.StatusOK {
		t.Errorf("the release after: %d %s", status, said)
	}
}

// wait holds that the next release does not serve on the schema of this one
// where the operator migrates, and says what to do.
func (r releases) wait(t *testing.T, database string) {
	t.Helper()
	start(t, r.this, database).Stop()
	if _, err := service.Start(r.next, database, "ASYE_MIGRATE=no"); err == nil || !strings.Contains(err.Error(), "Run asye migrate") {
		t.Errorf("it starts: %v", err)
	}
	if said := command(t, r.next, database, "migrate"); !strings.Contains(said, "_next.sql") {
		t.Errorf("asye migrate does not say what it ran: %s", said)
	}
	start(t, r.next, database, "ASYE_MIGRATE=no").Stop()
	start(t, r.this, database, "ASYE_MIGRATE=no").Stop()
}

func start(t *testing.T, program, database string, settings ...string) *service.Program {
	t.Helper()
	p, err := service.Start(program, database, settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !p.Ended() {
			p.Stop()
		}
	})
	return p
}

// work lets each coordinator look at pages and change a record, at one program
// and the next in turn.
func work(t *testing.T, crowd []service.Person, bases ...string) {
	t.Helper()
	for i, person := range crowd {
		for turn, base := range bases {
			other := bases[(turn+1)%len(bases)]
			b := person.Browser(base, patience)
			for _, path := range []string{"/home", "/registrations", "/organisation", "/register/name"} {
				if page, err := b.Get(t.Context(), path); err != nil || page.Status >= http.StatusBadRequest {
					t.Errorf("%s: %d, %v", path, page.Status, err)
				}
			}
			page, err := b.Get(t.Context(), "/organisation/edit")
			if err != nil {
				t.Fatal(err)
			}
			form, err := page.Form("/organisation/edit")
			if err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("Contact %d of %d", i, time.Now().UnixNano())
			// The form of one program is sent to the other.
			if page, err = person.Browser(other, patience).Send(t.Context(), form.With("contact_name", name)); err != nil || page.Status != http.StatusSeeOther {
				t.Errorf("a change: %d, %v", page.Status, err)
			}
			if page, err = b.Get(t.Context(), "/organisation"); err != nil || !strings.Contains(page.Text(), name) {
				t.Errorf("the change is not there: %d, %v", page.Status, err)
			}
		}
	}
}

func get(t *testing.T, base, path string) (int, string) {
	t.Helper()
	page, err := visit.New(base, patience).Get(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return page.Status, page.Body
}

// command runs the program's command line, and gives what it says.
func command(t *testing.T, program, database string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, append(args, "--database", database)...)
	cmd.Env = append(os.Environ(), "ASYE_AUDIT_KEY="+service.AuditKey)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("asye %v: %v", args, err)
	}
	return string(out)
}
