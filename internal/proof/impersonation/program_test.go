package impersonation

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/schema"
)

// target is a running program, with an administrator on record who is signed in,
// and what a thief of the database knows of them.
type target struct {
	at      string
	client  *http.Client
	session string   // the true secret of the administrator's session
	stolen  []string // everything else: identifiers, addresses, hashes
	example string   // a link that the example service would have printed
	out     *strings.Builder
}

// serve starts a program on a database with somebody in it.
func serve(t testing.TB, binary string) *target {
	t.Helper()
	database := filepath.Join(t.TempDir(), "asye.db")
	x := &target{out: &strings.Builder{}, client: &http.Client{Timeout: 20 * time.Second,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 8},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	x.appoint(t, database)
	cmd := exec.Command(binary, "serve", "--database", database, "--addr", "127.0.0.1:0")
	cmd.Dir, cmd.Stderr = t.TempDir(), t.Output()
	cmd.Env = []string{"HOME=" + t.TempDir(), "ASYE_AUDIT_KEY=" + service.AuditKey}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	for x.at == "" && lines.Scan() {
		x.out.WriteString(lines.Text() + "\n")
		if _, at, ok := strings.Cut(lines.Text(), "asye is at "); ok {
			x.at = at
		}
	}
	if x.at == "" {
		t.Fatalf("the program does not start:\n%s", x.out)
	}
	return x
}

// appoint puts an administrator on record, signs her in, and steals the database.
func (x *target) appoint(t testing.TB, database string) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, database, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, schema.All()...); err != nil {
		t.Fatal(err)
	}
	if err := service.Guard(d); err != nil {
		t.Fatal(err)
	}
	s := account.DefaultSettings()
	s.Demo = true // whoever made this database made links of the example
	store := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), s)
	scope := tenant.System("a net")
	var id asye.PersonID
	err = d.Write(ctx, scope, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `insert into organisations (id, code, name, type, opened_on, search_text)
			values ('0190-org', 'NAT', 'National body', 'national', '2000-01-01', 'national body')`); err != nil {
			return err
		}
		id, err = store.AddPerson(ctx, tx, scope, asye.Identity{GivenName: "Una", FamilyName: "Boss", Email: "una@example.org"})
		if err != nil {
			return err
		}
		return store.Join(ctx, tx, scope, id, "0190-org", asye.Administrator, asye.MustDate("2026-01-01"))
	})
	if err != nil {
		t.Fatal(err)
	}
	link := func() string {
		path, err := store.SignInLink(ctx, id, account.Example)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	_, token, _ := strings.Cut(link(), "token=")
	started, err := store.Open(ctx, nil, token, account.Entry{Device: "Firefox"})
	if err != nil {
		t.Fatal(err)
	}
	x.session, x.example = started.Token, link()
	x.steal(t, d, id)
}

// steal is what whoever reads the database learns.
func (x *target) steal(t testing.TB, d *db.DB, id asye.PersonID) {
	t.Helper()
	var session, hash, form, link, site string
	err := d.QueryRow(context.Background(), `
		select s.id, s.token_hash, s.form_key, (select max(token_hash) from sign_in_links), coalesce((select max(value) from account_keys), '')
		from sessions s`).Scan(&session, &hash, &form, &link, &site)
	if err != nil {
		t.Fatal(err)
	}
	x.stolen = []string{string(id), "una@example.org", "Una Boss", "administrator", "0190-org", "administrator@0190-org", session, hash, form, link,
		site, "1", "true", "yes", "admin", "root", `{"id":"` + string(id) + `","email":"una@example.org","role":"administrator"}`,
		base64.StdEncoding.EncodeToString([]byte("una@example.org:")), "Basic " + base64.StdEncoding.EncodeToString([]byte("una@example.org:x")),
		"Bearer " + string(id), "Bearer " + hash, "Bearer una@example.org", string(id) + "." + form}
}

// cookies are the names under which a session is, was, or might be looked for.
var cookies = []string{"asye_session", "__Host-asye_session", "asye_half", "__Host-asye_half", "asye_visit", "__Host-asye_visit", "session", "sid",
	"user", "user_id", "person", "email", "role", "auth", "token", "remember", "admin", "impersonate", "as", "jwt"}

// fields are what a query or a form might say who somebody is with.
var fields = []string{"as", "user", "user_id", "username", "email", "person", "person_id", "id", "uid", "role", "org", "impersonate", "become", "sudo",
	"su", "login", "signin", "session", "session_id", "sid", "token", "access_token", "auth", "key", "api_key", "debug", "admin", "test", "act_as",
	"on_behalf_of", "next", "code", "state", "offer", "link", "prompt"}

// knock sends one request with one value in every header, query field and
// cookie, and says what is wrong with the answer; nothing when all is well.
func (x *target) knock(r route, value string, with []string) (string, error) {
	path := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(r.pattern, "0190-org")
	query := []string{}
	for _, name := range with {
		query = append(query, name+"="+url.QueryEscape(value))
	}
	body := strings.Join(query, "&")
	address := x.at + path
	if len(query) > 0 {
		address += "?" + body
	}
	req, err := http.NewRequest(r.method, address, nil)
	if r.method == http.MethodPost {
		req, err = http.NewRequest(r.method, address, strings.NewReader(body))
	}
	if err != nil {
		return "", err
	}
	if r.method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	plain := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, value)
	for _, name := range append([]string{"Authorization", "Proxy-Authorization", "From", "Forwarded", "X-Forwarded-For"}, headers...) {
		req.Header.Set(name, plain)
	}
	for _, name := range cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: strings.NewReplacer(`"`, "", " ", "", ",", "", ";", "").Replace(plain)})
	}
	return x.judge(r, req)
}

// judge sends a request and says what it let happen.
func (x *target) judge(r route, req *http.Request) (string, error) {
	res, err := x.client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	text := new(strings.Builder)
	if _, err := io.Copy(text, res.Body); err != nil {
		return "", err
	}
	for _, c := range res.Cookies() {
		if strings.Contains(c.Name, "session") && c.Value != "" {
			return fmt.Sprintf("%s %s gives a session", r.method, r.pattern), nil
		}
	}
	toSignIn := res.StatusCode == http.StatusSeeOther && strings.HasPrefix(res.Header.Get("Location"), "/sign-in?next=")
	switch {
	case strings.Contains(text.String(), "Sign out") && r.pattern != "/help":
		return fmt.Sprintf("%s %s is shown to somebody who is signed in", r.method, r.pattern), nil
	case !r.open && !toSignIn && res.StatusCode < 400:
		return fmt.Sprintf("%s %s answers %s", r.method, r.pattern, res.Status), nil
	}
	return "", nil
}

// inside are the addresses at which libraries show the inside of a program, if
// somebody serves what they have put on the mux that all share.
var inside = []string{"/debug/vars", "/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/cmdline", "/debug/pprof/goroutine?debug=2",
	"/debug/requests", "/debug/events", "/debug/", "/admin/debug", "/metrics", "/.env", "/config", "/dev/outbox"}

// showsInside are those that a program answers.
func (x *target) showsInside(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, path := range inside {
		res, err := x.client.Get(x.at + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusNotFound {
			out = append(out, path+" answers "+res.Status)
		}
	}
	return out
}

// truly asks for a page with the true session, which must work: or the net would
// find nothing at doors that are shut to everybody.
func (x *target) truly(t testing.TB) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, x.at+"/account", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "asye_session", Value: x.session})
	if wrong, err := x.judge(route{http.MethodGet, "/account", false}, req); err != nil || wrong == "" {
		t.Fatal("the administrator herself is not signed in: the net would notice nothing")
	}
}
