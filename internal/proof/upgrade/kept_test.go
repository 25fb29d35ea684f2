package upgrade

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
	"example.org/asye/internal/registration"
)

// The files that are kept of each release, in testdata/<release>.
const (
	keptSQLite   = "sqlite.db.gz"
	keptPostgres = "postgres.sql.gz"
)

// TestKeepRelease makes the databases that are kept of a release. It is run by
// make fixture name=…, which gives it the name in KEEP.
func TestKeepRelease(t *testing.T) {
	name := os.Getenv("KEEP")
	if name == "" {
		t.Skip("make fixture name=… keeps a database of this release")
	}
	dir := filepath.Join("testdata", name)
	if !regexp.MustCompile(`^[0-9]+(\.[0-9]+)+$`).MatchString(name) {
		t.Fatalf("the release is named %q: give it a number like 1.4", name)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	program, file := proof.Program(t), filepath.Join(t.TempDir(), "asye.db")
	furnish(t, program, file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, filepath.Join(dir, keptSQLite), whole)
	address := dbtest.EmptyPostgres(t)
	furnish(t, program, address)
	keep(t, filepath.Join(dir, keptPostgres), dump(t, address))
}

// furnish fills an empty database with the stories of the example service, and
// with what people leave behind who are at work: a session, a draft, an upload
// that waits, and mail.
func furnish(t *testing.T, program, address string) {
	t.Helper()
	p := start(t, program, address) // which makes the schema and the authorities
	d := open(t, address)
	catalogue, err := programme.Embedded()
	must(t, err)
	accounts := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	must(t, example.Stories(t.Context(), example.Stores{DB: d, Account: accounts, Employers: employers.NewStore(d, nil),
		Registration: registration.NewStore(d, catalogue, accounts, accounts), Equality: equality.NewStore(d)}))
	b, err := service.SignIn(t.Context(), d, p.Base, coordinator)
	must(t, err)
	send(t, b, "/register/name", func(f visit.Form) visit.Form {
		return f.With("given_name", "Half").With("family_name", "Entered")
	})
	template := command(t, program, address, "template", "registrations", "--format", "csv")
	send(t, b, "/upload", func(f visit.Form) visit.Form {
		return f.Attach("file", "waiting.csv", []byte(template+"Una,Upload\r\n"))
	})
	send(t, visit.New(p.Base, patience), "/sign-in", func(f visit.Form) visit.Form { return f.With("email", coordinator) })
	p.Stop()
	must(t, d.Checkpoint(t.Context()))
	must(t, d.Close())
}

// coordinator is one of the personas of the example.
var coordinator = func() string {
	for _, p := range example.Personas() {
		if p.Role == asye.Coordinator {
			return p.Email
		}
	}
	return ""
}()

// send opens a page, fills in its form and sends it.
func send(t *testing.T, b *visit.Browser, path string, fill func(visit.Form) visit.Form) {
	t.Helper()
	page, err := b.Get(t.Context(), path)
	must(t, err)
	form, err := page.Form(path)
	must(t, err)
	page, err = b.Send(t.Context(), fill(form))
	if err != nil || page.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d, %v: %s", path, page.Status, err, page.Text())
	}
}

// dump is a PostgreSQL database as SQL that any release of the server reads.
func dump(t *testing.T, address string) []byte {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	cmd := exec.Command("pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments", "-h", u.Query().Get("host"),
		"-U", u.User.Username(), strings.TrimPrefix(u.Path, "/"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump, of the Debian package postgresql-client: %v", err)
	}
	var kept strings.Builder
	for line := range strings.Lines(string(out)) {
		// What begins with a backslash is for psql. Settings of the session are of
		// one release of the server.
		if !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "SET ") && !strings.HasPrefix(line, "SELECT pg_catalog.set_config") {
			kept.WriteString(line)
		}
	}
	return []byte(kept.String())
}

func keep(t *testing.T, path string, whole []byte) {
	t.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	must(t, err)
	_, err = w.Write(whole)
	must(t, err)
	must(t, w.Close())
	must(t, os.WriteFile(path, packed.Bytes(), 0o644))
	t.Logf("%s: %d bytes", path, packed.Len())
}

func unpack(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	must(t, err)
	whole, err := io.ReadAll(r)
	must(t, err)
	return whole
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
