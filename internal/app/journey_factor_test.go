package app

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/onetime"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// phone gives a tab a device that makes passkeys and asks for a face or a PIN.
func (b *tab) phone() webauthn.AuthenticatorID {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	made, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Ctap2version: webauthn.Ctap2versionCtap21,
			Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true,
			IsUserVerified: true, AutomaticPresenceSimulation: true}})
	if err != nil {
		b.t.Fatal(err)
	}
	return made.AuthenticatorID
}

// unverified lets the device find another face than its owner's.
func (b *tab) unverified(id webauthn.AuthenticatorID) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: id}); err != nil {
		b.t.Fatal(err)
	}
}

// passkey adds a passkey on the account page.
func (b *tab) passkey(name string) webauthn.AuthenticatorID {
	b.t.Helper()
	id := b.phone()
	b.scripts(true)
	b.open("/account/passkeys/new")
	b.fill("name", name)
	b.press("Add a passkey on this device")
	b.see("The passkey has been added", name)
	return id
}

// comeBack signs out and opens the sign-in page.
func (b *tab) comeBack() {
	b.t.Helper()
	b.press("Sign out")
	b.see("You have signed out")
	b.open("/sign-in")
}

// later lets time go by.
func (s *site) later(d time.Duration) {
	s.db.Clock().(*exampleDay).ahead.Add(int64(d))
}

// now is the time of the service.
func (s *site) now() time.Time { return s.db.Clock().Now().Time() }

func TestJourneyPasskey(t *testing.T) {
	t.Parallel()
	passkeyJourney(t)
}

func passkeyJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t))
	b := as(t, s, megan)
	b.open("/account")
	b.see("How you sign in", "You need none of them", "With a link by e-mail")
	b.picture("account-ways")
	b.accessible()
	b.open("/account/passkeys/new")
	b.see("Your browser cannot make passkeys here, or does not run scripts") // without scripts
	b.accessible()
	b.scripts(true)
	b.open("/account/passkeys/new")
	b.miss("Your browser cannot make passkeys here")
	b.picture("passkey-new")
	device := b.passkey("My phone")
	b.picture("account-passkey")
	b.comeBack()
	b.see("If you have a passkey")
	b.picture("sign-in-passkey")
	b.press("Sign in with a passkey")
	b.see("Megan", "NQSW")
	b.open("/account")
	b.see("With a passkey")
	b.press("My phone")
	b.see("Added", "Last used")
	b.fill("name", "My old phone")
	b.press("Save")
	b.see("My old phone")

	// Somebody else's face is not hers.
	b.comeBack()
	b.unverified(device)
	b.press2("Sign in with a passkey")
	b.eventually("No passkey was shown")
	b.accessible()
	b.scripts(true)

	// Without scripts the page does not offer it.
	other := newTab(t, s)
	other.open("/sign-in")
	other.miss("passkey")
	other.see("Send me a link")
}

// press2 presses a button of which no other page comes.
func (b *tab) press2(text string) {
	b.t.Helper()
	b.mark(text)
	b.do(chromedp.Click(chromedp.CSS("[data-hit]")))
}

// eventually waits until the page says a text.
func (b *tab) eventually(text string) {
	b.t.Helper()
	for range 300 {
		if strings.Contains(flat(b.text()), flat(text)) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.see(text)
}

// A passkey that was lost is removed, and signs nobody in.
func TestJourneyPasskeyRemoved(t *testing.T) {
	t.Parallel()
	passkeyRemovedJourney(t)
}

func passkeyRemovedJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t))
	b := as(t, s, megan)
	b.passkey("Lost phone")
	b.press("Lost phone")
	b.press("Remove this passkey")
	b.see("The passkey has been removed", "None yet")
	b.comeBack()
	b.press("Sign in with a passkey")
	b.see("You could not sign in with that passkey", "could not be checked")
	b.picture("passkey-refused")
	b.accessible()
}

func TestJourneyAuthenticatorApp(t *testing.T) {
	t.Parallel()
	authenticatorAppJourney(t)
}

func authenticatorAppJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t))
	b := as(t, s, megan)
	b.open("/account")
	b.press("Set up an authenticator app")
	b.accessible()
	b.press("Set up an app")
	b.see("Set up your app", "If you cannot use the picture")
	if size := js[float64](b, `document.querySelector("main img").naturalWidth`); size < 50 {
		t.Errorf("the picture is %v wide: the content policy may have kept it out", size)
	}
	b.picture("app-new")
	b.accessible()
	secret := onetime.Secret(strings.ReplaceAll(js[string](b, `document.querySelector(".asye-code").innerText`), " ", ""))
	b.fill("code", "000000")
	b.press("Finish")
	b.refused("six figures that the app shows now")
	b.picture("app-wrong")
	b.accessible()
	b.fill("code", secret.Code(s.now()))
	b.press("Finish")
	b.see("Your app is set up", "print codes")
	b.press("Make new codes")
	b.see("Print these codes", "They are shown only now")
	b.picture("codes")
	b.accessible()
	codes := js[[]string](b, `[...document.querySelectorAll(".asye-codes li")].map(e => e.innerText.trim())`)
	if len(codes) != 10 {
		t.Fatalf("%d codes are shown", len(codes))
	}
	b.open("/account/printed-codes")
	b.see("You have 10 left")
	b.miss(codes[0])

	s.later(time.Minute)
	other := newTab(t, s)
	other.open(other.link(megan))
	other.press("Sign in")
	other.see("One more step", "Code from your authenticator app")
	other.picture("second-step")
	other.accessible()
	other.open("/my")
	other.see("Send me a link") // half a sign-in is none
	other.open("/sign-in/second-step")
	other.fill("code", secret.Code(s.now()))
	other.press("Continue")
	other.see("Megan", "NQSW")
	other.open("/account")
	other.see("With a link by e-mail, then a code from an app")

	third := newTab(t, s)
	third.open(third.link(megan))
	third.press("Sign in")
	third.press2("Use a printed code")
	third.fill("printed_code", codes[0])
	third.press("Continue with a printed code")
	third.see("Megan")
	if letter := s.letter(t, megan); !strings.Contains(letter, "One of your printed codes was used") || !strings.Contains(letter, "You have 9 left") {
		t.Errorf("ACC-46 the letter says:\n%s", letter)
	}
	b.open("/account/app")
	b.press("Remove the app")
	b.see("The app has been removed")
}

