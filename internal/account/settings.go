package account

import (
	"slices"
	"time"

	"example.org/asye/internal/asye"
)

// Settings are the figures of this capability that an operator may change.
type Settings struct {
	BaseURL      string        // how the service is reached, for links in mail: https://asye.example.org
	ServiceName  string        // as mail names it
	Secure       bool          // served over HTTPS: cookies say so
	BehindProxy  bool          // a proxy of our own adds the client's address as the last X-Forwarded-For
	Idle         time.Duration // a session unused for so long ends
	Absolute     time.Duration // a session ends after so long in any case
	LinkLife     time.Duration // of a sign-in link
	InviteLife   time.Duration // of an invitation
	ExampleLife  time.Duration // of the links that the example service prints
	SetupLife    time.Duration // of the first administrator's code
	Window       time.Duration // over which requests for links are counted
	PerAddress   int           // links mailed to one address in a window
	PerClient    int           // requests from one network address in a window
	AttemptsKept time.Duration // how long requests are remembered
	Demo         bool          // the example service: only there do its printed links work
	Directories  []Directory   // with which people can sign in
	StepUp       time.Duration // how long a proof of who is at the screen counts for acts that decide
	EndedKept    time.Duration // how long it is known whose a session was that ended by itself
	SecondFor    []asye.Role   // the roles that have to have a second step
	Passwords    bool          // people may sign in with a password
}

// DefaultSettings are the figures that stand where an operator names none. The
// lives of sessions and links are our judgement: a working day, and a meeting
// without touching the screen.
func DefaultSettings() Settings {
	return Settings{
		BaseURL: "http://127.0.0.1:8080", ServiceName: "asye",
		Idle: 2 * time.Hour, Absolute: 12 * time.Hour,
		LinkLife: 15 * time.Minute, InviteLife: 7 * 24 * time.Hour, ExampleLife: 12 * time.Hour,
		SetupLife: 24 * time.Hour,
		Window:    15 * time.Minute, PerAddress: 5, PerClient: 300, AttemptsKept: 24 * time.Hour,
		StepUp: 30 * time.Minute, EndedKept: 24 * time.Hour,
	}
}

// NeedsSecond reports whether those who work in a role have to have a second
// step.
func (s Settings) NeedsSecond(r asye.Role) bool { return slices.Contains(s.SecondFor, r) }

// Setting is one line of the settings page.
type Setting struct {
	Key    string // its name in the settings file
	Value  string // as it stands; secrets are given as "set" or "not set"
	Origin string // where it came from: default, the environment, a file
	Help   string // one sentence: what it does
}
