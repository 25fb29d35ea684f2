package account_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

func TestSigningInPages(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	v := s.visitor(t)
	says(t, v.get("/account", 200), "Sign in", "There is no password")
	if !strings.Contains(v.page, `value="/account"`) {
		t.Error("the page does not remember where the visitor wanted to go")
	}
	says(t, v.submit(paths.SignIn(), url.Values{"email": {""}}, 422), "There is a problem", "Enter your e-mail address")
	says(t, v.submit(paths.SignIn(), url.Values{"email": {"mary"}}, 422), "in the correct format")
	var answers []string
	for _, email := range []string{"mary@example.org", "nobody@example.org"} {
		v.get("/sign-in?next=/account", 200)
		answers = append(answers, v.submit(paths.SignIn(), url.Values{"email": {email}}, 200))
	}
	if answers[0] != answers[1] {
		t.Error("ACC-6 the answer tells whether an address is known")
	}
	says(t, answers[0], "Check your e-mail", "for 15 minutes", "an administrator can read it")
	s.work(t)
	letter := s.letters(t)[0].Body
	link := regexp.MustCompile(`http://127\.0\.0\.1:8080(/\S+)`).FindStringSubmatch(letter)[1]
	says(t, v.get(link, 200), "Sign in as Mary Jones")
	page := v.submit(paths.SignInLink(), nil, 200)
	says(t, page, "Your account", "Mary Jones", "Coordinator, Kent", "(this device)")
	if v.path != "/account" {
		t.Errorf("led to %s, not to where the visitor wanted to go", v.path)
	}
	says(t, v.get("/sign-in", 200), "home of Mary Jones as Coordinator at Kent")
	other := s.visitor(t)
	says(t, other.get(link, 422), "You cannot sign in with this link", "Ask for a new link")
	says(t, other.get(paths.SignInLink(), 422), "You cannot sign in with this link")
	v.get("/account", 200)
	says(t, v.submit(paths.SignOut(), nil, 200), "You have signed out")
	says(t, v.get("/account", 200), "Sign in")
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
		page := httptest.NewRecorder()
		m.ServeHTTP(page, httptest.NewRequest("GET", link, nil))
		post := httptest.NewRequest("POST", paths.SignInLink(), strings.NewReader(formOf(t, page.Body.String(), paths.SignInLink()).Encode()))
		post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		done := httptest.NewRecorder()
		m.ServeHTTP(done, post)
		if done.Code != 303 || done.Header().Get("Location") != "/home" {
			t.Fatalf("ACC-9 %d to %q", done.Code, done.Header().Get("Location"))
		}
		c := done.Result().Cookies()[0]
		wantName := map[bool]string{false: "asye_session", true: "__Host-asye_session"}[secure]
		if c.Name != wantName || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Path != "/" || c.Domain != "" {
			t.Errorf("ACC-3 the cookie is %s", c)
		}
	}
}

func TestFormsOfVisitorsAreTheirs(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	v.get("/sign-in", 200)
	says(t, v.submit(paths.SignIn(), url.Values{"_form": {"made.up"}, "email": {"a@example.org"}}, 403), "does not belong to your session")
}

func TestRolesPage(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator), as(leeds, asye.Administrator))
	v := s.as(t, "mary@example.org")
	says(t, v.get("/roles", 200), "What do you want to work as?", "Administrator Leeds", "Coordinator Kent")
	says(t, v.submit(paths.Roles(), nil, 422), "Select what you want to work as")
	says(t, v.submit(paths.Roles(), url.Values{"role": {"national@nat"}}, 422), "Select a role that you have today")
	says(t, v.submit(paths.Roles(), url.Values{"role": {"administrator@leeds"}}, 200), "home of Mary Jones as Administrator at Leeds")
	v.get("/roles", 200)
	says(t, v.submit(paths.Roles(), url.Values{"role": {"coordinator@kent"}}, 200), "as Coordinator at Kent")
	v.get("/admin/people", 403)
	says(t, v.get("/account", 200), "Change role")
}

func TestAccountPageSignsDevicesOut(t *testing.T) {
	s := newSite(t)
	s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	phone := s.as(t, "mary@example.org")
	desk := s.as(t, "mary@example.org")
	page := desk.get("/account", 200)
	if n := strings.Count(page, "Signed in"); n < 2 {
		t.Errorf("%d devices are listed:\n%s", n, page)
	}
	says(t, desk.submit(paths.EndSession(), nil, 200), "That device can no longer be used")
	says(t, phone.get("/account", 200), "There is no password")
	desk.get("/account", 200)
	says(t, desk.submit(paths.SignOutEvery(), nil, 200), "You have signed out")
	says(t, desk.get("/account", 200), "There is no password")
}

func TestSetupPage(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	says(t, v.get("/setup", 200), "Set up this service", "National body", "Region")
	says(t, v.submit(paths.Setup(), nil, 422), "Enter the code that the service printed", "Enter the first name", "Enter your e-mail address")
	code, err := s.SetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answers := url.Values{"setup_code": {strings.ToLower(code)}, "type": {"local_authority"}, "name": {""}, "code": {"886"},
		"given_name": {"Ada"}, "family_name": {"First"}, "email": {"ada@example.org"}}
	says(t, v.submit(paths.Setup(), answers, 422), "Enter the name of the employer")
	if !strings.Contains(v.page, `value="Ada"`) {
		t.Error("what was typed is lost")
	}
	answers.Set("name", "Kent")
	says(t, v.submit(paths.Setup(), answers, 200), "The service is set up", "Ada First", "Administrator, Kent", "Outbox")
	s.visitor(t).get("/setup", 404)
}
