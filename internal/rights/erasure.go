package rights

import (
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/inventory"
)

// Ground is why somebody is erased.
type Ground string

// The grounds of an erasure.
const (
	Asked     Ground = "asked"     // the person asked, and the controller agreed
	Retention Ground = "retention" // the time of their data has come
)

// Standing is what decides whether a person can be erased today.
type Standing struct {
	Name   string
	Roles  int    // that are open
	Years  int    // that are running
	Hold   string // why their data must stay; empty for no hold
	HeldAt asye.Instant
	Erased bool
	Class  inventory.Retention
	Last   asye.Date // the last day that their data tells of; zero where it tells of none
	EndsOn asye.Date // the first day on which their data has no reason to be here
}

// MayErase refuses an erasure that must wait (DAT-4) or that gives no reason
// (DAT-5).
func (s Standing) MayErase(reason string) error {
	switch {
	case s.Erased:
		return fault.New(fault.Conflict, "This person has been erased already")
	case s.Hold != "":
		return fault.New(fault.Conflict, "There is a hold on the data of %s: %s. Lift it first, if it is no longer needed", s.Name, s.Hold)
	case s.Years > 0:
		return fault.New(fault.Conflict, "The year of %s is still running. Record how it ends first, or withdraw the registration", s.Name)
	case s.Roles > 0:
		return fault.New(fault.Conflict, "%s still has a role here. End it first", s.Name)
	}
	return CheckReason("reason", reason)
}

// longestReason is the longest reason that is kept, in characters.
const longestReason = 500

// CheckReason refuses a reason that says nothing, or too much.
func CheckReason(field, reason string) error {
	var p fault.Problems
	p.If(strings.TrimSpace(reason) == "", field, "Enter the reason: it is all that will say why")
	p.If(utf8.RuneCountInString(reason) > longestReason, field, "The reason must be %d characters or fewer", longestReason)
	return p.Err()
}
