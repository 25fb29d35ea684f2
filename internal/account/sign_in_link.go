package account

import (
	"net/http"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signInLinkView struct {
	ui.Page
	Name  string // whose link it is
	Email string
	Token string
	Next  string
	Wrong string // why it cannot be used
}

// signInLink is where a mailed link leads. Opening it changes nothing, because
// mail scanners open links too; pressing its button signs in.
func (p *pages) signInLink(w http.ResponseWriter, r *web.Request) error {
	v := signInLinkView{Page: r.Page("Sign in"), Token: r.Value("token"), Next: LocalPath(r.Value("next"))}
	if !r.Posted() {
		who, err := p.store.Peek(r.Context(), v.Token)
		v.Name, v.Email = who.Known(), who.Email
		if err != nil {
			return p.badLink(w, r, v, err)
		}
		return r.Render(w, signInLinkPage(v))
	}
	e := Entry{Device: web.Device(r.UserAgent()), Next: v.Next}
	started, err := p.store.Open(r.Context(), r.Scope.Form(), v.Token, e)
	if err != nil {
		return p.badLink(w, r, v, err)
	}
	return Welcome(w, r, p.store, started, v.Next)
}

func (p *pages) badLink(w http.ResponseWriter, r *web.Request, v signInLinkView, err error) error {
	if fault.KindOf(err) != fault.Forbidden {
		return err
	}
	v.Title, v.Wrong = "You cannot sign in with this link", err.Error()
	return r.Refuse(w, signInLinkBadPage(v))
}
