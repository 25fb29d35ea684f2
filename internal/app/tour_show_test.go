package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"time"

	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web/webtest"
)

// asked is what a script of ours is told to ask a device for.
type asked struct {
	Ceremony string
	Options  json.RawMessage
}

// begin sends what a script of ours sends before it asks the device.
func (o *tour) device(b *webtest.Browser, page webtest.Page, address string) asked {
	o.Helper()
	body := url.Values{ui.FormField: {page.Field(ui.FormField)}}
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	var a asked
	if said := b.Try(r); said.Status != http.StatusOK || json.Unmarshal([]byte(said.Body), &a) != nil {
		o.Fatalf("%s says %d: %s", address, said.Status, said.Body)
	}
	return a
}

// show is what people show when they sign in, besides a link: a passkey, a code
// of an app, a printed code, a password. Analysts have to have a second step.
func (o *tour) show() {
	other, b, device := o.again(omar), o.again(omar), passkeytest.New(o.TB, o.at)
	b.Get("/outcomes").Is(200, "Set up a second step")
	o.app(b)
	o.passkeys(b, device)
	o.password(b)
	o.second(device)

	other.Get("/account/second-step").Is(200).Answer("/account/second-step", "_way=code", "code=000000").Is(422)
	other.Get("/account/second-step").Answer("/account/second-step", "_way=code", "code="+o.code(omar)).Is(200)
	o.guests[omar] = other
}

// code is what somebody's app shows now. No code works twice, so that time has to
// go by.
func (o *tour) code(email string) string {
	o.site().later(time.Minute)
	return o.apps[email].Code(o.site().now())
}

func (o *tour) passkeys(b *webtest.Browser, device *passkeytest.Device) {
	page := b.Get("/account/passkeys/new").Is(200)
	page.Answer("/account/passkeys/new", "ceremony=none", "passkey={}").Is(422)
	a := o.device(b, page, "/account/passkeys/begin")
	page.Answer("/account/passkeys/new", o.sayIn(60, "name", "My phone"), "ceremony="+a.Ceremony, "passkey="+device.Make(string(a.Options))).Is(200)
	key := "/account/passkeys/" + o.ask(`select id from passkeys`)
	b.Get(key).Is(200).Answer(key, "name=").Is(422)
	b.Get(key).Answer(key, o.sayIn(60, "name", "My old phone")).Is(200)
	b.Get("/account").Is(200)

	v := o.nobody()
	page = v.Get("/sign-in").Is(200)
	page.Answer("/sign-in/passkey", "ceremony=none", "passkey={}").Is(422)
	a = o.device(v, page, "/sign-in/passkey/begin")
	page.Answer("/sign-in/passkey", "ceremony="+a.Ceremony, "passkey="+device.Show(string(a.Options))).Is(200)
}

var shownSecret = regexp.MustCompile(`<strong class="asye-code">([^<]+)</strong>`)

// app sets up an authenticator app and printed codes.
func (o *tour) app(b *webtest.Browser) {
	b.Get("/account/app").Is(200).Answer("/account/app").Is(200, "Set up your app")
	b.Get("/account/app/picture.svg").Is(200)
	page := b.Get("/account/app/new").Is(200)
	found := shownSecret.FindStringSubmatch(page.Body)
	if found == nil {
		o.Fatalf("the page shows no secret:\n%s", page.Text())
	}
	page.Answer("/account/app/new", "code=000000").Is(422)
	o.apps[omar] = onetime.Secret(strings.ReplaceAll(found[1], " ", ""))
	page.Answer("/account/app/new", "code="+o.code(omar)).Is(200)
	b.Get("/account/printed-codes").Is(200).Answer("/account/printed-codes").Is(200)
	b.Get("/account/printed-codes").Is(200)
}

// password sets a password, signs in with it, and removes it.
func (o *tour) password(b *webtest.Browser) {
	const good = "correct kettle moon"
	b.Get("/account/password").Is(200).Answer("/account/password", "new_password=liverpool1892").Is(422)
	b.Get("/account/password").Answer("/account/password", "new_password="+good).Is(200)
	v := o.nobody()
	v.Get("/sign-in/password").Is(200).Answer("/sign-in/password").Is(422)
	v.Get("/sign-in/password").Answer("/sign-in/password", "email="+omar, "password="+good).Is(200, "One more step")
	b.Get("/account/password").Is(200).Answer("/account/password/remove").Is(200)
}

