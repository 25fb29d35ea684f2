// Package policy says who may see what. A route cannot be mounted without a
// [Rule], and the rule of a route is made from a [Thing]: for each kind of
// [Reader] and each [Relation] to the person or employer whom a record is about,
// whether it may be seen, which fields of it, and why. [Table] prints them all
// in words that a data-protection officer can read.
//
// What the things of this service are is said in internal/access; internal/proof
// holds every route and every method of a store to it.
package policy

import (
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Rule says who may use a route.
type Rule struct {
	roles    []asye.Role
	everyone bool
	signedIn bool
	fresh    bool
	early    bool
	thing    *Thing // what the route is about; nil where it has not been said
}

// Allow lets in those who are at work in one of the roles.
func Allow(roles ...asye.Role) Rule { return Rule{roles: roles} }

// SignedIn lets in everybody who has signed in, whatever their role.
func SignedIn() Rule { return Rule{signedIn: true} }

// Everyone lets in visitors too.
func Everyone() Rule { return Rule{everyone: true} }

// Fresh is the same rule for an act that decides: whoever sends its form has to
// have shown a short while ago that it is them.
func (r Rule) Fresh() Rule {
	r.fresh = true
	return r
}

// Early is the same rule for a page that is open before a person has set up the
// second step that their role asks for.
func (r Rule) Early() Rule {
	r.early = true
	return r
}

// NeedsProof reports whether a form needs a fresh proof of who is at the screen.
func (r Rule) NeedsProof() bool { return r.fresh }

// IsEarly reports whether a page is open before the second step is set up.
func (r Rule) IsEarly() bool { return r.early || r.everyone }

// Permits reports whether the person at work may use the route.
func (r Rule) Permits(s tenant.Scope) bool {
	if r.everyone {
		return true
	}
	if !s.IsSignedIn() {
		return false
	}
	if r.signedIn {
		return true
	}
	for _, role := range r.roles {
		if role == s.Role() {
			return true
		}
	}
	return false
}

// Thing is what the route is about; its name is empty where that has not been
// said.
func (r Rule) Thing() Thing {
	if r.thing == nil {
		return Thing{}
	}
	return *r.thing
}

// Lets reports whether the rule lets in a reader.
func (r Rule) Lets(to Reader) bool {
	return r.everyone || to != Visitor && (r.signedIn || slices.Contains(r.roles, to.Role()))
}

// Open reports whether the route needs no sign-in.
func (r Rule) Open() bool { return r.everyone }

// String says the rule in words: "Coordinator, National team".
func (r Rule) String() string {
	if r.everyone {
		return "everyone"
	}
	if r.signedIn {
		return "anyone signed in"
	}
	words := make([]string, len(r.roles))
	for i, role := range r.roles {
		words[i] = role.String()
	}
	return strings.Join(words, ", ")
}
