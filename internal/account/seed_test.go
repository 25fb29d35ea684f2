package account_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/works"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

const (
	kent  = asye.OrganisationID("kent")
	leeds = asye.OrganisationID("leeds")
	nat   = asye.OrganisationID("nat")
)

var system = tenant.System("test")

// service is an account capability on a database with three organisations.
type service struct {
	*account.Store
	d      *db.DB
	queue  *jobs.Queue
	outbox *mail.Outbox
	keeper *audit.Keeper
}

// works is the work behind the pages.
func (s *service) works() *works.Store { return works.NewStore(s.d, s.Store, s.outbox, s.queue) }

// each runs a test on each engine.
func each(t *testing.T, run func(t *testing.T, s *service)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, newService(t, d)) })
}

func newService(t testing.TB, d *db.DB) *service {
	t.Helper()
	s := &service{d: d, queue: jobs.NewQueue(d), outbox: mail.NewOutbox(d, nil),
		keeper: audit.NewKeeper(d, audit.NewKey(), audit.Outside{}, slog.New(slog.DiscardHandler))}
	settings := account.DefaultSettings()
	settings.Demo = true
	s.Store = account.NewStore(d, s.outbox, s.queue, settings)
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into organisations (id, code, name, type, opened_on, search_text) values
				('kent', '886', 'Kent', 'local_authority', '2000-01-01', 'kent'),
				('leeds', '383', 'Leeds', 'local_authority', '2000-01-01', 'leeds'),
				('nat', 'NAT', 'National body', 'national', '2000-01-01', 'national body')`)
		return err
	})
	return s
}

func (s *service) keep(t testing.TB, do func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := s.d.Keep(context.Background(), func(tx *db.Tx) error { return do(context.Background(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// write runs a change and gives its refusal.
func (s *service) write(scope tenant.Scope, do func(context.Context, *db.Tx) error) error {
	return s.d.Write(context.Background(), scope, func(tx *db.Tx) error { return do(context.Background(), tx) })
}

func (s *service) move(by time.Duration) { s.d.Clock().(*clock.Stopped).Move(by) }

func (s *service) today() asye.Date { return clock.Today(s.d.Clock()) }

// person makes somebody with an address at example.org and roles.
func (s *service) person(t testing.TB, name string, roles ...account.Grant) asye.PersonID {
	t.Helper()
	given, family, _ := strings.Cut(name, " ")
	who := asye.Identity{GivenName: given, FamilyName: family, Email: strings.ToLower(given) + "@example.org"}
	var id asye.PersonID
	err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
		var err error
		if id, err = s.AddPerson(ctx, tx, system, who); err != nil {
			return err
		}
		for _, g := range roles {
			if err := s.Join(ctx, tx, system, id, g.Org, g.Role, asye.MustDate("2026-01-01")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func as(org asye.OrganisationID, role asye.Role) account.Grant {
	return account.Grant{Org: org, Role: role}
}

// work does the jobs that wait.
func (s *service) work(t testing.TB) {
	t.Helper()
	r := jobs.Runner{Queue: s.queue, Handlers: s.Handlers(), Log: slog.New(slog.DiscardHandler)}
	if _, err := r.RunDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, `jobs where last_error <> ''`); n > 0 {
		t.Fatalf("%d jobs failed", n)
	}
}

func (s *service) count(t testing.TB, what string, args ...any) int {
	t.Helper()
	n := 0
	if err := s.d.QueryRow(context.Background(), `select count(*) from `+what, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// letters gives the mail in the outbox, the newest first.
func (s *service) letters(t testing.TB) []mail.Entry {
	t.Helper()
	list, _, err := s.outbox.List(context.Background(), 1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var tokenIn = regexp.MustCompile(`token=([A-Za-z0-9_-]+)`)

// link asks for a sign-in link and takes the token out of the mail.
func (s *service) link(t testing.TB, email string) string {
	t.Helper()
	if err := s.AskForLink(context.Background(), account.Asked{Email: email, Client: "192.0.2.1"}); err != nil {
		t.Fatal(err)
	}
	s.work(t)
	return tokenOf(t, s.letters(t)[0].Body)
}

func tokenOf(t testing.TB, text string) string {
	t.Helper()
	found := tokenIn.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in %q", text)
	}
	return found[1]
}

// signIn gives the session token of somebody who has just signed in.
func (s *service) signIn(t testing.TB, email string) string {
	t.Helper()
	started, err := s.Open(context.Background(), nil, s.link(t, email), account.Entry{Device: "Firefox on Linux"})
	if err != nil {
		t.Fatal(err)
	}
	return started.Token
}

func (s *service) live(t testing.TB, token string) bool {
	t.Helper()
	_, found, err := s.Session(context.Background(), token)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// trail is the audit trail as administrators read it.
func (s *service) trail() *trail.Store { return trail.NewStore(s.d, s.Store, s.keeper) }
