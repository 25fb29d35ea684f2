package account

import "example.org/asye/internal/asye"

// Way is something with which a person shows that it is them.
type Way string

// The ways. The first four open the door; the others are second steps.
const (
	ByLink     Way = "link"     // a link that was mailed
	ByPasskey  Way = "passkey"  // which is two steps in one: the device, and a face, a finger or a PIN
	ByPassword Way = "password" // where the operator has turned them on
	ByProvider Way = "provider" // the organisation's own directory
	BySetup    Way = "setup"    // the code that the service printed
	ByCode     Way = "code"     // from an authenticator app
	ByRecovery Way = "recovery" // a printed code
	ByMail     Way = "mail"     // a code that was mailed, to prove presence again
)

// String is the way in words, in the middle of a sentence.
func (w Way) String() string {
	switch w {
	case ByLink:
		return "a link by e-mail"
	case ByPasskey:
		return "a passkey"
	case ByPassword:
		return "a password"
	case ByProvider:
		return "the organisation’s own directory"
	case BySetup:
		return "the code that the service printed"
	case ByCode:
		return "a code from an app"
	case ByRecovery:
		return "a printed code"
	case ByMail:
		return "a code by e-mail"
	}
	return string(w)
}

// IsTwo reports whether a way is two steps in one. An organisation's own
// directory asks for what the organisation asks for, and is not asked again.
func (w Way) IsTwo() bool { return w == ByPasskey || w == ByProvider || w == BySetup }

// Entry is somebody at the door, with what they have shown.
type Entry struct {
	Person asye.PersonID
	Org    asye.OrganisationID // where they were invited; empty for where they last worked
	Way    Way
	Also   Way // the second step; empty before it
	Device string
	Next   string // where they wanted to go
}

// Came is how somebody came in, in words: "a link by e-mail, then a code from an
// app".
func Came(how, also Way) string {
	if also == "" {
		return how.String()
	}
	return how.String() + ", then " + also.String()
}
