package app

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/schema"
)

// site is the whole service with its database, as served to a browser.
type site struct {
	*service
	at string
}

// exampleDay is a clock that runs on the day on which the example stands, so
// that the journeys come out the same on any day.
type exampleDay struct {
	clock.Clock
	ahead atomic.Int64 // of the machine's clock, a time.Duration
}

func newExampleDay() *exampleDay {
	c := &exampleDay{Clock: clock.Real()}
	c.set(example.AsOf)
	return c
}

// set makes it the forenoon of a day.
func (c *exampleDay) set(day asye.Date) {
	c.at(time.Date(day.Year(), day.Month(), day.Day(), 11, 0, 0, 0, clock.London))
}

// at makes it a moment.
func (c *exampleDay) at(moment time.Time) { c.ahead.Store(int64(time.Until(moment))) }

// Now is the hour of the example's day, moving on as the test goes.
func (c *exampleDay) Now() asye.Instant { return c.Clock.Now().Add(time.Duration(c.ahead.Load())) }

// sleepUntil lets it be another day, with what the service does each night.
// Whoever was signed in has to sign in again.
func (s *site) sleepUntil(t testing.TB, day string) {
	t.Helper()
	s.db.Clock().(*exampleDay).set(asye.MustDate(day))
	for _, job := range s.recurring() {
		if err := job.Do(context.Background(), s.db.Clock().Now()); err != nil {
			t.Fatalf("%s: %v", job.Kind, err)
		}
	}
}

// unlessShort leaves journeys out of quick runs.
func unlessShort(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("browser journeys are left out of quick runs")
	}
}

// exampleFile is the example service, built once in a run.
var exampleFile = sync.OnceValues(func() (string, error) {
	file := filepath.Join(scratch, "example.db")
	return file, buildExample(file)
})

func buildExample(database string) error {
	ctx := context.Background()
	s, err := openAt(database, "127.0.0.1:8080", io.Discard)
	if err != nil {
		return err
	}
	defer s.close()
	if err := example.Build(ctx, s.stores(), nil); err != nil {
		return err
	}
	if strings.HasPrefix(database, "postgres://") {
		return nil
	}
	return s.db.Checkpoint(ctx)
}

// openAt opens the service with settings of its own: "passwords=yes".
func openAt(database, addr string, log io.Writer, more ...string) (*service, error) {
	flags := map[string]string{"database": database, "addr": addr}
	for _, one := range more {
		key, text, _ := strings.Cut(one, "=")
		flags[strings.ToLower(strings.TrimPrefix(key, "ASYE_"))] = text
	}
	return openSet(log, flags)
}

// openSet opens the service with settings, on the day of the example.
func openSet(log io.Writer, settings map[string]string) (*service, error) {
	if settings["audit_key_file"] == "" {
		settings["audit_key_file"] = filepath.Join(scratch, "audit-key")
	}
	v, err := given{flags: settings}.read()
	if err != nil {
		return nil, err
	}
	cfg, err := understand(v)
	if err != nil {
		return nil, err
	}
	cfg.Site.Demo = true
	return open(context.Background(), cfg, newExampleDay(), slog.New(slog.NewTextHandler(log, nil)))
}

// exampleSite serves a copy of the example service that is this test's own.
func exampleSite(t *testing.T, more ...string) *site {
	t.Helper()
	return serveSite(t, exampleCopy(t), more...)
}

// exampleCopy is a database with the example service, for one test.
func exampleCopy(t *testing.T) string {
	t.Helper()
	unlessShort(t)
	built, err := exampleFile()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(built)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "asye.db")
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// postgresSite serves the example service on PostgreSQL. It is built for each
// test that asks, so one test does everything there.
func postgresSite(t *testing.T) *site {
	t.Helper()
	unlessShort(t)
	address := dbtest.PostgresAddress(t, schema.All())
	began := time.Now()
	if err := buildExample(address); err != nil {
		t.Fatal(err)
	}
	t.Logf("built on PostgreSQL in %.1f seconds", time.Since(began).Seconds())
	return serveSite(t, address)
}

// emptySite serves the service on a database in which nobody is.
func emptySite(t *testing.T) *site {
	t.Helper()
	unlessShort(t)
	return serveSite(t, filepath.Join(t.TempDir(), "asye.db"))
}

func serveSite(t *testing.T, database string, more ...string) *site {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	return serveAs(t, database, server, "http://"+server.Listener.Addr().String(), more...)
}

// namedSite serves the service at an address with a name, for which browsers make
// passkeys, with settings of its own.
func namedSite(t *testing.T, database string, more ...string) *site {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return serveAs(t, database, server, "http://localhost:"+port, more...)
}

func serveAs(t *testing.T, database string, server *httptest.Server, at string, more ...string) *site {
	t.Helper()
	s, err := openAt(database, server.Listener.Addr().String(), t.Output(), append(more, "base_url="+at)...)
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = s.handler()
	server.Start()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		s.close()
	})
	return &site{s, at}
}

// workOff does the jobs that are due, as the running service does each second.
func (s *site) workOff(t testing.TB) {
	t.Helper()
	var log bytes.Buffer
	runner := jobs.Runner{Queue: s.queue, Log: slog.New(slog.NewTextHandler(&log, nil)), Handlers: s.account.Handlers()}
	if _, err := runner.RunDue(context.Background()); err != nil || log.Len() > 0 {
		t.Fatalf("the jobs: %v %s", err, log.String())
	}
}

var addressInMail = regexp.MustCompile(`https?://\S+`)

// mailed is the link in the newest message to this address, without the site.
func (s *site) mailed(t testing.TB, email string) string {
	t.Helper()
	s.workOff(t)
	list, _, err := s.outbox.List(context.Background(), 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if one.To == email {
			link, ok := strings.CutPrefix(addressInMail.FindString(one.Body), s.at)
			if !ok {
				t.Fatalf("the message to %s has no link to %s:\n%s", email, s.at, one.Body)
			}
			return link
		}
	}
	t.Fatalf("there is no message to %s among %d", email, len(list))
	return ""
}

// count asks the database for a number.
func (s *site) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	n := 0
	if err := s.db.QueryRow(context.Background(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// recordOf is the address of the running registration of somebody.
func (s *site) recordOf(t *testing.T, email string) string {
	t.Helper()
	id := s.ask(t, `select e.id from enrolments e join people p on p.id = e.person_id where p.email = $1`, email)
	return "/registrations/" + id
}

// ask asks the database for a text.
func (s *site) ask(t *testing.T, query string, args ...any) string {
	t.Helper()
	var text sql.NullString
	if err := s.db.QueryRow(context.Background(), query, args...).Scan(&text); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", query, err))
	}
	return text.String
}