// letter is the newest message to an address.
func (s *site) letter(t *testing.T, email string) string {
	t.Helper()
	return s.ask(t, `select body from mail_outbox where recipient = $1 order by id desc limit 1`, email)
}

func TestJourneyPassword(t *testing.T) {
	t.Parallel()
	passwordJourney(t)
}

func passwordJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t), "passwords=yes")
	b := as(t, s, megan)
	b.open("/account/password")
	b.fill("new_password", "liverpool1892")
	b.press("Set the password")
	b.refused("one of those that are tried first")
	b.picture("password-refused")
	b.accessible()
	b.fill("new_password", "correct kettle moon")
	b.press("Set the password")
	b.see("The password has been set")
	b.press("Sign out")
	b.open("/sign-in?next=/my")
	b.press("Sign in with a password")
	b.press("Sign in")
	b.refused("Enter your e-mail address", "Enter your password")
	b.picture("sign-in-password")
	b.accessible()
	b.fill("email", megan)
	b.fill("password", "correct kettle sun")
	b.press("Sign in")
	b.refused("The address or the password is not right")
	b.fill("password", "correct kettle moon")
	b.press("Sign in")
	if b.path() != "/my" {
		t.Errorf("led to %s", b.path())
	}
	without := newTab(t, exampleSite(t))
	without.open("/sign-in/password")
	if status := without.status(); status != 404 {
		t.Errorf("where passwords are off the page answers %d", status)
	}
}

var sixFigures = regexp.MustCompile(`(?m)^\d{6}$`)

func TestJourneyStepUp(t *testing.T) {
	t.Parallel()
	stepUpJourney(t)
}

func stepUpJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t))
	record := s.recordOf(t, "chloe.hepworth@example.org")
	b := as(t, s, daniel)
	s.later(45 * time.Minute)
	b.open(record)
	b.press("Record the outcome")
	b.choose("result", "failed")
	b.press("Continue")
	b.see("Show that it is you", "What you typed is kept")
	b.picture("step-up")
	b.accessible()
	b.press("Send me a code")
	b.see("We have sent six figures")
	b.fill("mailed_code", "12")
	b.press("Continue with the code")
	b.refused("six figures of the last code")
	b.picture("step-up-wrong")
	b.accessible()
	b.fill("mailed_code", sixFigures.FindString(s.letter(t, daniel)))
	b.press("Continue with the code")
	b.see("When was the NQSW told in writing?") // the next question after what was typed
	if b.path() != record+"/outcome" || !js[bool](b, `document.querySelector('[name="result"][value="failed"]') !== null`) {
		t.Errorf("at %s, without what was typed", b.path())
	}
	b.date("decided_on", "16 11 2026")
	b.date("told_on", "18 11 2026")
	b.press("Continue")
	b.press("Save the outcome: failed")
	b.see("Chloe Hepworth", "undo the outcome")

	// With a passkey it is one press.
	b.passkey("Desk")
	s.later(45 * time.Minute)
	b.open("/account/app")
	b.press("Set up an app")
	b.see("Show that it is you")
	b.press("Use a passkey")
	b.see("Set up your app")
}

func TestJourneySessionEnds(t *testing.T) {
	t.Parallel()
	sessionEndsJourney(t)
}

func sessionEndsJourney(t *testing.T) {
	s := namedSite(t, exampleCopy(t), "session_idle=5m4s")
	b := as(t, s, tom)
	b.scripts(true)
	b.open("/organisation/edit")
	b.see("If you do nothing, you will be signed out at")
	b.accessible()
	b.scripts(true)
	b.open("/organisation/edit")
	b.eventually("You will be signed out in 5 minutes")
	if role := js[string](b, `document.querySelector(".asye-session-notice p").getAttribute("role")`); role != "alert" {
		t.Errorf("the notice has the role %q, and is announced by nobody", role)
	}
	b.picture("session-notice")
	s.later(2 * time.Minute)
	b.press2("Stay signed in")
	for range 100 {
		if !js[bool](b, `document.querySelector(".asye-session-notice").classList.contains("asye-session-notice--shown")`) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.miss("You will be signed out in 5 minutes")

	// It ends while he writes.
	name := js[string](b, `[...document.querySelectorAll("main input[type=text], main input[type=email], main input[type=tel]")].filter(e => e.name)[0].name`)
	b.fill(name, "Typed before the end")
	s.later(2 * time.Hour)
	b.press("Save")
	b.see("Your session has ended", "What you typed is kept")
	b.picture("session-ended")
	b.accessible()
	b.fill("email", tom)
	b.press("Send me a link")
	b.open(s.mailed(t, tom))
	b.press("Sign in")
	b.see("What you typed is here again")
	b.picture("typed-again")
	b.accessible()
	if got := js[string](b, `document.querySelector('[name="`+name+`"]').value`); got != "Typed before the end" {
		t.Errorf("ACC-57 the field %s says %q", name, got)
	}
}
