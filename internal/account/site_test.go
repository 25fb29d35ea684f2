package account_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// site is the whole capability over HTTP.
type site struct {
	*service
	url string
}

var testNav = map[asye.Role][]ui.NavItem{asye.Administrator: {
	{Text: "People", Href: paths.AdminPeople()}, {Text: "Outbox", Href: paths.AdminOutbox()}}}

func newSite(t *testing.T) *site {
	t.Helper()
	s := newService(t, dbtest.OpenSQLite(t, schema.All()))
	m := web.New(web.Site{}, account.Identify(s.Store, testNav), s.d, s.d.Clock(), slog.New(slog.DiscardHandler))
	add := func(ctx context.Context, tx *db.Tx, _ tenant.Scope, o account.FirstOrganisation) (asye.OrganisationID, error) {
		var p fault.Problems
		p.If(o.Name == "", "name", "Enter the name of the employer")
		return kent, p.Err()
	}
	account.Mount(m, s.Store, account.Deps{AddFirst: add})
	admin.Mount(m, s.Store, []account.Setting{
		{Key: "database", Value: "asye.db", Origin: "default", Help: "Where records are kept."}})
	m.Page(paths.Home(), policy.SignedIn(), func(w http.ResponseWriter, r *web.Request) error {
		_, err := io.WriteString(w, "home of "+r.Visitor.Name+" as "+r.Scope.Role().String()+" at "+r.Visitor.Org)
		return err
	})
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	return &site{s, server.URL}
}

// visitor is a browser that keeps cookies and follows redirects.
type visitor struct {
	t *testing.T
	s *site
	http.Client
	path string // where the last page was
	page string // the last page, as HTML
}

func (s *site) visitor(t *testing.T) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, s: s, Client: http.Client{Jar: jar}}
}

// as is a visitor who has signed in.
func (s *site) as(t *testing.T, email string) *visitor {
	v := s.visitor(t)
	v.get(paths.SignInWith(s.link(t, email), ""), 200)
	v.submit(paths.SignInLink(), url.Values{}, 200)
	return v
}

func (v *visitor) read(res *http.Response, err error, want int) string {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.path = res.Request.URL.RequestURI()
	if res.StatusCode != want {
		v.t.Fatalf("%s %s: status %d, want %d\n%s", res.Request.Method, v.path, res.StatusCode, want, plain(string(body)))
	}
	return string(body)
}

var (
	tags   = regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
	hidden = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
)

// plain is what a page says.
func plain(page string) string {
	text := spaces.ReplaceAllString(tags.ReplaceAllString(page, " "), " ")
	return strings.NewReplacer("&#39;", "'", "&amp;", "&", "&#34;", `"`).Replace(text)
}

func (v *visitor) get(path string, want int) string {
	v.t.Helper()
	res, err := v.Get(v.s.url + path)
	page := v.read(res, err, want)
	v.page = page
	return plain(page)
}

// submit sends the form of the last page whose action is given, with its hidden
// fields and these.
func (v *visitor) submit(action string, fields url.Values, want int) string {
	v.t.Helper()
	form := formOf(v.t, v.page, action)
	for name, values := range fields {
		form[name] = values
	}
	res, err := v.PostForm(v.s.url+action, form)
	page := v.read(res, err, want)
	v.page = page
	return plain(page)
}

func formOf(t *testing.T, page, action string) url.Values {
	t.Helper()
	out := url.Values{}
	for _, form := range strings.Split(page, "<form")[1:] {
		form, _, _ = strings.Cut(form, "</form>")
		head, _, _ := strings.Cut(form, ">")
		to, _, _ := strings.Cut(action, "?")
		if strings.Contains(head, `action="`) && !strings.Contains(head, `action="`+to+`"`) || !strings.Contains(head, "post") {
			continue
		}
		for _, m := range hidden.FindAllStringSubmatch(form, -1) {
			out.Set(m[1], strings.NewReplacer("&#34;", `"`, "&amp;", "&").Replace(m[2]))
		}
		return out
	}
	t.Fatalf("the page has no form for %s:\n%s", action, plain(page))
	return nil
}

func says(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not say %q:\n%s", text, page)
		}
	}
}

func silent(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page says %q:\n%s", text, page)
		}
	}
}
