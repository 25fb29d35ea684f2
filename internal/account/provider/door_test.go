package provider_test

import (
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/provider/providertest"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web/webtest"
)

// silent is the service beside a directory that does not answer.
type silent struct {
	*place
	door func() *webtest.Browser // of somebody who has not been here
	tom  asye.PersonID
}

func beside(t *testing.T) *silent {
	t.Helper()
	s := account.DefaultSettings()
	s.Directories = []account.Directory{{Key: key, Name: "Northshire Council"}}
	p := &place{House: accounttest.New(t, s), Directory: &providertest.Directory{Issuer: "http://127.0.0.1:1"}, log: &logs{}}
	p.clock = &wrongClock{Clock: p.DB.Clock()}
	pages := p.handler(s.Directories[0])
	return &silent{place: p, door: func() *webtest.Browser { return accounttest.Visit(t, pages) },
		tom: p.Person(t, "Tom Other", "tom@example.org", accounttest.As(accounttest.Kent, asye.Coordinator))}
}

// in is the browser of somebody who has signed in by a link.
func (s *silent) in(t *testing.T, email string) *webtest.Browser {
	t.Helper()
	b := s.door()
	b.Get(paths.SignInWith(s.Link(t, email), "")).Is(200)
	b.Press(paths.SignInLink()).Is(200, "home of")
	return b
}

// signed is what the service writes into a browser, or a form, for later.
func (s *silent) signed(t *testing.T, what string, of asye.PersonID) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"Directory": key, "State": "s", "Next": "/account", "For": of,
		"Ends": s.DB.Clock().Now().Add(time.Minute).Time().Unix(), "Proof": map[string]string{"Directory": key, "Issuer": s.Issuer, "Subject": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	text := base64.RawURLEncoding.EncodeToString(raw)
	mark, err := s.Veil(t.Context(), what+":"+text)
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + mark
}

// The doors to a directory are for those who are not in yet.
func TestACC31_WhoIsInNeedsNoDoor(t *testing.T) {
	s := beside(t)
	tom := s.in(t, "tom@example.org")
	for _, door := range []string{paths.DirectoryList(), paths.Directory(key)} {
		tom.Get(door).Is(200, "home of Tom Other")
	}
	s.door().Get(paths.DirectoryList()).Is(200, "Choose where you work")
	s.door().Get(paths.Directory(key)).Is(422, "does not answer").Has(`href="` + paths.Directory(key) + `"`)
	tom.Get(paths.AccountConnecting(key)).Is(422, "does not answer").Has(`href="` + paths.AccountConnecting(key) + `"`)
}

// A visit is ended by whoever began it, signed in as they were then.
func TestACC34_AVisitIsOfWhoeverBeganIt(t *testing.T) {
	s := beside(t)
	s.Person(t, "Una Boss", "una@example.org", accounttest.As(accounttest.Kent, asye.Coordinator))
	const ended, over = "You were not signed in", "This sign-in is over"
	for _, tt := range []struct {
		who string // who is at the browser; empty for a visitor
		of  asye.PersonID
		is  int
		say string
	}{
		{"", "", 422, ended}, {"tom@example.org", s.tom, 422, ended},
		{"", s.tom, 422, over}, {"una@example.org", s.tom, 422, over},
		{"tom@example.org", "", 200, "Your account"}, // signed in meanwhile, in another window
	} {
		b := s.door()
		if tt.who != "" {
			b = s.in(t, tt.who)
		}
		b.Hold("asye_visit", s.signed(t, "visit", tt.of))
		b.Get(paths.DirectoryBack(key)+"?state=s&error=access_denied").Is(tt.is, tt.say)
	}
}

// What was offered to somebody is connected to nobody else.
func TestACC34_AnOfferIsOfWhomItWasMadeTo(t *testing.T) {
	s := beside(t)
	for of, want := range map[asye.PersonID]int{s.tom: 200, "somebody": 403} {
		b := s.in(t, "tom@example.org")
		page := b.Get(paths.Account())
		b.Forge(page, paths.AccountConnect(), "offer="+s.signed(t, "offer", of)).Is(want)
	}
	if n := s.Count(t, `directory_accounts`); n != 1 {
		t.Errorf("%d accounts are connected, want 1", n)
	}
}
