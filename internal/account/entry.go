package account

import "example.org/asye/internal/asye"

// Way is something with which a person shows that it is them.
type Way string

// The ways.
const (
	ByLink     Way = "link"     // a link that was mailed
	ByProvider Way = "provider" // the organisation's own directory
)

// String is the way in words, in the middle of a sentence.
func (w Way) String() string {
	switch w {
	case ByLink:
		return "a link by e-mail"
	case ByProvider:
		return "the organisation’s own directory"
	}
	return string(w)
}

// Entry is somebody at the door, with what they have shown.
type Entry struct {
	Person asye.PersonID
	Org    asye.OrganisationID // where they were invited; empty for where they last worked
	Way    Way
	Device string
	Next   string // where they wanted to go
}
