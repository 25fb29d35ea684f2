package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
)

// State is how far a statement has come.
type State string

// How far a statement can have come.
const (
	Open       State = "open"       // takes what is accepted, recovered and adjusted
	Payable    State = "payable"    // closed: what is on it stays as it is
	Authorised State = "authorised" // by two people, in a batch
	Paid       State = "paid"
)

// String is the state as pages say it.
func (s State) String() string {
	switch s {
	case Open:
		return "Open"
	case Payable:
		return "Payable"
	case Authorised:
		return "Authorised"
	case Paid:
		return "Paid"
	}
	return string(s)
}

// Statement is what an employer is paid of a scheme in one go.
type Statement struct {
	ID        string
	Reference string
	Org       asye.OrganisationID
	OrgName   string
	Scheme    string
	Number    int // within the employer and the scheme, from 1
	State     State
	Pence     grant.Pence // what it came to when it was closed; so far, while it is open
	Hash      string      // of what is on it, once it is closed
	OpenedAt  asye.Instant
	ClosedAt  asye.Instant
	Batch     string
	PaidOn    asye.Date
	Items     []Item
	Version   int
}

// Kind is what an item of a statement is.
type Kind string

// What an item can be.
const (
	KindLine           Kind = "line"            // a payment that was accepted
	KindRecovery       Kind = "recovery"        // one that is taken back
	KindAdjustment     Kind = "adjustment"      // somebody's correction, with its reason
	KindInstalment     Kind = "instalment"      // paid first, on an estimate
	KindInstalmentBack Kind = "instalment_back" // taken off when it is known how many came
	KindCarried        Kind = "carried"         // owed to the funder, from one statement to the next
)

// String is the kind as pages say it.
func (k Kind) String() string {
	switch k {
	case KindLine:
		return "Payment"
	case KindRecovery:
		return "Recovery"
	case KindAdjustment:
		return "Adjustment"
	case KindInstalment:
		return "First instalment"
	case KindInstalmentBack:
		return "First instalment taken off"
	case KindCarried:
		return "Carried over"
	}
	return string(k)
}

// Item is one thing on a statement.
type Item struct {
	ID          string
	Kind        Kind
	Line        string // of a claim; empty where it is of none
	Claim       string // the claim's reference
	Name        string // of the NQSW
	Milestone   string
	Pence       grant.Pence // below zero where the employer owes it
	Reason      string
	EffectiveOn asye.Date
	RecordedAt  asye.Instant
	By          string // who recorded it; empty for what followed by itself
}

// Total is what the items come to.
func Total(items []Item) (sum grant.Pence) {
	for _, i := range items {
		sum += i.Pence
	}
	return sum
}

// HashOf is of what is on a statement: each item, its kind, its amount and its
// day.
func HashOf(items []Item) string {
	sum := sha256.New()
	for _, i := range items {
		fmt.Fprintf(sum, "%s|%s|%s|%d|%s\n", i.ID, i.Kind, i.Line, i.Pence, i.EffectiveOn.ISO())
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Is refuses what can only be done in one state.
func (s Statement) Is(state State) error {
	if s.State == state {
		return nil
	}
	return fault.New(fault.Conflict, "Statement %s has gone on in the meantime: it is %s now. Look at it again", s.Reference, s.State)
}

// referenceOf is the name by which people and banks speak of a statement:
// CAF2627-301-1. It is short, because banks cut what is long.
func referenceOf(of grant.Scheme, code string, number int) string {
	initials := ""
	for _, word := range strings.Split(of.Programme, "-") {
		initials += strings.ToUpper(word[:1])
	}
	return fmt.Sprintf("%s%s-%s-%d", initials, strings.ReplaceAll(strings.TrimPrefix(of.Year, "20"), "-", ""), code, number)
}
