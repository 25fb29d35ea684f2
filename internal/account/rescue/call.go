package rescue

import (
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Call is a call for help, as typed on the command line.
type Call struct {
	Email        string
	Name         string // given name and family name; only for somebody who is not on record yet
	Organisation string // the code of the organisation; empty for the one that set the service up
	Reason       string
	Lost         bool   // they have lost what they show besides a link: it is taken away
	Operator     string // who runs the command, as the machine knows them
}

// Rescued is what came of it.
type Rescued struct {
	Person  asye.Identity
	OrgName string
	Link    string       // works once
	Until   asye.Instant // the end of its time
	New     bool         // the person was not on record before
	LetIn   bool         // the person was disabled before
	Told    int          // how many other administrators are told by letter
}

// shortestReason keeps out a reason that is none.
const shortestReason = 10

// check reports everything that is wrong with a call.
func (c Call) check() error {
	var p fault.Problems
	p.If(c.Email == "", "email", "Give the e-mail address of the administrator")
	p.If(utf8.RuneCountInString(strings.TrimSpace(c.Reason)) < shortestReason, "reason",
		"Give a reason that will still make sense in five years. It goes into the audit trail, and to the other administrators")
	return p.Err()
}

// identity is the name of somebody who is not on record yet: the last word is
// the family name.
func (c Call) identity() (asye.Identity, error) {
	words := strings.Fields(c.Name)
	if len(words) < 2 {
		return asye.Identity{}, fault.Problems{{Field: "name", Text: "Nobody is on record with the address " + c.Email +
			". Check it, or give the first and last name of a new administrator: --name \"Ada First\""}}
	}
	last := len(words) - 1
	return asye.Identity{GivenName: strings.Join(words[:last], " "), FamilyName: words[last], Email: c.Email}, nil
}
