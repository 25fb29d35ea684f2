package prove_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/platform/web/webtest"
)

func TestACC54_AnActThatDecidesNeedsAFreshProof(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	b.Fill("/decide", "text=at once").Is(200, "home of Mary") // signing in is a proof
	s.Clock.Move(30*time.Minute - time.Second)
	b.Fill("/decide", "text=a second before").Is(200, "home of Mary")
	s.Clock.Move(time.Second)
	b.Get("/decide").Is(200)
	b.Fill("/note", "text=decides nothing").Is(200, "home of Mary")
	b.Fill("/decide", "text=after half an hour").Is(403, "Show that it is you", "What you typed is kept", "for 30 minutes")
	if s.written(t, "after half an hour") != 0 || s.written(t, "a second before") != 1 {
		t.Error("what was written is not what was proved")
	}
	b.HasNot("after half an hour") // it waits sealed, and is not on the page
	b.Press("/decide", "_way=send").Is(403, "We have sent six figures to mary@example.org")
	b.Press("/decide", "_way=mail", "mailed_code=").Is(422, "Enter the six figures of the last code")
	b.Press("/decide", "_way=mail", "mailed_code="+s.mailed(t)).Is(200, "home of Mary")
	if s.written(t, "after half an hour") != 1 {
		t.Error("ACC-55 the form did not go through")
	}
	b.Fill("/decide", "text=straight on").Is(200, "home of Mary")
}

func TestACC55_TheFormGoesThroughOnce(t *testing.T) {
	s := newSite(t, settings())
	scope := s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	secret := s.app(t, b, scope)
	s.Clock.Move(time.Hour)
	form := b.Get("/decide")
	waits := form.Submit("text=only once").Is(403, "Code from your authenticator app").Lacks("Send me a code")
	waits.Press("/decide", "_way=code", "code=000000").Is(422, "six figures that the app shows now")
	if s.written(t, "only once") != 0 {
		t.Fatal("a wrong code lets it through")
	}
	waits.Press("/decide", "_way=code", "code="+s.code(secret)).Is(200, "home of Mary")
	waits.Press("/decide", "_way=code", "code="+s.code(secret)).Is(200, "home of Mary") // the proof is sent twice
	form.Submit("text=only once").Is(200, "home of Mary")                               // the form is sent again
	if n := s.written(t, "only once"); n != 1 {
		t.Errorf("it went through %d times", n)
	}
}

// What is wrong with a form is said on its own page, at its own address, after the
// proof.
func TestACC55_AMistakeIsShownAfterTheProof(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	s.Clock.Move(time.Hour)
	b.Fill("/decide", "text=").Is(403)
	b.Press("/decide", "_way=send").Is(403)
	page := b.Press("/decide", "_way=mail", "mailed_code="+s.mailed(t)).Is(422, "Enter a text")
	page.Submit("text=mended").Is(200, "home of Mary")
	if s.written(t, "mended") != 1 {
		t.Error("the mended form did not go through")
	}
}

func TestACC55_NobodyElseTakesItUp(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	s.coordinator(t, "Tom Other", tom)
	b, other, again := s.signedIn(t, mary), s.signedIn(t, tom), s.signedIn(t, mary)
	s.Clock.Move(time.Hour)
	b.Fill("/decide", "text=hers").Is(403)
	ticket := b.Field("_held")
	for _, thief := range []*webtest.Browser{other, again} {
		thief.Fill("/decide", "text=theirs").Is(403)
		thief.Press("/decide", "_way=send").Is(403)
		thief.Press("/decide", "_way=mail", "mailed_code="+s.mailed(t), "_held="+ticket).Is(409, "waited too long")
	}
	b.Forge(b.Page, "/note", "_way=send", "text=elsewhere").Is(200) // a page that needs no proof looks at none of it
	if s.written(t, "hers") != 0 {
		t.Error("somebody else's browser let it through")
	}
	s.Clock.Move(time.Hour)
	b.Get("/decide")
	b.Forge(b.Page, "/decide", "_way=send", "_held="+ticket).Is(409, "waited too long")
}

