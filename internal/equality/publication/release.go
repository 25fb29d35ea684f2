package publication

import (
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// State is how far a release has come.
type State string

// The states. What was published stays in the ledger when it is withdrawn,
// because it was seen.
const (
	Prepared     State = "prepared"
	Published    State = "published"
	WithdrawnNow State = "withdrawn"
	Discarded    State = "discarded"
)

// Release is one release with its content.
type Release struct {
	ID          string
	State       State
	Content     Content
	Hash        string
	PreparedAt  asye.Instant
	PublishedAt *asye.Instant
	WithdrawnAt *asye.Instant
	Reason      string // why it was withdrawn
	Version     int
	Acts        []Act
}

// The acts on a release.
const (
	actPrepared  = "prepared"
	actApproved  = "approved"
	actDiscarded = "discarded"
	actWithdrawn = "withdrawn"
)

// Act is what somebody did with a release, and the hash of what they saw.
type Act struct {
	What   string
	Person asye.PersonID
	Name   string
	At     asye.Instant
	Hash   string
}

// approvals is how many different people approve a release.
const approvals = 2

// Approvals are the approvals of what the release now holds.
func (r Release) Approvals() []Act {
	return slices.DeleteFunc(slices.Clone(r.Acts), func(a Act) bool { return a.What != actApproved || a.Hash != r.Hash })
}

// Approver is somebody who is about to approve.
type Approver struct {
	Person   asye.PersonID
	National bool
}

// MayApprove tells whether somebody may approve a release: once, and the second
// only when one of the two is of the national team (PUB-5). nationals tells who
// of those who have approved is.
func (r Release) MayApprove(who Approver, nationals map[asye.PersonID]bool) error {
	if r.State != Prepared {
		return fault.New(fault.Conflict, "This release is not waiting for an approval any more")
	}
	given := r.Approvals()
	if slices.ContainsFunc(given, func(a Act) bool { return a.Person == who.Person }) {
		return fault.New(fault.Forbidden, "You have approved this release already. Somebody else has to be the second")
	}
	one := who.National || slices.ContainsFunc(given, func(a Act) bool { return nationals[a.Person] })
	if len(given) == approvals-1 && !one {
		return fault.New(fault.Forbidden, "One of the two who approve has to be of the national team, and the first is not")
	}
	return nil
}

// Last reports whether one more approval publishes a release.
func (r Release) Last() bool { return len(r.Approvals()) == approvals-1 }

// Plan is the plan that a release was prepared from, to prepare it again.
func (r Release) Plan() Plan {
	p := Plan{Title: r.Content.Title, Period: r.Content.Period, Programme: r.Content.Programme, Cohorts: r.Content.cohorts(), Method: r.Content.Method}
	for _, t := range r.Content.Tables {
		p.Tables = append(p.Tables, t.Key)
	}
	return p
}
