package account_test

import (
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
)

func TestSigningInPages(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	v := s.visitor(t)
	v.Get("/account").Is(200, "Sign in", "There is no password")
	v.Has(`value="/account"`) // where the visitor wanted to go is remembered
	v.Press(paths.SignIn(), "email=").Is(422, "There is a problem", "Enter your e-mail address")
	v.Press(paths.SignIn(), "email=mary").Is(422, "in the correct format")
	var answers []webtest.Page
	for _, email := range []string{"mary@example.org", "nobody@example.org"} {
		v.Get("/sign-in?next=/account").Is(200)
		answers = append(answers, v.Press(paths.SignIn(), "email="+email).Is(200))
	}
	if answers[0].Text() != answers[1].Text() {
		t.Error("ACC-6 the answer tells whether an address is known")
	}
	answers[0].Says("Check your e-mail", "for 15 minutes", "an administrator can read it")
	s.work(t)
	letter := s.letters(t)[0].Body
	link := regexp.MustCompile(`http://127\.0\.0\.1:8080(/\S+)`).FindStringSubmatch(letter)[1]
	v.Get(link).Is(200, "Sign in as Mary Jones")
	v.Press(paths.SignInLink()).Is(200, "Your account", "Mary Jones", "Coordinator, Kent", "(this device)")
	if v.Path() != "/account" {
		t.Errorf("led to %s, not to where the visitor wanted to go", v.Path())
	}
	v.Get("/sign-in").Is(200, "home of Mary Jones as Coordinator at Kent")
	other := s.visitor(t)
	other.Get(link).Is(422, "You cannot sign in with this link", "Ask for a new link")
	other.Get(paths.SignInLink()).Is(422, "You cannot sign in with this link")
	v.Get("/account").Is(200)
	v.Press(paths.SignOut()).Is(200, "You have signed out")
	v.Get("/account").Is(200, "Sign in")
}

func TestSessionCookie(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	for _, secure := range []bool{false, true} {
		settings := account.DefaultSettings()
		settings.Secure = secure
		store := account.NewStore(s.d, s.outbox, s.queue, settings)
		m := web.New(web.Site{Secure: secure}, account.Identify(store, testNav), s.d, s.d.Clock(), slog.New(slog.DiscardHandler))
		account.Mount(m, store, account.Deps{})
		link := paths.SignInWith(s.link(t, "mary@example.org"), "https://evil.example/")
		done := webtest.New(t, m).Fill(link).LeadsTo("/home") // ACC-9, whatever the link says
		c, err := http.ParseSetCookie(done.Header.Get("Set-Cookie"))
		if err != nil {
			t.Fatal(err)
		}
		wantName := map[bool]string{false: "asye_session", true: "__Host-asye_session"}[secure]
		if c.Name != wantName || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" {
			t.Errorf("ACC-3 the cookie is %s", c)
		}
	}
}

func TestFormsOfVisitorsAreTheirs(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	v.Get("/sign-in").Is(200)
	v.Press(paths.SignIn(), "_form=made.up", "email=a@example.org").Is(403, "does not belong to your session")
}

func TestRolesPage(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator), as(leeds, asye.Administrator))
	v := s.as(t, "mary@example.org")
	v.Get("/roles").Is(200, "What do you want to work as?", "Administrator Leeds", "Coordinator Kent")
	v.Press(paths.Roles()).Is(422, "Select what you want to work as")
	v.Press(paths.Roles(), "role=national@nat").Is(422, "Select a role that you have today")
	v.Press(paths.Roles(), "role=administrator@leeds").Is(200, "home of Mary Jones as Administrator at Leeds")
	v.Get("/roles").Is(200)
	v.Press(paths.Roles(), "role=coordinator@kent").Is(200, "as Coordinator at Kent")
	v.Get("/admin/people").Is(403)
	v.Get("/account").Is(200, "Change role")
}

func TestAccountPageSignsDevicesOut(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	phone := s.as(t, "mary@example.org")
	desk := s.as(t, "mary@example.org")
	page := desk.Get("/account").Is(200)
	if n := strings.Count(page.Text(), "Signed in"); n < 2 {
		t.Errorf("%d devices are listed:\n%s", n, page.Text())
	}
	desk.Press(paths.EndSession()).Is(200, "That device can no longer be used")
	phone.Get("/account").Is(200, "There is no password")
	desk.Get("/account").Is(200)
	desk.Press(paths.SignOutEvery()).Is(200, "You have signed out")
	desk.Get("/account").Is(200, "There is no password")
}

func TestSetupPage(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	v.Get("/setup").Is(200, "Set up this service", "National body", "Region")
	v.Press(paths.Setup()).Is(422, "Enter the code that the service printed", "Enter the first name", "Enter your e-mail address")
	code, err := s.SetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answers := []string{"setup_code=" + strings.ToLower(code), "type=local_authority", "name=", "code=886",
		"given_name=Ada", "family_name=First", "email=ada@example.org"}
	v.Press(paths.Setup(), answers...).Is(422, "Enter the name of the employer")
	v.Has(`value="Ada"`) // what was typed is kept
	answers = append(answers, "name=Kent")
	v.Press(paths.Setup(), answers...).Is(200, "The service is set up", "Ada First", "Administrator, Kent", "Outbox")
	s.visitor(t).Get("/setup").Is(404)
}
