package regulator

import (
	"context"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration"
)

// Register is whatever answers for the regulator's public register.
type Register interface {
	// Look gives the listing of a number. A number that is not on the register
	// is no error: its listing has the status NotFound.
	Look(ctx context.Context, number registration.Number) (Listing, error)
	// Source names the register, for the record of a look.
	Source() string
}

// Status is what the register says of a number.
type Status string

// What the register can say of a number.
const (
	Registered Status = "registered"
	Lapsed     Status = "lapsed"  // the registration was not renewed
	Removed    Status = "removed" // the regulator took the person off
	NotFound   Status = "not_found"
)

// Listing is an entry of the register, with those of its published facts that
// matter here.
type Listing struct {
	Number registration.Number
	Name   string // as registered; empty when not found
	Status Status
	Town   string // of employment, as published
	From   asye.Date
	Until  asye.Date
}

// Compare sets a listing beside the name that is recorded. Middle names,
// capitals and accents make no difference; a registration that has ended is
// told of before a name that differs (REG-10).
func Compare(l Listing, recorded asye.Identity) registration.RegisterCheck {
	c := registration.RegisterCheck{Number: l.Number, Result: string(l.Status), RegisteredName: l.Name}
	if l.Status == Registered && !sameName(l.Name, recorded) {
		c.Result = "name_differs"
	}
	return c
}

// sameName compares the first and the last word of two names, so that a middle
// name which only one of them has makes no difference.
func sameName(listed string, recorded asye.Identity) bool {
	if asye.Fold(listed) == asye.Fold(recorded.Full()) || asye.Fold(listed) == asye.Fold(recorded.Known()) {
		return true
	}
	words, given := strings.Fields(asye.Fold(listed)), strings.Fields(asye.Fold(recorded.GivenName))
	return len(words) > 1 && len(given) > 0 && words[0] == given[0] &&
		strings.HasSuffix(asye.Fold(listed), " "+asye.Fold(recorded.FamilyName))
}
