package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
)

func TestACC30_SignInWithADirectory(t *testing.T) {
	t.Parallel()
	p := open(t)
	b := p.browser(t)
	b.get("/account").is(200, "Sign in with Northshire Council", "Or by e-mail")
	b.visit(paths.DirectoryTo(key, "/account"), "ada").is(200, "Your account", "Ada First", "Coordinator, Kent")
	if n := p.Count(t, `directory_accounts where subject = 'ada' and connected_by = 'address'`); n != 1 {
		t.Errorf("%d accounts are connected, want 1", n)
	}
	for what, want := range map[string]int{"account.signedIn": 1, "account.providerLinked": 1} {
		if n := p.Count(t, `audit_lines where what = $1 and org_id = 'kent' and actor_id is not null`, what); n != want {
			t.Errorf("%d audit lines %s, want %d", n, what, want)
		}
	}
	if said := p.Said(t, "account.signedIn"); !strings.Contains(said, "own directory") {
		t.Errorf("the audit trail does not say how they signed in: %s", said)
	}
	again := p.browser(t).signIn("ada").is(200, "home of Ada First as Coordinator at Kent")
	if p.Count(t, `directory_accounts`) != 1 || p.Count(t, `audit_lines where what = 'account.providerLinked'`) != 1 {
		t.Error("the account was connected a second time")
	}
	again.get(paths.SignIn()).is(200, "home of Ada First")
}

func TestACC33_WhoeverIsNotKnownDoesNotComeIn(t *testing.T) {
	t.Parallel()
	p := open(t)
	for login, says := range map[string][]string{
		"bob":  {"You cannot sign in with this account", "as bob@northshire.gov.uk", "belongs to nobody who is known here", "ask the person who runs the ASYE programme"},
		"dan":  {"belongs to nobody who is known here", "have a link sent"},
		"eve":  {"as eve", "belongs to nobody who is known here"},
		"dora": {"an administrator has ended your access"},
		"rolo": {"You have no role here at present", "Ask the person who runs the ASYE programme"},
	} {
		b := p.browser(t).signIn(login).is(http.StatusUnprocessableEntity, says...)
		b.get(paths.Home()).is(200, "Send me a link")
	}
	if n := p.Count(t, `sessions`) + p.Count(t, `directory_accounts`); n != 0 {
		t.Errorf("%d sessions and connections were made", n)
	}
	if n := p.Count(t, `people`); n != 5 {
		t.Errorf("a directory has made people: there are %d", n)
	}
}

func TestACC30_AnAddressThatSomebodyTyped(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.browser(t).signIn("cat").is(422, "belongs to nobody who is known here")
	if p.Count(t, `sessions`) != 0 {
		t.Error("an address that nobody had verified let somebody in as Ada")
	}
}

func TestACC30_ADirectoryAnswersOnlyForItsOwnDomains(t *testing.T) {
	t.Parallel()
	p := open(t, func(d *account.Directory) { d.Domains = nil })
	p.browser(t).signIn("ada").is(422, "belongs to nobody who is known here")
	if p.Count(t, `sessions`) != 0 {
		t.Error("a directory that owns no domain let somebody in by their address")
	}
	b := p.browser(t).byLink("ada@northshire.gov.uk")
	b.visit(paths.AccountConnecting(key), "ada").is(200, "Connect this account?", "ada@northshire.gov.uk", "Ada First, who is signed in here now")
	b.send(paths.AccountConnect()).is(200, "The account is connected", "Northshire Council")
	p.browser(t).signIn("ada").is(200, "home of Ada First")
}

// An address is given to somebody else when its owner has left.
func TestACC30_AnAddressThatWasGivenToSomebodyElse(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.browser(t).signIn("ada").is(200, "home of Ada First")
	p.browser(t).signIn("heir").is(422, "comes in with another account of the same organisation")
	if n := p.sessions(t, "ada@northshire.gov.uk"); n != 1 {
		t.Errorf("the heir of Ada's address came in as Ada: %d sessions", n)
	}
}

