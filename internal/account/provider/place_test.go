package provider_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/own"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/account/provider/providertest"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/openid"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"

	"golang.org/x/net/html"
)

// wrongClock runs, and is so much ahead of the machine's.
type wrongClock struct {
	clock.Clock
	ahead atomic.Int64
}

func (c *wrongClock) Now() asye.Instant { return c.Clock.Now().Add(time.Duration(c.ahead.Load())) }

// logs is what is logged, by several requests at once.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// people are the accounts of the directory, by what they type to sign in there.
var people = map[string]providertest.Claims{
	"ada":  {"email": "ada@northshire.gov.uk", "email_verified": true, "name": "Ada First"},
	"bob":  {"email": "bob@northshire.gov.uk", "email_verified": true, "name": "Bob Nobody"},
	"cat":  {"email": "ada@northshire.gov.uk", "email_verified": false, "name": "Cat who says she is Ada"},
	"dan":  {"email": "dan@leeds.gov.uk", "email_verified": true, "name": "Dan of another domain"},
	"dora": {"email": "dora@northshire.gov.uk", "email_verified": true, "name": "Dora Disabled"},
	"rolo": {"email": "rolo@northshire.gov.uk", "email_verified": true, "name": "Rolo Roleless"},
	"eve":  {"preferred_username": "eve", "name": "Eve without an address"},
	"heir": {"email": "ada@northshire.gov.uk", "email_verified": true, "name": "Who was given Ada's address"},
}

// place is the service, served to browsers, with a directory beside it.
type place struct {
	accounttest.House
	*providertest.Directory
	links *provider.Store
	at    string
	clock *wrongClock
	log   *logs
}

// key is the directory's own, as in the settings.
const key = "northshire"

// open serves the service beside a directory of its own.
func open(t *testing.T, edit ...func(*account.Directory)) *place {
	t.Helper()
	p := &place{clock: &wrongClock{Clock: clock.Real()}, log: &logs{}}
	server := httptest.NewUnstartedServer(nil)
	p.at = "http://" + server.Listener.Addr().String()
	p.Directory = providertest.Start(t, p.at+paths.DirectoryBack(key), people, len(edit)%2 == 1)
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "asye.db"), p.clock)
	if err == nil {
		_, err = d.Migrate(t.Context(), schema.All()...)
	}
	if err == nil {
		err = d.Guard(lines.Guard{Secret: dbtest.Secret, Tables: schema.Tables()})
	}
	if err != nil {
		t.Fatal(err)
	}
	one := account.Directory{Key: key, Name: "Northshire Council", Domains: []string{"northshire.gov.uk"}}
	for _, change := range edit {
		change(&one)
	}
	s := account.DefaultSettings()
	s.BaseURL, s.Directories = p.at, []account.Directory{one}
	p.House = accounttest.On(t, d, s)
	p.Person(t, "Ada First", "ada@northshire.gov.uk", accounttest.As(accounttest.Kent, asye.Coordinator))
	p.Person(t, "Tom Other", "tom@example.org", accounttest.As(accounttest.Kent, asye.Coordinator))
	p.Person(t, "Rolo Roleless", "rolo@northshire.gov.uk")
	p.Person(t, "Una Boss", "una@example.org", accounttest.As(accounttest.National, asye.Administrator))
	dora := p.Person(t, "Dora Disabled", "dora@northshire.gov.uk", accounttest.As(accounttest.Kent, asye.Coordinator))
	if err := p.SetDisabled(t.Context(), accounttest.System, dora, true); err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = p.handler(one)
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close(); d.Close() })
	return p
}

func (p *place) handler(one account.Directory) http.Handler {
	log := slog.New(slog.NewTextHandler(p.log, nil))
	m := web.New(web.Site{}, account.Identify(p.Store, nil), p.DB, p.clock, log)
	account.Mount(m, p.Store, account.Deps{})
	f := factor.NewStore(p.DB, p.Store, p.Outbox, tries.NewStore(p.DB, p.Store, tries.DefaultBudget()))
	own.Mount(m, p.Store, f)
	admin.Mount(m, admin.Deps{Accounts: p.Store, Factors: f, Trail: trail.NewStore(p.DB, p.Store, audit.NewKeeper(p.DB, audit.NewKey(), audit.Outside{}, log))})
	p.links = provider.NewStore(p.DB, p.Store, []provider.Directory{{Directory: one, Issuer: p.Issuer}})
	p.OnMoved(p.links.Moved)
	provider.Mount(m, p.links, provider.Deps{Accounts: p.Store, Log: log, Clients: map[string]*openid.Client{
		key: openid.New(openid.Config{Issuer: p.Issuer, ClientID: providertest.ClientID, Secret: providertest.ClientSecret,
			RedirectURL: p.at + paths.DirectoryBack(key)}, p.clock)}})
	m.Page(paths.Home(), policy.SignedIn(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
		_, err := io.WriteString(w, "<body>home of "+r.Visitor.Name+" as "+r.Scope.Role().String()+" at "+r.Visitor.Org)
		return err
	})
	return m
}

