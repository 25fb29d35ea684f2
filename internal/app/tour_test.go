package app

import (
	"context"
	"database/sql"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/web/webtest"
)

// tour is a walk through everything that the service does: it begins with an
// empty database and sends every form at least once, so that at its end there
// is a record in each state. The nets that hold a promise about every page go
// along: each watches every request and its answer.
//
// Whoever adds a route adds the step that goes there; TestTourGoesEverywhere
// names the routes where none does.
type tour struct {
	testing.TB
	at      string // where the service believes to be
	service *service
	ledger  *ledger
	handler http.Handler
	words   words
	log     *complaining
	guests  map[string]*webtest.Browser
	visited *visited

	gate      *gatehouse
	apps      map[string]onetime.Secret // the authenticator apps of people
	overtaken int                       // how often somebody else was quicker
}

// words makes a free text out of what somebody would type into a field that
// takes up to room characters.
type words func(text string, room int) string

func plainly(text string, _ int) string { return text }

// watcher stands before the service and sees all that the tour does.
type watcher func(next http.Handler) http.Handler

// newTour opens the service on an empty database, as it is reached over HTTP.
func newTour(t testing.TB, say words, watchers ...watcher) *tour {
	t.Helper()
	return newTourAt(t, "http://localhost:8080", say, watchers...)
}

// newTourAt opens the service on an empty database, as it is reached at an
// address.
func newTourAt(t testing.TB, at string, say words, watchers ...watcher) *tour {
	t.Helper()
	unlessShort(t)
	log, file, gate := &complaining{}, filepath.Join(t.TempDir(), "asye.db"), newGatehouse(t)
	s, err := openAt(file, "127.0.0.1:8080", log, "base_url="+at, "passwords=yes", "second_factor_for=analyst", "grants=elsewhere",
		"oidc_issuer="+gate.URL, "oidc_client_id=asye", "oidc_client_secret=secret", "oidc_name=Northshire Council", "oidc_domains=example.org",
		"backup_to="+t.TempDir(), "backup_key=age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")
	if err != nil {
		t.Fatal(err)
	}
	gate.now = func() int64 { return s.db.Clock().Now().Time().Unix() }
	o := &tour{TB: t, at: at, gate: gate, apps: map[string]onetime.Secret{}, ledger: newLedger(t, file), service: s, words: say, log: log, guests: map[string]*webtest.Browser{}, visited: &visited{routes: map[string]int{}, pages: map[string]bool{}}}
	o.handler = o.visited.watch(s.handler())
	for _, w := range watchers {
		o.handler = w(o.handler)
	}
	t.Cleanup(func() { s.close() })
	return o
}

// quiet fails the test if the service had anything to complain of.
func (o *tour) quiet() {
	o.Helper()
	for _, line := range o.log.lines {
		o.Errorf("the log says: %s", line)
	}
}

// complaining keeps the lines of the log that tell of something wrong.
type complaining struct {
	mu    sync.Mutex
	lines []string
}

func (c *complaining) Write(p []byte) (int, error) {
	if line := string(p); strings.Contains(line, "level=ERROR") || strings.Contains(line, "level=WARN") {
		c.mu.Lock()
		c.lines = append(c.lines, line)
		c.mu.Unlock()
	}
	return len(p), nil
}

// visited counts the answers of each route that were what it is for: a page, a
// file, or what a form led to. The first page of a journey only leads on.
type visited struct {
	mu     sync.Mutex
	routes map[string]int
	pages  map[string]bool // every address that was opened, or that a form was sent to
}

// shownAtOnce are the forms whose effect is the page that answers them.
var shownAtOnce = []string{"POST /session/extend", "POST /account/printed-codes", "POST /grants/claims/{id}/file"}

func (v *visited) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &status{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(answer, r)
		v.mu.Lock()
		defer v.mu.Unlock()
		v.pages[r.URL.RequestURI()] = true
		ledOn := answer.code == http.StatusSeeOther && !strings.HasPrefix(w.Header().Get("Location"), "/sign-in?")
		script := answer.code == http.StatusOK && w.Header().Get("Content-Type") == "application/json"
		if r.Method == http.MethodGet && answer.code == http.StatusOK || ledOn || script || answer.code == http.StatusOK && slices.Contains(shownAtOnce, r.Pattern) {
			v.routes[r.Pattern]++
		}
	})
}

// status keeps the status of an answer.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// nobody is somebody at a browser who has not signed in.
func (o *tour) nobody() *webtest.Browser { return webtest.Visit(o.TB, o.handler) }

// as is somebody at a browser who has signed in: the same browser each time.
func (o *tour) as(email string) *webtest.Browser {
	o.Helper()
	if b := o.guests[email]; b != nil {
		return b
	}
	return o.again(email)
}

// again signs somebody in at another browser, which is theirs from now on.
func (o *tour) again(email string) *webtest.Browser {
	o.Helper()
	b := o.nobody()
	b.Get(o.site().example(o.TB, email)).Answer("/sign-in/link").Is(http.StatusOK)
	if _, ok := o.apps[email]; ok {
		b.Answer("/sign-in/second-step", "_way=code", "code="+o.code(email)).Is(http.StatusOK)
	}
	o.guests[email] = b
	return b
}

// example is a link to sign in, as the example service prints it.
func (s *site) example(t testing.TB, email string) string {
	t.Helper()
	id, err := s.account.PersonByEmail(t.Context(), email)
	if err != nil {
		t.Fatalf("%s: %v", email, err)
	}
	link, err := s.account.SignInLink(t.Context(), id, account.Example)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// say types a free text into a field that takes up to 100 characters.
func (o *tour) say(field, text string) string { return o.sayIn(100, field, text) }

// sayIn types a free text into a field that takes up to room characters.
func (o *tour) sayIn(room int, field, text string) string { return field + "=" + o.words(text, room) }

// ask asks the database for a text.
func (o *tour) ask(query string, args ...any) string {
	o.Helper()
	var text sql.NullString
	if err := o.service.db.QueryRow(context.Background(), query, args...).Scan(&text); err != nil {
		o.Fatalf("%s: %v", query, err)
	}
	return text.String
}

// arrange brings about a state that no form does, such as mail that failed.
func (o *tour) arrange(statement string, args ...any) {
	o.Helper()
	err := o.service.db.Keep(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement, args...)
		return err
	})
	if err != nil {
		o.Fatalf("%s: %v", statement, err)
	}
}

// record is the address of the newest registration of somebody.
func (o *tour) record(email string) string {
	o.Helper()
	return "/registrations/" + o.ask(`select e.id from enrolments e join people p on p.id = e.person_id
		where p.email = $1 order by e.starts_on desc, e.id desc limit 1`, email)
}

// org is an organisation by its code.
func (o *tour) org(code string) string {
	o.Helper()
	return o.ask(`select id from organisations where code = $1`, code)
}

// site is the service as the helpers of the journeys want it.
func (o *tour) site() *site { return &site{o.service, o.at} }

// until lets days go by, with what the service does each night. Everybody has
// to sign in again.
func (o *tour) until(day string) {
	o.Helper()
	o.site().sleepUntil(o.TB, day)
	o.guests = map[string]*webtest.Browser{}
}

func (o *tour) today() asye.Date { return o.service.today() }
