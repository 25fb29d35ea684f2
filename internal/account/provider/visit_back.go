package provider

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/openid"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// visitBackView is why somebody who went to a directory does not come in.
type visitBackView struct {
	ui.Page
	Directory Directory
	Text      string
	Shown     string // the account that was shown; empty where none was
	Unknown   bool   // it is nobody's yet, and there is something to do about it
	Retry     string
}

// leave sends a visitor's browser to a directory. It changes nothing here: the
// browser keeps the secrets of the visit.
func (p *pages) leave(w http.ResponseWriter, r *web.Request) error {
	next := account.LocalPath(r.Value("next"))
	if r.Scope.IsSignedIn() {
		return r.SeeOther(w, next)
	}
	return p.send(w, r, visit{Next: next})
}

// leaveToConnect sends the browser of somebody signed in.
func (p *pages) leaveToConnect(w http.ResponseWriter, r *web.Request) error {
	return p.send(w, r, visit{Next: paths.AccountDirectories(), For: r.Scope.Person()})
}

func (p *pages) send(w http.ResponseWriter, r *web.Request, v visit) error {
	d, client, err := p.directory(r)
	if err != nil {
		return err
	}
	secrets, address, err := client.Begin(r.Context(), openid.Prompt(r.Value("prompt")))
	if err != nil {
		return p.failed(w, r, d, err)
	}
	v.Directory, v.State, v.Nonce, v.Verifier, v.Ends = d.Key, secrets.State, secrets.Nonce, secrets.Verifier, ends(r.Now)
	text, err := pack(v)
	if err != nil {
		return err
	}
	if text, err = p.sign(r, "visit", text); err != nil {
		return err
	}
	http.SetCookie(w, p.cookie(text, int(visitLife.Seconds())))
	return r.SeeOther(w, address)
}

func (p *pages) directory(r *web.Request) (Directory, *openid.Client, error) {
	d, known := p.store.find(r.PathValue("directory"))
	client := p.Clients[d.Key]
	if !known || client == nil {
		return d, nil, fault.New(fault.NotFound, "There is no such directory here")
	}
	return d, client, nil
}

// back meets a browser that a directory has sent back.
func (p *pages) back(w http.ResponseWriter, r *web.Request) error {
	d, client, err := p.directory(r)
	if err != nil {
		return err
	}
	v, err := p.visitOf(r)
	if err != nil {
		return err
	}
	http.SetCookie(w, p.cookie("", -1))
	if v.Directory != d.Key || isPast(v.Ends, r.Now) {
		v = visit{} // no reply is to it
	}
	if v.For != r.Scope.Person() {
		if r.Scope.IsSignedIn() && v.For == "" {
			return r.SeeOther(w, account.LocalPath(v.Next)) // signed in meanwhile, in another window
		}
		v = visit{}
	}
	claims, err := client.Finish(r.Context(), openid.Visit{State: v.State, Nonce: v.Nonce, Verifier: v.Verifier}, openid.Reply{
		Code: r.FormValue("code"), State: r.FormValue("state"), Issuer: r.FormValue("iss"), Error: r.FormValue("error")})
	if err != nil {
		return p.failed(w, r, d, err)
	}
	proof := Proof{Directory: d.Key, Issuer: claims.Issuer, Subject: claims.Subject(), Address: claims.Address(), Shown: claims.Shown()}
	if v.For != "" {
		return p.offer(w, r, d, proof)
	}
	started, err := p.store.SignIn(r.Context(), v.State, proof, web.Device(r.UserAgent()))
	if fault.KindOf(err) == fault.Forbidden {
		return p.refused(w, r, d, proof, err)
	}
	if err != nil {
		return err
	}
	return account.Welcome(w, r, p.Accounts, started, v.Next)
}

