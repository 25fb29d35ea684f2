package claim

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
)

// Payment is how far the payment of a line has come.
type Payment string

// How far a payment can have come.
const (
	PaymentSigned    Payment = "signed"    // in a claim that was signed and not sent
	PaymentSubmitted Payment = "submitted" // with the funder
	PaymentReturned  Payment = "returned"  // the funder does not pay it
	PaymentAccepted  Payment = "accepted"  // on a statement
	PaymentPaid      Payment = "paid"
)

// String is the payment as pages say it.
func (p Payment) String() string {
	switch p {
	case PaymentSigned:
		return "Signed"
	case PaymentSubmitted:
		return "With the funder"
	case PaymentReturned:
		return "Returned"
	case PaymentAccepted:
		return "Accepted"
	case PaymentPaid:
		return "Paid"
	}
	return string(p)
}

// Recovery is how far the taking back of a payment has come. It is a machine of
// its own: what was paid in one statement is taken back in a later one.
type Recovery string

// How far a recovery can have come.
const (
	RecoveryNone  Recovery = ""
	RecoveryDue   Recovery = "due"   // on a statement that has not been paid
	RecoveryTaken Recovery = "taken" // on one that has
)

// String is the recovery as pages say it.
func (r Recovery) String() string {
	switch r {
	case RecoveryDue:
		return "To be recovered"
	case RecoveryTaken:
		return "Recovered"
	}
	return ""
}

// Line is one milestone of one NQSW in a claim, as it was signed.
type Line struct {
	ID             string
	Claim          string
	ClaimReference string
	Org            asye.OrganisationID
	Enrolment      asye.EnrolmentID
	Person         asye.PersonID
	Programme      string
	Scheme         string
	Milestone      string
	On             asye.Date // when the milestone falls
	Pence          grant.Pence
	Facts          grant.Facts // as they were known when it was signed
	Why            []grant.Reason
	Shown          Shown        // what the funder's file holds
	Closes         asye.Instant // of a draft: the first instant that is too late
	Payment        Payment
	PaymentReason  string // why it was returned
	Recovery       Recovery
	RecoveryReason string
	Version        int
}

// Shown is what a line says of its NQSW, as the funder is sent it.
type Shown struct {
	GivenName  string            `json:"given_name"`
	FamilyName string            `json:"family_name"`
	Number     string            `json:"number"`
	Milestone  string            `json:"milestone"`
	OrgName    string            `json:"org_name"`
	OrgCode    string            `json:"org_code"`
	OrgType    asye.EmployerType `json:"org_type"`
}

// Name is the NQSW's given and family name; that somebody was erased, where they
// were.
func (s Shown) Name() string {
	if name := (asye.Identity{GivenName: s.GivenName, FamilyName: s.FamilyName}).Full(); name != "" {
		return name
	}
	return "Erased person"
}

// Key names the milestone of the line.
func (l Line) Key() Key { return Key{l.Enrolment, l.Milestone} }

// lineOf is a milestone that can be claimed as a line.
func lineOf(r grant.Row) Line {
	f := r.Facts
	return Line{Org: r.Org, Enrolment: f.Enrolment, Person: f.Person, Programme: f.Programme, Scheme: r.Scheme.Key, Milestone: r.Milestone.Key,
		On: r.On, Pence: r.Pence, Facts: f, Why: r.Why, Closes: r.Closes,
		Shown: Shown{r.GivenName, r.FamilyName, r.Number, r.Milestone.Name, r.OrgName, r.OrgCode, r.OrgType}}
}

// Cell is what a column of the funder's file holds of the line.
func (l Line) Cell(v grant.Value) string {
	switch v {
	case grant.ValueOrganisation:
		return l.Shown.OrgName
	case grant.ValueOrgCode:
		return l.Shown.OrgCode
	case grant.ValueOrgType:
		return l.Shown.OrgType.String()
	case grant.ValueReference:
		return l.Facts.Reference
	case grant.ValueGivenName:
		return l.Shown.GivenName
	case grant.ValueFamilyName:
		return l.Shown.FamilyName
	case grant.ValueNumber:
		return l.Shown.Number
	case grant.ValueStart:
		return l.Facts.Start.ISO()
	case grant.ValueMilestone:
		return l.Shown.Milestone
	case grant.ValueEventDay:
		return l.On.ISO()
	case grant.ValueResult:
		return string(l.Facts.Result)
	case grant.ValueAmount:
		return l.Pence.Plain()
	}
	return ""
}
