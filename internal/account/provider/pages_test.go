package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/provider/providertest"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
)

type txOf = db.Tx

func TestACC34_ConnectingOnOnesOwnPage(t *testing.T) {
	t.Parallel()
	p := open(t)
	tom := p.browser(t).byLink("tom@example.org")
	tom.get("/account").is(200, "Your organisation’s sign-in")
	tom.get(paths.AccountDirectories()).is(200, "No account of an organisation is connected", "Connect your account at Northshire Council")
	tom.visit(paths.AccountConnecting(key), "eve").is(200, "Connect this account?", "Organisation Northshire Council", "Account eve", "To Tom Other")
	_, offered := tom.form(paths.AccountConnect())
	if p.Count(t, `directory_accounts`) != 0 {
		t.Error("the account is connected before anybody has said yes")
	}
	// What was offered to Tom is nothing to Una.
	una := p.browser(t).byLink("una@example.org")
	una.get(paths.AccountDirectories())
	una.visit(paths.AccountConnecting(key), "bob").send(paths.AccountConnect(), "offer="+offered.Get("offer")).is(403, "to somebody else")
	una.get(paths.AccountDirectories()).visit(paths.AccountConnecting(key), "bob").send(paths.AccountConnect(), "offer=made.up").is(403)
	tom.send(paths.AccountConnect()).is(200, "The account is connected", "Northshire Council", "eve", "Not yet")
	p.browser(t).signIn("eve").is(200, "home of Tom Other")
	tom.get(paths.AccountDirectories()).send(paths.AccountDisconnect()).is(200, "The account is disconnected")
	p.browser(t).signIn("eve").is(422, "nobody who is known here")
}

// The reply to a visit for connecting is no use to another session.
func TestACC34_ConnectingIsOfOneSession(t *testing.T) {
	t.Parallel()
	p := open(t)
	tom := p.browser(t).byLink("tom@example.org")
	tom.get(paths.AccountConnecting(key))
	tom.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		tom.trace = append(tom.trace, r.URL)
		if r.URL.Path == paths.DirectoryBack(key) {
			return http.ErrUseLastResponse
		}
		return nil
	}
	tom.send("interaction", "login=bob", "password=x")
	tom.send("interaction")
	reply := tom.reply().String()
	tom.client.CheckRedirect = nil
	tom.get("/account").send(paths.SignOutEvery())
	tom.get(reply).is(422, "This sign-in is over")
	late := p.browser(t).byLink("tom@example.org")
	late.visit(paths.AccountConnecting(key), "eve").is(200, "Connect this account?")
	p.clock.ahead.Add(int64(16 * time.Minute))
	late.send(paths.AccountConnect()).is(403, "too long ago")
}

func TestACC34_TheAdministratorsPage(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.browser(t).signIn("ada").is(200)
	una := p.browser(t).byLink("una@example.org")
	una.get(paths.AdminPeople()+"?q=Ada").is(200, "First")
	id := p.id(t, "ada@northshire.gov.uk")
	una.get(paths.AdminPerson(id)).is(200, "Organisation’s sign-in")
	una.get(paths.AdminPersonDirectories(id)).is(200, "Northshire Council", "ada@northshire.gov.uk", "By its e-mail address")
	una.send(paths.AdminPersonDisconnect(id)).is(200, "The account is disconnected", "No account of an organisation")
	una.get(paths.AdminAudit()).is(200, "Account of a directory connected", "Account of a directory disconnected", "Northshire Council", "Signed in with")
	p.browser(t).byLink("tom@example.org").get(paths.AdminPersonDirectories(id)).is(403)
}

func TestThePagesOfTheDoor(t *testing.T) {
	t.Parallel()
	p := open(t)
	b := p.browser(t)
	b.get(paths.DirectoryListTo("/account")).is(200, "Choose where you work", "Northshire Council")
	if !strings.Contains(b.body, paths.DirectoryTo(key, "/account")) {
		t.Error("where the visitor wanted to go is lost")
	}
	b.get(paths.Directory("nowhere")).is(404)
	b.get(paths.DirectoryBack("nowhere")).is(404)
	b.get(paths.DirectoryBack(key)).is(422, "This sign-in is over", "Have a link sent to you")
	b.get(paths.Directory(key))
	b.client.CheckRedirect = nil
	b.get(paths.DirectoryBack(key)+"?error=access_denied").is(422, "This sign-in is over")
	for _, evil := range []string{"https://evil.example", "//evil.example", "/\\evil.example"} {
		fresh := p.browser(t)
		fresh.visit(paths.Directory(key)+"?next="+evil, "ada").is(200, "home of Ada First")
	}
	ada := p.browser(t).signIn("ada")
	ada.get(paths.DirectoryList()).is(200, "home of Ada First")
	ada.get(paths.Directory(key)).is(200, "home of Ada First")
	// A person who turns back there.
	turned := p.browser(t).get(paths.Directory(key))
	turned.get(turned.url.String()+"/abort").is(422, "You were not signed in", "or you turned back there")
	if p.Count(t, `sessions`) != 4 {
		t.Errorf("%d sessions", p.Count(t, `sessions`))
	}
}

// Four directories have a page of their own, for there would be too many buttons.
func TestManyDirectories(t *testing.T) {
	s := account.DefaultSettings()
	for _, name := range []string{"North", "East", "South", "West"} {
		s.Directories = append(s.Directories, account.Directory{Key: strings.ToLower(name), Name: name})
	}
	h := accounttest.New(t, s)
	p := &place{House: h, Directory: &providertest.Directory{Issuer: north}, clock: &wrongClock{Clock: h.DB.Clock()}, log: &logs{}}
	visitor := accounttest.Visit(t, p.handler(s.Directories[0]))
	visitor.Get(paths.SignInTo("/account")).Is(200, "Sign in with your organisation").Lacks("North").Has(paths.DirectoryListTo("/account"))
}
