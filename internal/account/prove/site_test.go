package prove_test

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/account/own"
	"example.org/asye/internal/account/prove"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"github.com/a-h/templ"
)

const mary, tom = "mary@example.org", "tom@example.org"

// site is the pages of the account, with one act that decides and one that does
// not.
type site struct {
	accounttest.House
	f    *factor.Store
	held *held.Store
	mux  *web.Mux
}

func settings() account.Settings {
	s := account.DefaultSettings()
	s.BaseURL, s.Passwords, s.SecondFor = "https://example.com", true, []asye.Role{asye.Administrator}
	return s
}

func newSite(t testing.TB, s account.Settings) *site {
	t.Helper()
	x := &site{House: accounttest.New(t, s)}
	x.f = factor.NewStore(x.DB, x.Store, x.Outbox, tries.NewStore(x.DB, x.Store, tries.DefaultBudget()))
	x.held = held.NewStore(x.DB, held.DefaultSettings())
	x.mux = web.New(web.Site{}, account.Identify(x.Store, nil), x.DB, x.DB.Clock(), webtest.Honest(t))
	account.Mount(x.mux, x.Store, account.Deps{Ways: prove.Ways(x.f)})
	prove.Mount(x.mux, prove.Deps{Account: x.Store, Factors: x.f, Held: x.held})
	own.Mount(x.mux, x.Store, x.f)
	x.mux.Page(paths.Home(), policy.SignedIn(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
		_, err := io.WriteString(w, "home of "+r.Visitor.Name)
		return err
	})
	x.mux.Form("/decide", policy.Allow(asye.Coordinator, asye.Administrator).Fresh(), web.Plain, web.Once, x.write)
	x.mux.Form("/note", policy.SignedIn(), web.Plain, web.Once, x.write)
	x.mux.Act("/act", policy.SignedIn(), web.Once, x.write)
	return x
}

// write is a page with a form, which leaves what is typed in the audit trail.
func (s *site) write(w http.ResponseWriter, r *web.Request) error {
	page := r.Page("Write")
	page.Problems.If(r.Posted() && r.Value("text") == "", "text", "Enter a text")
	if !r.Posted() || len(page.Problems) > 0 {
		field := ui.Textarea(ui.TextareaOptions{Name: "text", Label: "Text", Value: r.Value("text"), Problems: page.Problems})
		form := func(action string) templ.Component {
			return within(ui.Form(ui.FormOptions{Action: action, Token: page.Form}), field)
		}
		show := r.Render
		if len(page.Problems) > 0 {
			show = r.Refuse
		}
		return show(w, within(ui.Layout(page), templ.Join(form(""), form("/act"))))
	}
	err := s.DB.Write(r.Context(), r.Scope, func(tx *db.Tx) error {
		return tx.Audit(r.Context(), r.Scope, db.Line{What: "test.written", Kind: "text", ID: r.Value("text")})
	})
	if err != nil {
		return err
	}
	return r.SeeOther(w, paths.Home())
}

func within(outer, inner templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, inner), w)
	})
}

// written counts how often a text was written by somebody.
func (s *site) written(t testing.TB, text string) int {
	t.Helper()
	return s.Count(t, `audit_lines where what = 'test.written' and subject_id = $1`, text)
}

// signedIn is the browser of somebody who has come in by a link.
func (s *site) signedIn(t testing.TB, email string) *webtest.Browser {
	t.Helper()
	b := webtest.Visit(t, s.mux)
	s.signIn(t, b, email)
	return b
}

func (s *site) signIn(t testing.TB, b *webtest.Browser, email string) webtest.Page {
	t.Helper()
	b.Get(paths.SignInWith(s.Link(t, email), "")).Is(200)
	return b.Press(paths.SignInLink())
}

func (s *site) coordinator(t testing.TB, name, email string) tenant.Scope {
	t.Helper()
	id := s.Person(t, name, email, accounttest.As(accounttest.Kent, asye.Coordinator))
	return tenant.SignedIn(id, accounttest.Kent, asye.Coordinator)
}

// app sets an authenticator app up in a browser.
func (s *site) app(t testing.TB, b *webtest.Browser, scope tenant.Scope) onetime.Secret {
	t.Helper()
	b.Get(paths.AppStart()).Is(200, "Authenticator app")
	b.Press(paths.AppStart()).Is(200, "Set up your app")
	pending, err := s.f.PendingApp(t.Context(), scope)
	if err != nil {
		t.Fatal(err)
	}
	b.Press(paths.AppNew(), "code="+s.code(pending.Secret)).Is(200, "Your app is set up")
	s.Clock.Move(2 * time.Minute)
	return pending.Secret
}

func (s *site) code(secret onetime.Secret) string { return secret.Code(s.Clock.Now().Time()) }

var sixFigures = regexp.MustCompile(`(?m)^\d{6}$`)

// mailed is the code in the newest letter.
func (s *site) mailed(t testing.TB) string {
	t.Helper()
	return sixFigures.FindString(s.Letters(t)[0].Body)
}
