// Package policy says who may use a route. A route cannot be mounted without a
// [Rule], and a rule prints itself in words that a data-protection officer can
// read.
package policy

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Rule says who may use a route.
type Rule struct {
	roles    []asye.Role
	everyone bool
	signedIn bool
}

// Allow lets in those who are at work in one of the roles.
func Allow(roles ...asye.Role) Rule { return Rule{roles: roles} }

// SignedIn lets in everybody who has signed in, whatever their role.
func SignedIn() Rule { return Rule{signedIn: true} }

// Everyone lets in visitors too.
func Everyone() Rule { return Rule{everyone: true} }

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