// browser does what a person's browser does, at the service and at the
// directory: it keeps cookies and goes where it is sent.
type browser struct {
	t      *testing.T
	p      *place
	client *http.Client
	trace  []*url.URL // where it has been on the way to the page
	url    *url.URL
	status int
	body   string
}

func (p *place) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, p: p}
	b.client = &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		b.trace = append(b.trace, r.URL)
		return nil
	}}
	return b
}

func (b *browser) get(address string) *browser {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.p.at + address
	}
	b.trace = nil
	return b.took(b.client.Get(address))
}

func (b *browser) took(res *http.Response, err error) *browser {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.url, b.status, b.body = res.Request.URL, res.StatusCode, string(body)
	return b
}

// send fills in the form of the page that has these fields, and sends it.
func (b *browser) send(action string, typed ...string) *browser {
	b.t.Helper()
	to, values := b.form(action)
	for _, one := range typed {
		name, value, _ := strings.Cut(one, "=")
		values.Set(name, value)
	}
	b.trace = nil
	return b.took(b.client.PostForm(to, values))
}

// form is the first form of the page whose address holds a text.
func (b *browser) form(action string) (string, url.Values) {
	b.t.Helper()
	root, err := html.Parse(strings.NewReader(b.body))
	if err != nil {
		b.t.Fatal(err)
	}
	for n := range root.Descendants() {
		to := attribute(n, "action")
		if n.Data != "form" || !strings.EqualFold(attribute(n, "method"), "post") || !strings.Contains(to+b.url.Path, action) {
			continue
		}
		values := url.Values{}
		for in := range n.Descendants() {
			if in.Data == "input" && attribute(in, "type") == "hidden" {
				values.Set(attribute(in, "name"), attribute(in, "value"))
			}
		}
		full, err := b.url.Parse(to)
		if err != nil {
			b.t.Fatal(err)
		}
		return full.String(), values
	}
	b.t.Fatalf("%s has status %d and no form for %q:\n%s", b.url, b.status, action, b.body)
	return "", nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// is expects a status and texts.
func (b *browser) is(status int, says ...string) *browser {
	b.t.Helper()
	if b.status != status {
		b.t.Fatalf("%s has status %d, want %d:\n%s", b.url, b.status, status, b.words())
	}
	for _, text := range says {
		if !strings.Contains(b.words(), text) {
			b.t.Errorf("%s does not say %q:\n%s", b.url, text, b.words())
		}
	}
	return b
}

func (b *browser) words() string {
	root, err := html.Parse(strings.NewReader(b.body))
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" && n.Parent.Data != "title" {
			out = append(out, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(out, " ")
}

// visit goes to the directory, signs in there as somebody, and comes back.
func (b *browser) visit(from, login string) *browser {
	b.t.Helper()
	b.get(from)
	if b.url.Port() == b.p.Port() {
		b.send("interaction", "login="+login, "password=anything")
	}
	if b.url.Port() == b.p.Port() {
		b.send("interaction") // agrees that we are told
	}
	return b
}

// signIn signs in at the service with an account of the directory.
func (b *browser) signIn(login string) *browser {
	b.t.Helper()
	return b.visit(paths.Directory(key), login)
}

// reply is the last address at which the directory sent the browser back.
func (b *browser) reply() *url.URL {
	b.t.Helper()
	for _, u := range b.trace {
		if u.Path == paths.DirectoryBack(key) {
			return u
		}
	}
	b.t.Fatalf("the browser was not sent back: %v", b.trace)
	return nil
}

// byLink signs in with a link that is mailed.
func (b *browser) byLink(email string) *browser {
	b.t.Helper()
	b.get(paths.SignIn()).send(paths.SignIn(), "email="+email).is(200, "Check your e-mail")
	b.p.Work(b.t)
	b.get(paths.SignInWith(accounttest.Token(b.t, b.p.Letters(b.t)[0].Body), ""))
	return b.send(paths.SignInLink())
}

// sessions counts the sessions of somebody.
func (p *place) sessions(t *testing.T, email string) int {
	t.Helper()
	return p.Count(t, `sessions s join people p on p.id = s.person_id where p.email = $1`, email)
}

var background = context.Background()

// id finds somebody by their address.
func (p *place) id(t *testing.T, email string) asye.PersonID {
	t.Helper()
	id, err := p.PersonByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