// refused says why somebody whom the directory knows does not come in, and what
// they can do.
func (p *pages) refused(w http.ResponseWriter, r *web.Request, d Directory, proof Proof, err error) error {
	v := visitBackView{Page: r.Page("You cannot sign in with this account"), Directory: d, Shown: proof.Shown,
		Text: err.Error() + ".", Unknown: err == errUnknown, Retry: paths.Directory(d.Key) + "?prompt=" + string(openid.Choose)}
	return r.Refuse(w, visitBackPage(v))
}

// failed says that a visit came to nothing. The log is told of what an operator
// can mend.
func (p *pages) failed(w http.ResponseWriter, r *web.Request, d Directory, err error) error {
	kind := openid.KindOf(err)
	if kind == "" {
		return err
	}
	if kind != openid.Stale && kind != openid.Declined {
		p.Log.Warn("signing in with a directory failed", "directory", d.Key, "kind", string(kind), "error", err)
	}
	v := visitBackView{Page: r.Page(titles[kind]), Directory: d, Retry: paths.Directory(d.Key)}
	v.Text = strings.ReplaceAll(texts[kind], "DIRECTORY", d.Name)
	if r.Scope.IsSignedIn() {
		v.Retry = paths.AccountConnecting(d.Key)
	}
	return r.Refuse(w, visitBackPage(v))
}

var titles = map[openid.Kind]string{
	openid.Away:     "This sign-in does not answer",
	openid.Declined: "You were not signed in",
	openid.Stale:    "This sign-in is over",
	openid.Clock:    "The clocks do not agree",
	openid.Forged:   "You cannot sign in with this answer",
	openid.Unagreed: "This sign-in is not set up rightly",
}

var texts = map[openid.Kind]string{
	openid.Away: "The sign-in of DIRECTORY does not answer at the moment. It is not part of this service. " +
		"Try again in a minute, or have a link sent to your e-mail address.",
	openid.Declined: "DIRECTORY did not let you through, or you turned back there.",
	openid.Stale:    "It was begun in another window or too long ago, or it has been used already. Begin once more.",
	openid.Clock: "The clocks of DIRECTORY and of this service differ by more than five minutes, so nobody can tell how old the answer is. " +
		"Tell whoever runs this service, and have a link sent to your e-mail address meanwhile.",
	openid.Forged: "What came back does not prove that DIRECTORY has let you through. Begin once more. " +
		"If it happens again, tell whoever runs this service.",
	openid.Unagreed: "DIRECTORY and this service do not know each other as they should. Tell whoever runs this service, " +
		"and have a link sent to your e-mail address meanwhile.",
}

// visitOf reads the visit that the browser has kept; the zero visit when it has
// kept none that we made.
func (p *pages) visitOf(r *web.Request) (visit, error) {
	c, err := r.Cookie(p.cookie("", 0).Name)
	if err != nil {
		return visit{}, nil
	}
	text, err := p.signed(r, "visit", c.Value)
	return unpack[visit](text), err
}

// sign writes that a text is ours, and what it is.
func (p *pages) sign(r *web.Request, what, text string) (string, error) {
	mark, err := p.Accounts.Veil(r.Context(), what+":"+text)
	return text + "." + mark, err
}

// signed is a text of which we have written so; empty when it is not.
func (p *pages) signed(r *web.Request, what, text string) (string, error) {
	text, mark, _ := strings.Cut(text, ".")
	want, err := p.Accounts.Veil(r.Context(), what+":"+text)
	if err != nil || subtle.ConstantTimeCompare([]byte(mark), []byte(want)) != 1 {
		return "", err
	}
	return text, nil
}

// cookie keeps a visit in the browser. It comes along when a directory sends the
// browser back, and never with another site's form.
func (p *pages) cookie(text string, seconds int) *http.Cookie {
	s := p.Accounts.Settings()
	name := "asye_visit"
	if s.Secure {
		name = "__Host-" + name
	}
	return &http.Cookie{Name: name, Value: text, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
}

// personOf is the person whom an administrator's page is about.
func personOf(r *web.Request) asye.PersonID { return asye.PersonID(r.PathValue("person")) }
