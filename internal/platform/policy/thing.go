package policy

import (
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Thing is something that can be seen or done, with everybody who may. Routes
// are mounted with a [Rule] of it, and stores ask it who may ask them.
type Thing struct {
	Name   string  // "The record of a year"
	Holds  string  // one sentence: what it is
	Grants []Grant // who is not here may not
	Asks   []string
}

// Grant lets one kind of reader see a thing, in some relations to the person or
// employer whom it is about.
type Grant struct {
	To     Reader
	In     []Relation // empty where it shows nobody: a question, or numbers of people
	Beside bool       // of people who are only named beside a record that another grant opens
	Sees   []Field    // the sensitive fields; everything else of the thing is seen too
	What   string     // in words, where the fields do not say it: "Numbers of people"
	Limits string     // what of it they may see and still not change; empty where there is no such thing
	Why    string
}

// Field is a part of what is kept, by which people would ask for it, and the
// columns that hold it: "people.email". A column of somebody who acts in their
// work, and not as an NQSW, ends in "@work"; one of the national body in
// "@national".
type Field struct {
	Name    string
	Columns []string
}

// Grants of one reader for the same thing, in different relations, are kept
// apart, because they show different fields.
func (t Thing) grants(to Reader) []Grant {
	var out []Grant
	for _, g := range t.Grants {
		if g.To == to {
			out = append(out, g)
		}
	}
	return out
}

// Has reports whether a reader may use the thing at all.
func (t Thing) Has(to Reader) bool { return len(t.grants(to)) > 0 }

// Lets reports whether a reader may see a record of the thing to which they
// stand in a relation.
func (t Thing) Lets(to Reader, in Relation) bool {
	return slices.ContainsFunc(t.grants(to), func(g Grant) bool { return !g.Beside && slices.Contains(g.In, in) })
}

// Limited reports whether a reader may see a record and still not change all of
// it.
func (t Thing) Limited(to Reader, in Relation) bool {
	return slices.ContainsFunc(t.grants(to), func(g Grant) bool { return g.Limits != "" && slices.Contains(g.In, in) })
}

// Shows reports whether a reader may see a column of a record to which they
// stand in a relation.
func (t Thing) Shows(to Reader, in Relation, column string) bool {
	for _, g := range t.grants(to) {
		if !slices.Contains(g.In, in) {
			continue
		}
		if slices.ContainsFunc(g.Sees, func(f Field) bool { return slices.Contains(f.Columns, column) }) {
			return true
		}
	}
	return false
}

// Ask refuses a scope whose role may not see a record to which it stands in a
// relation. It is the second lock, behind that of the route: a method of a store
// asks it for the furthest relation of those whom it gives. The program itself
// may ask.
func (t Thing) Ask(scope tenant.Scope, in Relation) error {
	lets := func(g Grant) bool { return g.To.Role() == scope.Role() && !g.Beside && slices.Contains(g.In, in) }
	if scope.Actor() != tenant.ByPerson || scope.Role() != "" && slices.ContainsFunc(t.Grants, lets) {
		return nil
	}
	return fault.New(fault.Forbidden, "%s is not for the role in which you work here", t.Name)
}

func (t Thing) hasRole(role asye.Role) bool {
	return slices.ContainsFunc(t.Grants, func(g Grant) bool { return g.To.Role() == role })
}

// For is the rule of a route that lets some roles in to the thing. A role to
// which the thing grants nothing is a mistake that is found when the program
// starts.
func (t Thing) For(roles ...asye.Role) Rule {
	for _, role := range roles {
		if !t.hasRole(role) {
			panic("a route lets the role " + string(role) + " in to the thing " + t.Name + ", which grants it nothing")
		}
	}
	r := Allow(roles...)
	r.thing = &t
	return r
}

// ForSignedIn is the rule of a route that lets in everybody who has signed in.
func (t Thing) ForSignedIn() Rule { return Rule{signedIn: true, thing: &t} }

// ForEveryone is the rule of a route that lets visitors in too.
func (t Thing) ForEveryone() Rule { return Rule{everyone: true, thing: &t} }