func TestACC55_EachWayLetsItThrough(t *testing.T) {
	s := newSite(t, settings())
	scope := s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	device := s.passkey(t, b)
	b.Get(paths.PrintedCodes()).Is(200, "You have none yet")
	codes := printedOn(b.Press(paths.PrintedCodes()).Is(200, "Print these codes"))
	b.Fill(paths.Password(), "new_password=correct kettle moon").Is(200, "The password has been set")
	for name, proof := range map[string]func() []string{
		"passkey":  func() []string { return s.show(t, b, device, paths.ProveBegin()) },
		"printed":  func() []string { return []string{"_way=recovery", "printed_code=" + codes[0]} },
		"password": func() []string { return []string{"_way=password", "password=correct kettle moon"} },
	} {
		s.Clock.Move(time.Hour)
		b.Fill("/decide", "text="+name).Is(403, "Send me a code", "Use a printed code", "Password")
		b.Press("/decide", proof()...).Is(200, "home of Mary")
		if s.written(t, name) != 1 {
			t.Errorf("it did not go through by %s", name)
		}
	}
	if held, _ := s.f.Held(t.Context(), scope); held.Printed != 9 {
		t.Errorf("%d printed codes are left", held.Printed)
	}
}

// passkey adds a passkey in a browser, as its script does.
func (s *site) passkey(t testing.TB, b *webtest.Browser) *passkeytest.Device {
	t.Helper()
	device := passkeytest.New(t, "https://example.com")
	b.Get(paths.PasskeyNew()).Is(200, "Add a passkey")
	page := b.Page
	asked := s.begin(t, b, paths.PasskeyBegin())
	page.Press(paths.PasskeyNew(), "name=My phone", "ceremony="+asked.ID, "passkey="+device.Make(asked.Options)).Is(200, "The passkey has been added", "My phone")
	return device
}

// show answers a request for a passkey as the script does, and gives what it
// sends.
func (s *site) show(t testing.TB, b *webtest.Browser, device *passkeytest.Device, begin string) []string {
	t.Helper()
	page := b.Page
	asked := s.begin(t, b, begin)
	b.Page = page
	return []string{"_way=passkey", "ceremony=" + asked.ID, "passkey=" + device.Show(asked.Options)}
}

func printedOn(p webtest.Page) []string {
	var codes []string
	for _, word := range strings.Fields(p.Text()) {
		if len(word) == 19 && strings.Count(word, "-") == 3 {
			codes = append(codes, word)
		}
	}
	return codes
}

func TestACC57_AFormIsPutBackAfterItsSessionEnded(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	form := b.Get("/note").Is(200)
	s.Clock.Move(2 * time.Hour)
	form.Submit("text=A long text about the year").Is(200, "Your session has ended", "What you typed is kept", "Send me a link")
	if s.written(t, "A long text about the year") != 0 {
		t.Fatal("a session that has ended writes")
	}
	next := b.Field("next")
	if !strings.HasPrefix(next, "/note?_kept=") {
		t.Fatalf("the sign-in page leads on to %q", next)
	}
	b.Get(paths.SignInWith(s.Link(t, mary), next)).Is(200)
	back := b.Press(paths.SignInLink()).Is(200, "What you typed is here again", "A long text about the year")
	back.Submit("text=A long text about the year, mended").Is(200, "home of Mary")
	if s.written(t, "A long text about the year, mended") != 1 || s.Count(t, `held_forms`) != 0 {
		t.Error("it did not go through, or stays")
	}
	b.Get(next).Is(200).Lacks("What you typed is here again")
}

