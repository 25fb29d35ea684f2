package registration

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Transfer is a year moving from one employer to another. The losing employer
// reports, the gaining employer claims, in either order; then the NQSW confirms.
// What they disagree about goes to the national team.
type Transfer struct {
	ID          string
	Enrolment   asye.EnrolmentID
	From, To    asye.OrganisationID // To is empty until somebody names it
	FromName    string
	ToName      string
	FromContact Contact
	ToContact   Contact
	LeavesOn    asye.Date // the first day no longer with the losing employer
	JoinsOn     asye.Date // the first day with the gaining employer
	Status      TransferStatus
	ReportedAt  asye.Instant
	ClaimedAt   asye.Instant
	ConfirmedAt asye.Instant
	Dispute     string // what somebody disagrees with
	Resolution  string
	RecordedAt  asye.Instant
	Version     int
}

// Contact is whom to ask at an employer about a registration. Each part may be
// empty.
type Contact struct{ Name, Email, Phone string }

// String reads "Amina Yusuf, amina@example.org, 020 7946 0001".
func (c Contact) String() string {
	var parts []string
	for _, one := range []string{c.Name, c.Email, c.Phone} {
		if one != "" {
			parts = append(parts, one)
		}
	}
	return strings.Join(parts, ", ")
}

// TransferStatus is how far a transfer has come.
type TransferStatus string

// How far a transfer can have come.
const (
	TransferReported  TransferStatus = "reported"  // the losing employer has said so
	TransferClaimed   TransferStatus = "claimed"   // the gaining employer has said so
	TransferAgreed    TransferStatus = "agreed"    // both have; the NQSW has yet to confirm
	TransferConfirmed TransferStatus = "confirmed" // it moves on the day of joining, which has not come
	TransferDisputed  TransferStatus = "disputed"  // somebody disagrees; the national team decides
	TransferCompleted TransferStatus = "completed" // the year is with the gaining employer
	TransferCancelled TransferStatus = "cancelled" // the year stays where it was
)

// IsOpen reports whether the transfer is still under way.
func (t Transfer) IsOpen() bool {
	return t.Status != TransferCompleted && t.Status != TransferCancelled
}

// Both is the status when both employers have spoken: agreed, or disputed when
// their dates cannot both be right (REG-43).
func (t Transfer) Both() (TransferStatus, string) {
	switch {
	case t.ReportedAt.IsZero():
		return TransferClaimed, ""
	case t.ClaimedAt.IsZero():
		return TransferReported, ""
	case t.JoinsOn.Before(t.LeavesOn):
		return TransferDisputed, "The NQSW would join " + t.JoinsOn.String() + ", before leaving on " + t.LeavesOn.String()
	default:
		return TransferAgreed, ""
	}
}

// said adds what somebody disagrees with to what was said before, so that the
// national team hears everybody.
func (t Transfer) said(who, why string) string {
	text := who + ": " + why
	if t.Dispute != "" {
		text = t.Dispute + "\n" + text
	}
	return text
}

// Waiting says what a transfer under way waits for, and from whom.
func (t Transfer) Waiting() string {
	switch t.Status {
	case TransferReported:
		if t.ToName != "" {
			return t.ToName + " has to claim the NQSW, with the first day there"
		}
		return "The next employer has to claim the NQSW, with the first day there"
	case TransferClaimed:
		return t.FromName + " has to report the last day there, or object"
	case TransferAgreed:
		return "The NQSW has to confirm the move"
	case TransferConfirmed:
		return "It is confirmed: the year moves on " + t.JoinsOn.String()
	case TransferDisputed:
		return "The national team has to decide"
	}
	return "Nothing"
}

// Leave judges the losing employer's report (REG-40).
func (r Record) Leave(on, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	if t := r.OpenTransfer(); t != nil && !t.ReportedAt.IsZero() {
		return fault.New(fault.Conflict, "You have already reported that this NQSW leaves on %s", t.LeavesOn)
	}
	var bad fault.Problems
	bad.If(on.IsZero(), "leaves_on", "Enter the first day on which the NQSW no longer works for you, like 27 3 2027")
	bad.If(!on.IsZero() && !r.StartsOn.Before(on), "leaves_on", "The NQSW cannot leave before the year has started, on %s", r.StartsOn)
	bad.If(on.After(today.AddMonths(6)), "leaves_on", "The day of leaving cannot be more than six months from today")
	bad = append(bad, r.withEmployer("leaves_on", on)...)
	return bad.Err()
}

// Join judges the gaining employer's claim (REG-41).
func (r Record) Join(to asye.OrganisationID, on, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	if to == r.Org {
		return fault.New(fault.Conflict, "This NQSW is registered with you already")
	}
	if t := r.OpenTransfer(); t != nil && !t.ClaimedAt.IsZero() {
		if t.To == to {
			return fault.New(fault.Conflict, "You have claimed this NQSW already. The claim is under Moves between employers, where you can correct it or take it back")
		}
		return fault.New(fault.Conflict, "A claim for this NQSW is already under way. The national team can say more")
	}
	return r.joins(on, today)
}

// Correct judges another day of joining for a claim that nobody has answered
// (REG-49).
func (r Record) Correct(on, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	if t := r.OpenTransfer(); t == nil || t.Status != TransferClaimed {
		return errAnswered
	}
	return r.joins(on, today)
}

var errAnswered = fault.New(fault.Conflict, "This claim has been answered, so it can no longer be corrected or taken back")

func (r Record) joins(on, today asye.Date) error {
	bad := joinsOn(on, today)
	bad.If(!on.IsZero() && !r.StartsOn.Before(on), "joins_on", "The NQSW cannot join you before the year started, on %s", r.StartsOn)
	bad = append(bad, r.withEmployer("joins_on", on)...)
	return bad.Err()
}

// joinsOn judges a day of joining by itself.
func joinsOn(on, today asye.Date) (bad fault.Problems) {
	bad.If(on.IsZero(), "joins_on", "Enter the first day on which the NQSW works for you, like 27 3 2027")
	bad.If(on.After(today.AddMonths(6)), "joins_on", "The day of joining cannot be more than six months from today")
	return bad
}

// check judges a claim before anybody is looked for, so that what is refused
// tells nothing about anybody.
func (w Wanted) check(today asye.Date) error {
	var bad fault.Problems
	bad.If(w.Number == "", "regulator_number", "Enter the Social Work England number, like SW1234")
	bad.If(w.DateOfBirth.IsZero(), "date_of_birth", "Enter the NQSW's date of birth, like 27 3 1998")
	return append(bad, joinsOn(w.JoinsOn, today)...).Err()
}

// withEmployer refuses a day before the present employment began.
func (r Record) withEmployer(field string, on asye.Date) fault.Problems {
	var bad fault.Problems
	if n := len(r.Employments); n > 1 && !on.IsZero() {
		start := r.Employments[n-1].Period.Start
		bad.If(!start.Before(on), field, "The day must be after the NQSW joined the present employer, on %s", start)
	}
	return bad
}
