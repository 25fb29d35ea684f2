// Package accounttest is a house to test signing in with: a real database with
// two employers and a national body, the store of accounts, and people.
package accounttest

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// The organisations of the house.
const (
	Kent     = asye.OrganisationID("kent")
	Leeds    = asye.OrganisationID("leeds")
	National = asye.OrganisationID("nat")
)

// System is the scope in which the house is built.
var System = tenant.System("test")

// House is an account capability on a database with three organisations.
type House struct {
	*account.Store
	DB     *db.DB
	Queue  *jobs.Queue
	Outbox *mail.Outbox
	Clock  *clock.Stopped // stands still until it is moved; nil in a house whose clock runs
}

// Each runs a test in a fresh house, on each engine.
func Each(t *testing.T, run func(t *testing.T, h House)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, On(t, d, account.DefaultSettings())) })
}

// New is a house on SQLite.
func New(t testing.TB, s account.Settings) House {
	t.Helper()
	return On(t, dbtest.OpenSQLite(t, schema.All()), s)
}

// On builds a house on a database.
func On(t testing.TB, d *db.DB, s account.Settings) House {
	t.Helper()
	h := House{DB: d, Queue: jobs.NewQueue(d), Outbox: mail.NewOutbox(d, nil)}
	h.Clock, _ = d.Clock().(*clock.Stopped)
	h.Store = account.NewStore(d, h.Outbox, h.Queue, s)
	must(t, d.Keep(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `
			insert into organisations (id, code, name, type, opened_on, search_text) values
				('kent', '886', 'Kent', 'local_authority', '2000-01-01', 'kent'),
				('leeds', '383', 'Leeds', 'local_authority', '2000-01-01', 'leeds'),
				('nat', 'NAT', 'National body', 'national', '2000-01-01', 'national body')`)
		return err
	}))
	return h
}

// As is a role in an organisation.
func As(org asye.OrganisationID, role asye.Role) account.Grant {
	return account.Grant{Org: org, Role: role}
}

// Person puts somebody on record, with an address and roles.
func (h House) Person(t testing.TB, name, email string, roles ...account.Grant) asye.PersonID {
	t.Helper()
	ctx := context.Background()
	given, family, _ := strings.Cut(name, " ")
	var id asye.PersonID
	must(t, h.DB.Write(ctx, System, func(tx *db.Tx) (err error) {
		if id, err = h.AddPerson(ctx, tx, System, asye.Identity{GivenName: given, FamilyName: family, Email: email}); err != nil {
			return err
		}
		for _, g := range roles {
			if err := h.Join(ctx, tx, System, id, g.Org, g.Role, asye.MustDate("2026-01-01")); err != nil {
				return err
			}
		}
		return nil
	}))
	return id
}

// Work does the jobs that wait.
func (h House) Work(t testing.TB) {
	t.Helper()
	r := jobs.Runner{Queue: h.Queue, Handlers: h.Handlers(), Log: slog.New(slog.DiscardHandler)}
	_, err := r.RunDue(context.Background())
	must(t, err)
	if n := h.Count(t, `jobs where last_error <> ''`); n > 0 {
		t.Fatalf("%d jobs failed", n)
	}
}

// Count counts rows: "sessions where person_id = $1".
func (h House) Count(t testing.TB, what string, args ...any) int {
	t.Helper()
	n := 0
	must(t, h.DB.QueryRow(context.Background(), `select count(*) from `+what, args...).Scan(&n))
	return n
}

// Letters gives the mail in the outbox, the newest first.
func (h House) Letters(t testing.TB) []mail.Entry {
	t.Helper()
	list, _, err := h.Outbox.List(context.Background(), 1, 1000)
	must(t, err)
	return list
}

var tokenIn = regexp.MustCompile(`token=([A-Za-z0-9_-]+)`)

// Token takes the secret of a link out of a text.
func Token(t testing.TB, text string) string {
	t.Helper()
	found := tokenIn.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in %q", text)
	}
	return found[1]
}

// Link asks for a sign-in link and takes its secret out of the mail.
func (h House) Link(t testing.TB, email string) string {
	t.Helper()
	must(t, h.AskForLink(context.Background(), account.Asked{Email: email, Client: "192.0.2.1"}))
	h.Work(t)
	return Token(t, h.Letters(t)[0].Body)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Visit is a browser that keeps its cookies, at pages that nobody serves.
func Visit(t testing.TB, pages http.Handler) *webtest.Browser { return webtest.Visit(t, pages) }

// Said is what the only line of the audit trail of its kind says: its reason and
// what became of the record.
func (h House) Said(t testing.TB, what string) string {
	t.Helper()
	var text lines.Text
	must(t, h.DB.QueryRow(context.Background(), `select id, after, reason from audit_lines where what = $1`, what).
		Scan(&text.ID, &text.After, &text.Reason))
	must(t, h.DB.Unseal(context.Background(), &text))
	return text.Reason + " " + string(text.After)
}

// Belongings are the rows that are somebody's own, in words that can be compared:
// what lets them in, where they are signed in, and what they work as.
func Belongings(t testing.TB, q db.Queryer, person asye.PersonID) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"memberships", "sessions", "sign_in_links", "half_sign_ins", "passkeys", "authenticators",
		"printed_codes", "passwords", "held_forms"} {
		rows, err := q.Query(context.Background(), `select * from `+table+` where person_id = $1 order by 1`, string(person))
		list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
			names, err := rows.Columns()
			if err != nil {
				return "", err
			}
			values := make([]sql.NullString, len(names))
			into := make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			err = rows.Scan(into...)
			return table + fmt.Sprint(values) + "\n", err
		})
		must(t, err)
		out.WriteString(strings.Join(list, ""))
	}
	return out.String()
}
