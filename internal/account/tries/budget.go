package tries

import (
	"time"

	"example.org/asye/internal/platform/fault"
)

// Door is where something is tried. What strangers use up at one door does not
// count at another.
type Door string

// The doors.
const (
	// Front is where anybody can try who knows an e-mail address: a password, a
	// recovery code. All that can be tried there is counted together.
	Front Door = "front"
	// Second is reached only after a first proof of who one is, so strangers
	// cannot use up what may be tried there.
	Second Door = "second"
)

// Try is one try at a secret that can be guessed.
type Try struct {
	Door    Door
	Subject string // whose secret: the e-mail address as typed, or the person's identifier; the same text each time
	Client  string // the network that it comes from: see web.Network
}

// Budget is how many wrong tries are looked at in a window. Right ones do not
// count, and neither do those that were refused.
type Budget struct {
	Window    time.Duration
	Strangers int           // for one account, from all networks together from which nobody has got into it
	Own       int           // for one account, from networks from which somebody has
	Client    int           // from one network, over all accounts that it has never got into
	Known     time.Duration // how long a network is known after it got in
}

// DefaultBudget is twenty wrong tries an hour for one account, five of them
// kept for the networks that its owner uses. Strangers then need some two and a
// half years to guess a code of six figures, of which three count at a time.
// The figures are our judgement.
func DefaultBudget() Budget {
	return Budget{Window: time.Hour, Strangers: 15, Own: 5, Client: 100, Known: 30 * 24 * time.Hour}
}

// counted is how many wrong tries there were in the window.
type counted struct {
	own       bool // this network has got into this account
	strangers int
	mine      int // from the networks that are known, together
	client    int
}

// refuse says why one more may not be looked at; nil when it may.
func (b Budget) refuse(c counted) error {
	switch {
	case c.own && c.mine >= b.Own, !c.own && c.strangers >= b.Strangers:
		return errSubject
	case !c.own && c.client >= b.Client:
		return errClient
	}
	return nil
}

var (
	errSubject = fault.New(fault.Invalid, "There have been too many wrong tries at this account in the last hour, so this one was not looked at. "+
		"Nobody is locked out: have a link sent to your e-mail address, or try again later")
	errClient = fault.New(fault.Invalid, "There have been too many wrong tries from your network in the last hour, so this one was not looked at. "+
		"Nobody is locked out: have a link sent to your e-mail address, or try again later")
)
