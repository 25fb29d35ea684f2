// Package tenant says on whose behalf, and within which organisation, a piece
// of work is done. A [Scope] is an argument of every store method: it is never
// hidden in a context, and it cannot be made up, only signed in for or
// declared by the system with a reason.
package tenant

import (
	"context"

	"example.org/asye/internal/asye"
)

// Actor is the kind of hand behind a change.
type Actor string

// The kinds of hand behind a change.
const (
	ByPerson Actor = "person" // someone signed in
	BySystem Actor = "system" // the program itself: jobs, start-up, the example service
	ByImport Actor = "import" // a file, brought in from the command line
)

// Scope is who acts, as what, and for which organisation.
type Scope struct {
	actor  Actor
	person asye.PersonID
	behalf asye.PersonID
	org    asye.OrganisationID
	role   asye.Role
	reason string
	form   *Form
}

// SignedIn is the scope of a person at work. Only the account capability may
// call it: a test in internal/arch says so.
func SignedIn(person asye.PersonID, org asye.OrganisationID, role asye.Role) Scope {
	return Scope{actor: ByPerson, person: person, org: org, role: role}
}

// Nobody is the scope of a visitor who has not signed in.
func Nobody() Scope { return Scope{actor: ByPerson} }

// System is the scope of the program itself. It belongs to no organisation
// until [Scope.In] names one; reason goes into the audit trail.
func System(reason string) Scope { return Scope{actor: BySystem, reason: reason} }

// Import is the scope of a file brought in for one organisation.
func Import(file string, org asye.OrganisationID) Scope {
	return Scope{actor: ByImport, reason: file, org: org}
}

// In is a system scope within one organisation. A person's scope never leaves
// the organisation they signed in for, and is given back as it was.
func (s Scope) In(org asye.OrganisationID) Scope {
	if s.actor == BySystem {
		s.org = org
	}
	return s
}

// OnBehalfOf is the same scope, acting for another person who asked for it.
func (s Scope) OnBehalfOf(person asye.PersonID) Scope {
	s.behalf = person
	return s
}

// WithForm is the same scope while it handles one submitted form.
func (s Scope) WithForm(f *Form) Scope {
	s.form = f
	return s
}

// Actor is the kind of hand behind the work.
func (s Scope) Actor() Actor { return s.actor }

// Person is who acts; empty for the system and for a visitor.
func (s Scope) Person() asye.PersonID { return s.person }

// Behalf is the person for whom somebody else acts; usually empty.
func (s Scope) Behalf() asye.PersonID { return s.behalf }

// Org is the organisation within which the work is done. A store puts it in
// the WHERE of every statement that concerns one employer's people.
func (s Scope) Org() asye.OrganisationID { return s.org }

// Role is what the person is doing here just now.
func (s Scope) Role() asye.Role { return s.role }

// Reason is why the system acts, or the name of the imported file.
func (s Scope) Reason() string { return s.reason }

// Form is the submitted form being handled; nil outside a submission.
func (s Scope) Form() *Form { return s.form }

// IsSignedIn reports whether a person is at work.
func (s Scope) IsSignedIn() bool { return s.actor == ByPerson && s.person != "" }

// Form is one submission of one form. Its token is spent in the transaction
// that has the effect, so that a second submission has none.
type Form struct {
	Token string
	Spent bool
	// Also is what ends with the effect, in the same transaction: the draft that
	// the form was made from. nil for nothing.
	Also func(ctx context.Context, run Statement) error
}

// Statement runs one statement of a transaction.
type Statement func(ctx context.Context, query string, args ...any) error