// second is the second step of a sign-in, by a code and by a passkey.
func (o *tour) second(device *passkeytest.Device) {
	o.nobody().Get("/sign-in/second-step").Is(422)
	v := o.nobody()
	v.Get(o.site().example(o.TB, omar)).Answer("/sign-in/link").Is(200, "One more step")
	v.Answer("/sign-in/second-step", "code=000000", "_way=code").Is(422)
	a := o.device(v, v.Get("/sign-in/second-step").Is(200), "/sign-in/second-step/begin")
	v.Answer("/sign-in/second-step", "_way=passkey", "ceremony="+a.Ceremony, "passkey="+device.Show(string(a.Options))).Is(200)
	v.Get("/account").Is(200)
}

// proveLate is what is asked of somebody who signed in long ago before an act
// that decides; and what becomes of a form whose session has ended.
func (o *tour) proveLate() {
	b := o.as(omar)
	b.Get("/home").Is(200).Answer("/session/extend").Is(200)
	late, form := b.Get("/account/app").Is(200), o.as(devi).Get("/organisation/edit").Is(200)
	o.site().later(45 * time.Minute)
	late.Answer("/account/app/remove").Is(403, "Show that it is you")
	o.device(b, b.Page, "/account/prove/begin")
	b.Answer("/account/app/remove", "_way=code", "code=000000").Is(422)
	b.Answer("/account/app/remove", "_way=code", "code="+o.code(omar)).Is(200)
	key := "/account/passkeys/" + o.ask(`select id from passkeys`)
	b.Get(key).Is(200).Answer(key + "/remove").Is(200)

	o.site().later(3 * time.Hour)
	d := o.as(devi)
	form.Answer("/organisation/edit", o.sayIn(120, "contact_name", "Written when the session ended")).Is(200, "What you typed is kept")
	kept := regexp.MustCompile(`_kept(?:=|%3D)([A-Za-z0-9_-]+)`).FindStringSubmatch(d.Path())
	if kept == nil {
		o.Fatalf("nothing was kept: %s", d.Path())
	}
	d.Get(o.site().example(o.TB, devi)).Answer("/sign-in/link").Is(200)
	d.Get("/organisation/edit?_kept="+kept[1]).Is(200, "What you typed is here again")
	d.Get("/account/kept?form=" + kept[1]).Is(200).Answer("/account/kept").Is(200)
	o.guests = map[string]*webtest.Browser{}
}

// rights is what people are given of what is held of them, and how one of them
// is forgotten.
func (o *tour) rights() {
	lost := "/admin/people/" + o.ask(`select id from people where email = $1`, omar)
	o.as(femi).Get(lost).Is(200)
	o.as(femi).Get(lost + "/reset").Is(200).Answer(lost + "/reset").Is(200)
	delete(o.apps, omar)
	own := o.as(ada.email)
	own.Get("/account/data").Is(200)
	own.Get("/account/data/download").Is(200)
	b, person := o.as(femi), "/admin/people/"+o.ask(`select id from people where email = $1`, pia)
	b.Get("/admin/retention").Is(200)
	data := person + "/data"
	b.Get(data).Is(200).Answer(data + "/hold").Is(422)
	b.Get(data).Answer(data+"/hold", o.sayIn(200, "hold_reason", "An appeal before a tribunal")).Is(200)
	b.Get(data).Is(200).Answer(data + "/lift").Is(200)
	b.Get(data + "/download").Is(200)
	b.Get(person).Answer(person + "/end-role").Is(200)
	erase := b.Get(data + "/erase").Is(200)
	erase.Answer(data + "/erase").Is(422)
	erase.Answer(data+"/erase", "reason=Asked for, and agreed", "name="+o.ask(`select given_name || ' ' || middle_names || ' ' || family_name from people where email = $1`, pia)).Is(200)
	b.Get(data).Is(200)
}
