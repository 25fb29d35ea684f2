package app

import (
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/web/webtest"
)

// TestACC36_FromTheCommandLine: with the mail server and the directory down,
// an administrator is made and comes in within a minute.
func TestACC36_FromTheCommandLine(t *testing.T) {
	database := filepath.Join(t.TempDir(), "asye.db")
	environ := []string{"ASYE_DATABASE=" + database, "ASYE_BASE_URL=http://example.com", "USER=root",
		"ASYE_SMTP=smtp://u:p@127.0.0.1:1", "ASYE_MAIL_FROM=asye@example.org", "ASYE_OIDC_ISSUER=http://127.0.0.1:1",
		"ASYE_OIDC_CLIENT_ID=asye", "ASYE_OIDC_NAME=Northshire Council", "ASYE_OIDC_DOMAINS=example.org", "ASYE_OIDC_ONLY=yes"}
	ada := []string{"administrator", "--email=ada@example.org", "--reason=the directory is down, and nobody is in"}
	if status, _, err := program(t, environ, ada...); status != 3 || !strings.Contains(err, "Nobody has set this service up yet") {
		t.Errorf("before the service is set up it ends with %d: %s", status, err)
	}
	s := setUpAt(t, database, environ)
	began := time.Now()
	for says, args := range map[string][]string{
		"missing flags":       {"administrator", "--email=ada@example.org"},
		"Nobody is on record": append(ada, "--email=ada@example.org"),
	} {
		if status, _, err := program(t, environ, args...); status != map[string]int{"missing flags": 2, "Nobody is on record": 3}[says] || !strings.Contains(err, says) {
			t.Errorf("%v ends with %d: %s", args, status, err)
		}
	}
	status, out, err := program(t, environ, append(ada, "--name=Ada First")...)
	if status != 0 {
		t.Fatalf("it ends with %d: %s", status, err)
	}
	for _, want := range []string{"Ada First (ada@example.org) is an administrator of the whole service, at Programme Office", "It works once", "The other administrator"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	link := regexp.MustCompile(`http://example\.com(/\S+)`).FindStringSubmatch(out)
	if link == nil {
		t.Fatalf("there is no link:\n%s", out)
	}
	b := webtest.Visit(t, s.handler())
	b.Get(link[1]).Is(200, "Sign in as Ada First")
	b.Press("/sign-in/link").Is(200, "Ada First", "Administrator, Programme Office")
	b.Get("/admin/audit").Is(200, "Administrator made from the command line", "the directory is down, and nobody is in")
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
	other := webtest.Visit(t, s.handler())
	other.Get(link[1]).Is(422, "cannot be used")
	if n := waiting(t, s, "femi@example.org"); n != 1 {
		t.Errorf("%d letters wait for the other administrator, want 1", n)
	}
}

// setUpAt opens a service whose first administrator is Femi.
func setUpAt(t *testing.T, database string, environ []string) *service {
	t.Helper()
	cfg, err := understand(must(t, given{environ: environ}.read))
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), cfg, clock.Real(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	code := must(t, func() (string, error) { return s.account.SetupCode(t.Context()) })
	if _, err := s.account.SetUp(t.Context(), nil, account.SetUp{Code: code,
		Org: account.FirstOrganisation{Name: "Programme Office", Type: asye.NationalBody, Code: "OFFICE"},
		Who: asye.Identity{GivenName: "Femi", FamilyName: "Adeola", Email: "femi@example.org"}}, s.addFirst); err != nil {
		t.Fatal(err)
	}
	return s
}

func waiting(t *testing.T, s *service, to string) int {
	t.Helper()
	n := 0
	if err := s.db.QueryRow(t.Context(), `select count(*) from mail_outbox where recipient = $1`, to).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