func TestACC31_AReplyWorksOnceAndForItsOwnBrowser(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.browser(t)
	kept := ada.get(paths.Directory(key))
	cookies := kept.client.Jar.Cookies(mustURL(t, p.at))
	ada.send("interaction", "login=ada", "password=x")
	ada.send("interaction").is(200, "home of Ada First")
	reply := ada.reply().String()

	// The same address again, in the same browser and in one that has stolen it.
	ada.get(reply).is(200, "home of Ada First")
	p.browser(t).get(reply).is(422, "This sign-in is over")
	thief := p.browser(t)
	thief.client.Jar.SetCookies(mustURL(t, p.at), cookies) // as it was on the way there
	thief.get(reply).is(422, "This sign-in is over")
	if n := p.Count(t, `sessions`); n != 1 {
		t.Errorf("%d sessions after the reply was used four times, want 1", n)
	}
}

func TestACC31_RepliesThatAreMixedUp(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada, mallory := p.browser(t), p.browser(t)
	hold := func(b *browser, login string) string {
		t.Helper()
		b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			b.trace = append(b.trace, r.URL)
			if r.URL.Path == paths.DirectoryBack(key) {
				return http.ErrUseLastResponse // the browser does not go there yet
			}
			return nil
		}
		b.signIn(login)
		return b.reply().Query().Get("code")
	}
	codes := map[string]string{"ada": hold(ada, "ada"), "mallory": hold(mallory, "bob")}
	mine, theirs := ada.reply(), mallory.reply()

	// Somebody else's whole reply, to have Ada sign in as Mallory.
	ada.get(theirs.String()).is(422, "This sign-in is over")
	// Ada's state with Mallory's code: it was not begun by Ada's browser.
	ada = p.browser(t)
	codes["ada"] = hold(ada, "ada")
	mine = ada.reply()
	q := mine.Query()
	q.Set("code", codes["mallory"])
	mine.RawQuery = q.Encode()
	ada.get(mine.String()).is(422)
	if n := p.Count(t, `sessions`); n != 0 {
		t.Errorf("%d sessions were made of replies that were mixed up", n)
	}
}

func TestACC31_CookiesOfAVisitThatWereTamperedWith(t *testing.T) {
	t.Parallel()
	p := open(t)
	b := p.browser(t).get(paths.Directory(key))
	at := mustURL(t, p.at)
	for _, c := range b.client.Jar.Cookies(at) {
		if c.Name != "asye_visit" {
			continue
		}
		head, mark, _ := strings.Cut(c.Value, ".")
		for _, bad := range []string{head + "x." + mark, head + "." + mark + "0", head, "." + mark, "", "e30." + mark} {
			b.client.Jar.SetCookies(at, []*http.Cookie{{Name: c.Name, Value: bad, Path: "/"}})
			b.get(paths.DirectoryBack(key)+"?code=c&state=").is(422, "This sign-in is over")
		}
	}
	p.clock.ahead.Store(int64(16 * time.Minute))
	late := p.browser(t)
	p.clock.ahead.Store(0)
	late.get(paths.Directory(key))
	p.clock.ahead.Store(int64(15*time.Minute + time.Second))
	late.send("interaction", "login=ada", "password=x")
	late.send("interaction").is(422, "This sign-in is over")
}

func TestACC31_ClocksThatDiffer(t *testing.T) {
	t.Parallel()
	p := open(t)
	for _, tt := range []struct {
		ahead time.Duration
		in    bool
	}{
		{4*time.Minute + 50*time.Second, true}, {-4*time.Minute - 50*time.Second, true},
		{6*time.Minute + 5*time.Second, false}, // the token counts for a minute, and five more
		{-5*time.Minute - 10*time.Second, false},
	} {
		b := p.browser(t)
		p.clock.ahead.Store(int64(tt.ahead))
		b.signIn("ada")
		if in := b.status == 200; in != tt.in {
			t.Errorf("our clock is ahead by %s: signed in %v\n%s", tt.ahead, in, b.words())
		}
		if !tt.in {
			b.is(422, "The clocks of Northshire Council and of this service differ by more than five minutes")
		}
		p.clock.ahead.Store(0)
	}
}

func TestACC31_KeysThatChangeWhileWeRun(t *testing.T) {
	t.Parallel()
	p := open(t)
	for range 3 {
		p.browser(t).signIn("ada").is(200, "home of Ada First")
		p.Rotate()
	}
	p.browser(t).signIn("ada").is(200, "home of Ada First")
}