func TestACC57_NobodyElseIsShownIt(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	s.coordinator(t, "Tom Other", tom)
	b := s.signedIn(t, mary)
	form := b.Get("/note")
	s.Clock.Move(2 * time.Hour)
	form.Submit("text=hers alone").Is(200, "Your session has ended")
	next := b.Field("next")
	// On the same device, somebody else signs in.
	b.Get(paths.SignInWith(s.Link(t, tom), next)).Is(200)
	b.Press(paths.SignInLink()).Is(200).Lacks("hers alone", "What you typed is here again")
	b.Get(paths.Kept()).Is(404)
	// On another device, she signs in.
	elsewhere := webtest.Visit(t, s.mux)
	elsewhere.Get(paths.SignInWith(s.Link(t, mary), next)).Is(200)
	elsewhere.Press(paths.SignInLink()).Is(200).Lacks("hers alone")
	// On that device, after him.
	b.Get(paths.SignInWith(s.Link(t, mary), next)).Is(200)
	b.Press(paths.SignInLink()).Is(200, "hers alone")
}

// A form of a session that nobody knows, or that belongs to another, is not kept.
func TestACC57_OnlyItsOwnForm(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	s.coordinator(t, "Tom Other", tom)
	b, other := s.signedIn(t, mary), s.signedIn(t, tom)
	theirs := other.Get("/note")
	mine := b.Get("/note")
	s.Clock.Move(2 * time.Hour)
	b.Forge(theirs, "/note", "text=of his page").Is(200, "Send me a link").Lacks("What you typed is kept")
	b.Forge(mine, "/note", "_form=made.up", "text=made up").Is(200).Lacks("What you typed is kept")
	webtest.Visit(t, s.mux).Forge(mine, "/note", "text=without a session").Is(200).Lacks("What you typed is kept")
	if n := s.Count(t, `held_forms`); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
}

// Two tabs: after signing in again in one, the form in the other is put back too.
func TestACC57_AnOldTab(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	old := b.Get("/note")
	s.Clock.Move(2 * time.Hour)
	s.signIn(t, b, mary)
	back := old.Submit("text=typed in the old tab").Is(200, "What you typed is here again", "typed in the old tab")
	back.Submit("text=typed in the old tab").Is(200, "home of Mary")
	if s.written(t, "typed in the old tab") != 1 {
		t.Error("it did not go through")
	}
}

// A form without a page of its own is put back into the page that it was sent
// from; where that is gone, its words are shown.
func TestACC57_WhereTheFormStands(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	token, session := b.Get("/note").Field("_form"), b
	s.Clock.Move(2 * time.Hour)
	for from, shown := range map[string]string{"http://example.com/note": "What you typed is here again", "": "Copy what you need", "http://evil.example/note": "Copy what you need"} {
		sent := httptest.NewRequest(http.MethodPost, "/act", strings.NewReader(url.Values{"_form": {token}, "text": {"from " + from}}.Encode()))
		sent.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if from != "" {
			sent.Header.Set("Referer", from)
		}
		page := session.Send(sent).Is(200, "What you typed is kept")
		b.Get(paths.SignInWith(s.Link(t, mary), page.Field("next"))).Is(200)
		b.Press(paths.SignInLink()).Is(200, shown, "from "+from)
		b.Get(paths.SignOut())
		s.Clock.Move(3 * time.Hour)
		token = s.fresh(t, b)
	}
}

// fresh signs in, takes a token, and lets the session end.
func (s *site) fresh(t testing.TB, b *webtest.Browser) string {
	t.Helper()
	s.signIn(t, b, mary)
	token := b.Get("/note").Field("_form")
	s.Clock.Move(2 * time.Hour)
	return token
}

// A form that waits for a proof outlives its session too.
func TestACC57_AProofThatComesTooLate(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	s.Clock.Move(90 * time.Minute)
	waits := b.Fill("/decide", "text=decided late").Is(403)
	s.Clock.Move(2 * time.Hour)
	waits.Press("/decide", "_way=send").Is(200, "What you typed is kept")
	b.Get(paths.SignInWith(s.Link(t, mary), b.Field("next"))).Is(200)
	b.Press(paths.SignInLink()).Is(200, "What you typed is here again", "decided late")
	b.Page.Submit("text=decided late").Is(200, "home of Mary")
	if s.written(t, "decided late") != 1 {
		t.Error("it did not go through")
	}
}

