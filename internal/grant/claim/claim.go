package claim

import (
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
)

// State is how far a claim has come.
type State string

// How far a claim can have come.
const (
	Draft     State = "draft"     // follows the registrations as they change
	Signed    State = "signed"    // a director has signed exactly what it says
	Submitted State = "submitted" // with the funder
	Answered  State = "answered"  // every line was accepted or returned
	Discarded State = "discarded"
)

// String is the state as pages say it.
func (s State) String() string {
	switch s {
	case Draft:
		return "Draft"
	case Signed:
		return "Signed"
	case Submitted:
		return "Submitted"
	case Answered:
		return "Answered"
	case Discarded:
		return "Discarded"
	}
	return string(s)
}

// Claim is what an employer asks a funder for in one go.
type Claim struct {
	ID          string
	Reference   string
	Org         asye.OrganisationID
	OrgName     string
	OrgCode     string
	OrgType     asye.EmployerType
	Scheme      grant.Scheme
	State       State
	LeftOut     []Key // what the employer does not want in this claim
	SchemeHash  string
	Hash        string // of the content that was signed
	Pence       grant.Pence
	DraftedAt   asye.Instant
	SignedAt    asye.Instant
	SubmittedAt asye.Instant
	AnsweredAt  asye.Instant
	Lines       []Line
	Acts        []Act
	Version     int
}

// Key names one milestone of one registration.
type Key struct {
	Enrolment asye.EnrolmentID `json:"enrolment"`
	Milestone string           `json:"milestone"`
}

// Act is what somebody did with a claim.
type Act struct {
	What string // drafted, signed, opened, submitted, answered or discarded
	By   string
	At   asye.Instant
	Hash string
	Note string
}

// String is the act as pages say it.
func (a Act) String() string {
	switch a.What {
	case actDrafted:
		return "Drafted"
	case actSigned:
		return "Signed"
	case actOpened:
		return "Opened again"
	case actSubmitted:
		return "Submitted"
	case actAnswered:
		return "Answered"
	case actDiscarded:
		return "Discarded"
	}
	return a.What
}

const (
	actDrafted   = "drafted"
	actSigned    = "signed"
	actOpened    = "opened"
	actSubmitted = "submitted"
	actAnswered  = "answered"
	actDiscarded = "discarded"
)

// Is refuses what can only be done in some states.
func (c Claim) Is(states ...State) error {
	if slices.Contains(states, c.State) {
		return nil
	}
	return fault.New(fault.Conflict, "This claim has gone on in the meantime: it is %s now. Look at it again", c.State)
}

// Closes is the first instant that is too late for the whole claim: the earliest
// of its lines.
func (c Claim) Closes() asye.Instant {
	var first asye.Instant
	for _, l := range c.Lines {
		if !l.Closes.IsZero() && (first.IsZero() || l.Closes.Before(first)) {
			first = l.Closes
		}
	}
	return first
}

// Total is what the lines come to.
func Total(lines []Line) (sum grant.Pence) {
	for _, l := range lines {
		sum += l.Pence
	}
	return sum
}
