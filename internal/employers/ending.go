package employers

import (
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Kind is the way in which an organisation came to its end.
type Kind string

// The ways in which an organisation comes to its end.
const (
	Closed  Kind = "closed"  // nobody came after
	Merged  Kind = "merged"  // it, and perhaps others, went into one
	Split   Kind = "split"   // several came after it
	Renamed Kind = "renamed" // the same employer under a new name and code
)

// Kinds lists the endings in the order in which pages show them.
func Kinds() []Kind { return []Kind{Merged, Split, Renamed, Closed} }

// String says the ending as a finding about the employer.
func (k Kind) String() string {
	switch k {
	case Closed:
		return "It closed, and nobody took over"
	case Merged:
		return "It merged with others, or into another"
	case Split:
		return "It split into several"
	case Renamed:
		return "It goes on under a new name and code"
	}
	return string(k)
}

// TakesAlong reports whether the registrations go with it to whoever comes
// after. A split cannot say who goes where (EMP-6).
func (k Kind) TakesAlong() bool { return k == Merged || k == Renamed }

// Ending says that organisations ended, and who came after them.
type Ending struct {
	Kind         Kind
	On           asye.Date // the first day of whoever came after; the first day on which the others were closed
	Predecessors []Organisation
	Successors   []Organisation
	Reason       string // why it is recorded, for the audit trail
}

// Succession is one line of an organisation's history: one organisation and
// one that came after it.
type Succession struct {
	Predecessor, Successor Named
	On                     asye.Date
	Kind                   Kind
}

// Named is enough of an organisation to lead to it.
type Named struct {
	ID         asye.OrganisationID
	Code, Name string
}

// Ended judges an ending (EMP-5, EMP-6). today is the last day on which it can
// have happened: an ending is recorded when it is a fact, because people's
// registrations move with it.
func Ended(today asye.Date, e Ending) (Ending, error) {
	e.Reason = oneSpace(e.Reason)
	var p fault.Problems
	p.If(!slices.Contains(Kinds(), e.Kind), "kind", "Choose what happened to the employer")
	p.If(e.On.IsZero(), "on", "Enter the first day on which the employer was no longer open")
	p.If(e.On.After(today), "on", "The day must be today or in the past, because the registrations move as soon as the ending is recorded. "+
		"Record it on %s. Whoever comes after can be added now, with that day as its first", e.On)
	p = append(p, e.wrongCounts()...)
	for _, o := range e.Predecessors {
		p.If(!o.ClosedOn.IsZero(), "others", "%s closed already, on %s", o.Name, o.ClosedOn)
		p.If(!e.On.IsZero() && !o.OpenedOn.Before(e.On), "on", "The day must be after %s, when %s opened", o.OpenedOn, o.Name)
	}
	for _, o := range e.Successors {
		p.If(!o.ClosedOn.IsZero(), "successors", "%s has closed, so it cannot take over", o.Name)
		p.If(!e.On.IsZero() && o.OpenedOn.After(e.On), "successors", "%s opened on %s, after the day of the ending", o.Name, o.OpenedOn)
	}
	p.If(e.inBoth(), "successors", "An employer cannot take over from itself")
	p.If(e.Reason == "", "reason", "Say why this is recorded, such as the order or the notice that it follows")
	return e, p.Err()
}

func (e Ending) wrongCounts() (p fault.Problems) {
	after := len(e.Successors)
	p.If(len(e.Predecessors) == 0, "others", "Say which employer ended")
	p.If(e.Kind == Merged && after != 1, "successors", "Choose the one employer that takes over")
	p.If(e.Kind == Renamed && after != 1, "successors", "Choose the employer's new record")
	p.If(e.Kind == Split && after < 2, "successors", "Enter the two or more employers that came after")
	p.If(e.Kind == Closed && after != 0, "successors", "Leave this empty: a closing has nobody who takes over")
	p.If(e.Kind != Merged && len(e.Predecessors) > 1, "others", "Only a merger can end several employers at once")
	return p
}

func (e Ending) inBoth() bool {
	return slices.ContainsFunc(e.Successors, func(s Organisation) bool {
		return slices.ContainsFunc(e.Predecessors, func(p Organisation) bool { return p.ID == s.ID })
	})
}

// mayReopen judges whether a closing can be undone (EMP-8).
func (o Organisation) mayReopen(history []Succession, reason string) error {
	if o.ClosedOn.IsZero() {
		return fault.New(fault.Conflict, "%s is open already", o.Name)
	}
	for _, s := range history {
		if s.Predecessor.ID == o.ID {
			return fault.New(fault.Conflict,
				"%s took over from %s, so its closing cannot be undone. Add a new employer if it is back", s.Successor.Name, o.Name)
		}
	}
	var p fault.Problems
	p.If(oneSpace(reason) == "", "reason", "Say why the closing is undone")
	return p.Err()
}