func TestACC58_ThePageSaysWhenTheSessionEnds(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	b.Get("/note").Is(200, "you will be signed out at 11:30am").Has(`data-session-left="7200"`)
	s.Clock.Move(90 * time.Minute)
	b.Press(paths.ExtendSession()).Is(200, "You are still signed in", "signed out at 1pm"[:13], "1:00pm")
	r := httptest.NewRequest(http.MethodPost, paths.ExtendSession(), strings.NewReader(url.Values{"_form": {b.Get("/note").Field("_form")}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	if got := b.Send(r).Body; got != `{"at":"1:00pm","left":7200}` {
		t.Errorf("the script is told %s", got)
	}
	for range 6 {
		s.Clock.Move(100 * time.Minute)
		b.Get("/note").Is(200)
	}
	b.Has(`data-session-left="1800"`) // twelve hours after signing in it ends in any case
	webtest.Visit(t, s.mux).Get(paths.SignIn()).Is(200).HasNot("data-session-left")
}

func TestACC51_FirstThingsFirst(t *testing.T) {
	s := newSite(t, settings())
	s.Person(t, "Ann Admin", "ann@example.org", account.Grant{Org: "kent", Role: asye.Administrator})
	b := s.signedIn(t, "ann@example.org")
	b.Get(paths.Home()).Is(200, "Set up a second step", "Whoever works as Administrator here")
	b.Get("/decide").Is(200, "Set up a second step")
	b.Forge(b.Page, "/note", "text=not yet").Is(200, "Set up a second step")
	b.Get(paths.Account()).Is(200, "Set up a second step")
	s.passkey(t, b)
	b.Get(paths.Home()).Is(200, "home of Ann")
	b.Get(paths.SecondNeeded()).Is(200, "home of Ann")
	if s.written(t, "not yet") != 0 {
		t.Error("somebody without a second step wrote")
	}
}

// Whoever changes into a role that needs two steps gives the second then.
func TestACC51_ChangingIntoSuchARole(t *testing.T) {
	s := newSite(t, settings())
	s.Person(t, "Ann Both", "ann@example.org", account.Grant{Org: "kent", Role: asye.Coordinator}, account.Grant{Org: "leeds", Role: asye.Administrator})
	b := s.signedIn(t, "ann@example.org")
	if b.Get(paths.Home()).Text() == "" || strings.Contains(b.Text(), "second step") {
		s.Clock.Move(time.Minute)
		b.Get(paths.Roles())
		b.Press(paths.Roles(), "role=coordinator@kent")
	}
	device := s.passkey(t, b)
	phone := s.signedIn(t, "ann@example.org")
	phone.Get(paths.Home()).Is(200, "home of Ann") // a coordinator needs no second step
	phone.Get(paths.Roles()).Is(200)
	phone.Press(paths.Roles(), "role=administrator@leeds").Is(200, "One more step")
	phone.Press(paths.SecondNeeded(), "_way=mail", "mailed_code=123456").Is(422)
	phone.Press(paths.SecondNeeded(), s.show(t, phone, device, paths.ProveBegin())...).Is(200, "home of Ann")
}

// Where the script of a page is told that a proof is needed first, it sends the
// form as it is: the proof is asked for, and then the device.
func TestACC54_AddingAPasskeyAfterAWhile(t *testing.T) {
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	b := s.signedIn(t, mary)
	s.Clock.Move(time.Hour)
	page := b.Get(paths.PasskeyNew()).Is(200)
	r := httptest.NewRequest(http.MethodPost, paths.PasskeyBegin(), strings.NewReader(url.Values{"_form": {page.Field("_form")}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	b.Send(r).Is(403, "Show that it is you")
	page.Press(paths.PasskeyNew(), "name=My phone").Is(403, "Show that it is you")
	b.Press(paths.PasskeyNew(), "_way=send").Is(403)
	b.Press(paths.PasskeyNew(), "_way=mail", "mailed_code="+s.mailed(t)).Is(200, "Add a passkey").Has(`value="My phone"`)
	s.passkey(t, b)
}
