package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/fault"
)

// BatchState is how far a batch has come.
type BatchState string

// How far a batch can have come.
const (
	BatchPrepared   BatchState = "prepared"
	BatchAuthorised BatchState = "authorised"
	BatchPaid       BatchState = "paid"
	BatchDiscarded  BatchState = "discarded"
)

// String is the state as pages say it.
func (s BatchState) String() string {
	switch s {
	case BatchPrepared:
		return "Waiting for approval"
	case BatchAuthorised:
		return "Authorised"
	case BatchPaid:
		return "Paid"
	case BatchDiscarded:
		return "Discarded"
	}
	return string(s)
}

// Approvals is how many different people have to approve a batch (GRA-45).
const Approvals = 2

// Batch is statements that are authorised and paid in one go.
type Batch struct {
	ID         string
	Reference  string
	Scheme     string
	State      BatchState
	Hash       string
	Pence      grant.Pence
	Count      int // of statements
	PreparedAt asye.Instant
	PaidOn     asye.Date
	Acts       []Act
	Statements []Statement
	Version    int
}

// AuthorisedAt is when the second person approved; the zero instant before that.
func (b Batch) AuthorisedAt() asye.Instant {
	n := 0
	for _, a := range b.Acts {
		if a.Approves() {
			n++
		}
		if n == Approvals {
			return a.At
		}
	}
	return asye.Instant{}
}

// Act is what somebody did with a batch.
type Act struct {
	What   string
	Person asye.PersonID
	By     string
	At     asye.Instant
	batch  string
}

// Approves reports whether it is an approval.
func (a Act) Approves() bool { return a.What == actApproved }

// String is the act as pages say it.
func (a Act) String() string {
	switch a.What {
	case actPrepared:
		return "Prepared"
	case actApproved:
		return "Approved"
	case actPaid:
		return "Marked as paid"
	case actDiscarded:
		return "Discarded"
	}
	return a.What
}

const (
	actPrepared  = "prepared"
	actApproved  = "approved"
	actPaid      = "paid"
	actDiscarded = "discarded"
)

// Approved is how many people have approved the batch.
func (b Batch) Approved() int {
	n := 0
	for _, a := range b.Acts {
		if a.Approves() {
			n++
		}
	}
	return n
}

// MayApprove refuses whoever has approved the batch already, and a batch that
// waits for nobody (GRA-45).
func (b Batch) MayApprove(person asye.PersonID) error {
	if err := b.Is(BatchPrepared); err != nil {
		return err
	}
	if slices.ContainsFunc(b.Acts, func(a Act) bool { return a.Approves() && a.Person == person }) {
		return fault.New(fault.Forbidden, "You have approved this batch. Somebody else of the national team has to be the second")
	}
	return nil
}

// Is refuses what can only be done in one state.
func (b Batch) Is(state BatchState) error {
	if b.State == state {
		return nil
	}
	return fault.New(fault.Conflict, "Batch %s has gone on in the meantime: it is %s now. Look at it again", b.Reference, b.State)
}

// hashOf is of the statements of a batch as they were closed, whatever their
// employers are called.
func hashOf(all []Statement) string {
	sum := sha256.New()
	for _, st := range slices.SortedFunc(slices.Values(all), func(a, b Statement) int { return strings.Compare(a.ID, b.ID) }) {
		fmt.Fprintf(sum, "%s|%s|%d\n", st.ID, st.Hash, st.Pence)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
