package factor

import (
	"strings"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Settings are the figures of this package. They are our judgement where no
// source stands beside them.
type Settings struct {
	RequestLife  time.Duration // of what a browser was asked to show
	HalfLife     time.Duration // of a sign-in that waits for its second step
	PendingLife  time.Duration // of an app that is being set up
	MailLife     time.Duration // of a code that was mailed
	Guesses      int           // wrong codes and passwords of one person in a window
	GuessWindow  time.Duration
	PerClient    int // asked from one network address in a client window
	ClientWindow time.Duration
	Mails        int // codes mailed to one person in a client window
	MailTries    int // of one mailed code
	MostPasskeys int
	Printed      int // how many codes are printed at a time
}

// DefaultSettings are the figures that stand.
func DefaultSettings() Settings {
	return Settings{RequestLife: 5 * time.Minute, HalfLife: 10 * time.Minute, PendingLife: 30 * time.Minute,
		MailLife: 10 * time.Minute, PerClient: 300, Mails: 5, MailTries: 5, MostPasskeys: 20, Printed: 10}
}

// Passkey is one passkey as its owner sees it.
type Passkey struct {
	ID         string
	Name       string
	MadeAt     asye.Instant
	LastUsedAt asye.Instant
}

// Held is what a person can show.
type Held struct {
	Passkeys  []Passkey
	App       asye.Instant // when an authenticator app was set up; zero where there is none
	Printed   int          // printed codes that are left
	PrintedAt asye.Instant
	Password  asye.Instant // when a password was set; zero where there is none
}

// HasSecond reports whether the person has a second step besides printed codes,
// which are for the day on which the others fail.
func (h Held) HasSecond() bool { return len(h.Passkeys) > 0 || !h.App.IsZero() }

// AsksAfter reports whether a second step follows what somebody has shown. An
// app is set up to be asked; a passkey is a shorter way in, and is asked only
// after a password, or where the role needs two.
func (h Held) AsksAfter(way account.Way, roleNeeds bool) bool {
	if way.IsTwo() {
		return false
	}
	return !h.App.IsZero() || h.HasSecond() && (way == account.ByPassword || roleNeeds)
}

// MayMail reports whether a code by e-mail proves presence: where a link by
// e-mail would let the person in.
func (h Held) MayMail(roleNeeds bool) bool { return !h.AsksAfter(account.ByLink, roleNeeds) }

// Shown is what somebody shows.
type Shown struct {
	Way      account.Way
	Code     string // typed
	Ceremony string // which request for a passkey the answer is to
	Passkey  string // what the browser answers
	Client   string // the network that it comes from
}

// Field is the field of the form in which the thing was shown.
func (s Shown) Field() string {
	switch s.Way {
	case account.ByCode:
		return "code"
	case account.ByRecovery:
		return "printed_code"
	case account.ByPassword:
		return "password"
	case account.ByMail:
		return "mailed_code"
	}
	return "passkey"
}

// wrong is a refusal beside the field in which the thing was shown.
func (s Shown) wrong(text string) error {
	return fault.Problems{{Field: s.Field(), Text: text}}
}

const (
	saidPasskey  = "This passkey could not be checked. Try again, or choose another way"
	saidCopied   = "This passkey was refused, because it looks as if there is a copy of it. Remove it from your account and add a new one; if you cannot explain it, tell your administrator"
	saidLate     = "The request for a passkey has had its time. Try again"
	saidCode     = "Enter the six figures that the app shows now. A code works once, and for about a minute; if it is refused again, check that the clock of your device is right"
	saidPrinted  = "Enter one of your printed codes that you have not used yet"
	saidPassword = "The password is not right"
	saidMailed   = "Enter the six figures of the last code that was sent to you. It works once, for ten minutes"
	saidNothing  = "Choose how to show that it is you"
	saidOften    = "There have been many wrong tries. Wait an hour, or choose another way"
)

// nameOf is what a passkey is called: what the person typed, else the device.
func nameOf(typed, device string) string {
	if typed = strings.Join(strings.Fields(typed), " "); typed == "" {
		typed = device
	}
	return typed
}

// longestName is the longest name of a passkey, in characters.
const longestName = 60

func checkName(name string) error {
	var p fault.Problems
	p.If(len([]rune(name)) > longestName, "name", "The name must be %d characters or fewer", longestName)
	p.If(asye.HoldsLink(name), "name", "The name cannot contain the address of a website")
	return p.Err()
}
