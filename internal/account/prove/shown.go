package prove

import (
	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// wayField says which of its forms a page of ways was sent by.
const wayField = "_way"

// send asks for a code by e-mail.
const send = "send"

// shown reads what somebody shows.
func (d Deps) shown(r *web.Request) factor.Shown {
	n := factor.Shown{Client: d.client(r), Way: account.Way(r.PostForm.Get(wayField)), Ceremony: r.Value("ceremony"), Passkey: r.Value("passkey")}
	if n.Way == account.ByPassword {
		n.Code = r.PostForm.Get(n.Field()) // spaces count
	} else {
		n.Code = r.Value(n.Field())
	}
	return n
}

// choice is the ways of which somebody may choose one.
type choice struct {
	Token    string
	Action   string
	Begin    string // where the device's request for a passkey comes from
	Hidden   []ui.HiddenField
	Passkey  bool
	App      bool
	Printed  bool
	Password bool
	Mail     bool
	Sent     bool // a code has been sent
	Email    string
	Problems fault.Problems
}

// hidden is what the form of one way carries.
func (c choice) hidden(way string) []ui.HiddenField {
	return append(append([]ui.HiddenField{}, c.Hidden...), ui.HiddenField{Name: wayField, Value: way})
}

// ofHeld offers what a person has.
func (d Deps) ofHeld(h factor.Held) choice {
	return choice{Passkey: d.Factors.HasPasskeys() && len(h.Passkeys) > 0, App: !h.App.IsZero(), Printed: h.Printed > 0}
}

// kind makes the first way that is offered the page's main button.
func (c choice) kind(first bool) ui.ButtonKind {
	if first {
		return ui.Primary
	}
	return ui.Secondary
}

func (c choice) form(way string) ui.FormOptions {
	return ui.FormOptions{Action: c.Action, Token: c.Token, Hidden: c.hidden(way)}
}
