package mine_test

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/mine"
	"example.org/asye/internal/schema"
)

var (
	ctx  = context.Background()
	at   = asye.MustDate
	ours = tenant.SignedIn("co-a", "a", asye.Coordinator)
	them = tenant.SignedIn("co-b", "b", asye.Coordinator)
	team = tenant.SignedIn("nat", "national", asye.National)
)

// house is a database with three employers, a national body, their people, and
// the pages of this package and its neighbours.
type house struct {
	*registration.Store
	db       *db.DB
	mux      *web.Mux
	who      tenant.Scope
	answered map[asye.PersonID]bool // who has sent the equality section
}

func (h *house) needs() mine.Needs {
	return mine.Needs{Store: h.Store, Answered: func(context.Context, tenant.Scope, []asye.PersonID) (map[asye.PersonID]bool, error) {
		return h.answered, nil
	}}
}

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, newHouse(t, d)) })
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	people := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	h := &house{Store: registration.NewStore(d, catalogue, people, people), db: d}
	h.run(t, `insert into organisations (id, code, name, type, opened_on, search_text) values
		('a', '301', 'Ashford', 'local_authority', '2000-01-01', 'ashford'),
		('b', '302', 'Barnwell', 'local_authority', '2000-01-01', 'barnwell'),
		('c', '303', 'Carwick', 'local_authority', '2000-01-01', 'carwick'),
		('national', 'NAT', 'National body', 'national', '2000-01-01', 'national body')`)
	for id, org := range map[string]string{"co-a": "a", "co-b": "b", "co-c": "c", "nat": "national"} {
		h.run(t, `insert into people (id, given_name, family_name, sort_name, search_text, created_at)
			values ('`+id+`', 'Co', '`+org+`', 'co', 'co', '2026-01-01T00:00:00Z')`)
	}
	h.mux = web.New(web.Site{}, func(*http.Request) (web.Visitor, error) {
		return web.Visitor{Scope: h.who, Name: "Somebody", FormKey: "k"}, nil
	}, d, d.Clock(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	mine.Mount(h.mux, h.needs())
	return h
}

func (h *house) run(t *testing.T, statement string) {
	t.Helper()
	err := h.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
	must(t, err)
}

func (h *house) count(t *testing.T, from string) int {
	t.Helper()
	var n int
	must(t, h.db.QueryRow(ctx, `select count(*) from `+from).Scan(&n))
	return n
}

// add registers an NQSW with our employer, since 1 September 2026.
func (h *house) add(t *testing.T, n int) registration.Record {
	t.Helper()
	added, err := h.Add(ctx, ours, registration.Entry{
		Identity: asye.Identity{GivenName: "Amara", FamilyName: fmt.Sprintf("Okafor%d", n), Email: fmt.Sprintf("amara%d@example.org", n)},
		Number:   registration.Number(fmt.Sprintf("SW%d", 1000+n)), DateOfBirth: at("1998-02-03"), QualifiedYear: 2026,
		Programme: "child-and-family", StartsOn: at("2026-09-01"), Hours: 3700, FullTimeHours: 3700, AssessorName: "Ann Assessor",
		Eligibility: programme.Answers{Registered: programme.Yes, InSector: programme.Yes, Agency: programme.No,
			AlreadyFunded: programme.No, YearFinished: 2026}})
	must(t, err)
	return h.get(t, ours, added.ID)
}

func (h *house) get(t *testing.T, scope tenant.Scope, id asye.EnrolmentID) registration.Record {
	t.Helper()
	r, err := h.Get(ctx, scope, id)
	must(t, err)
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser is somebody at a screen: what they submit carries the hidden fields
// of the page before them.
type browser struct {
	t      *testing.T
	h      *house
	who    tenant.Scope
	path   string
	status int
	body   string
	hidden url.Values
}

func (h *house) as(t *testing.T, who tenant.Scope) *browser { return &browser{t: t, h: h, who: who} }

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)

func (b *browser) send(method, path string, body url.Values) *browser {
	b.t.Helper()
	b.h.who = b.who
	r := httptest.NewRequest(method, path, strings.NewReader(body.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	b.h.mux.ServeHTTP(w, r)
	b.path, b.status, b.body = path, w.Code, html.UnescapeString(w.Body.String())
	if w.Code == http.StatusSeeOther {
		b.body = w.Header().Get("Location")
	}
	b.hidden = url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(w.Body.String(), -1) {
		b.hidden.Set(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return b
}

func (b *browser) get(path string) *browser { b.t.Helper(); return b.send(http.MethodGet, path, nil) }

// submit sends the form of the page before them: "name=value", and dates as
// "name=2026-12-01".
func (b *browser) submit(typed ...string) *browser {
	b.t.Helper()
	return b.send(http.MethodPost, b.path, b.filled(typed))
}

func (b *browser) filled(typed []string) url.Values {
	form := url.Values{}
	for name, values := range b.hidden {
		form[name] = values
	}
	for _, one := range typed {
		name, value, _ := strings.Cut(one, "=")
		if day, err := asye.ParseDate(value); err == nil {
			form.Set(name+"-day", fmt.Sprint(day.Day()))
			form.Set(name+"-month", fmt.Sprint(int(day.Month())))
			form.Set(name+"-year", fmt.Sprint(day.Year()))
			continue
		}
		form.Set(name, value)
	}
	return form
}

// is checks the status and words that the page must have.
func (b *browser) is(status int, words ...string) *browser {
	b.t.Helper()
	if b.status != status {
		b.t.Fatalf("%s: status %d, want %d: %s", b.path, b.status, status, b.text())
	}
	for _, one := range words {
		if !strings.Contains(b.body, one) {
			b.t.Errorf("%s does not say %q: %s", b.path, one, b.text())
		}
	}
	return b
}

var tags = regexp.MustCompile(`(?s)<(script|style|head)[^>]*>.*?</(script|style|head)>|<[^>]*>`)

func (b *browser) text() string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(b.body, " ")), " ")
}
