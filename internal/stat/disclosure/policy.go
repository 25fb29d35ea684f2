package disclosure

import "fmt"

// Audience is whom a figure is for.
type Audience string

// The audiences: a person's own employer working on their case sees exact
// counts; an employer or the regulator looks at figures, above a threshold and
// with a line in the log; and everybody.
const (
	Casework Audience = "casework"
	Employer Audience = "employer"
	Public   Audience = "public"
)

// Method is what is done to the counts that are not hidden.
type Method string

// The methods.
const (
	Exact   Method = "exact"    // as they are
	TenFive Method = "10-5"     // ONS: hidden below the threshold, else the nearest 5
	HESA    Method = "hesa"     // nothing hidden, all to the nearest 5
	CellKey Method = "cell-key" // nothing hidden, noise that is the same for the same people
)

// Policy is how figures for one audience are protected.
type Policy struct {
	Audience  Audience `json:"audience"`
	Method    Method   `json:"method"`
	Threshold int      `json:"threshold"` // a count from 1 to one below it is sensitive; 0: none is
	Group     int      `json:"group"`     // in a group smaller than it, nobody and everybody are sensitive too; 0: never
	Share     int      `json:"share"`     // percent of a sum that one employer may hold; 0: any
	Width     int      `json:"width"`     // how wide the range of a sensitive count stays, largest less smallest
	Sharp     int      `json:"sharp"`     // how wide it stays for somebody who counts on it that no hidden count is 0
	Logged    bool     `json:"logged"`    // looking is recorded
}

// Policies for the audiences, by method where there is a choice. The width is
// the project's own: the range of every hidden count is at least five wide. As
// zeros are shown wherever that tells nothing, an attacker may count on hidden
// counts not being 0, and five hidden counts with a sum of 5 would all be 1: for
// that one, every range is still three wide, which costs next to no cells.
// HESA's rounding promises less, that no count is known exactly.
var policies = []Policy{
	{Audience: Casework, Method: Exact},
	{Audience: Employer, Method: Exact, Threshold: 5, Group: 5, Share: 90, Width: 5, Sharp: 3, Logged: true},
	{Audience: Public, Method: TenFive, Threshold: 10, Group: 10, Share: 90, Width: 5, Sharp: 3},
	{Audience: Public, Method: Exact, Threshold: 10, Group: 10, Share: 90, Width: 5, Sharp: 3},
	{Audience: Public, Method: HESA, Threshold: 5, Width: 2},
	{Audience: Public, Method: CellKey},
}

// For gives the policy of an audience: the first that is listed for it, or the
// one with a method.
func For(audience Audience, method Method) (Policy, error) {
	for _, p := range policies {
		if p.Audience == audience && (method == "" || p.Method == method) {
			return p, nil
		}
	}
	return Policy{}, fmt.Errorf("There is no method %q for the audience %q: choose 10-5, hesa, cell-key or exact for the public, and exact for the others.", method, audience)
}

func (p Policy) check() error {
	if p.Threshold < 0 || p.Group < 0 || p.Share < 0 || p.Share > 100 || p.Width < 0 || p.Sharp < 0 || p.Sharp > p.Width {
		return fmt.Errorf("The policy for %q has a threshold, group, share or width that cannot be: each is a whole number from 0, the share at most 100, the sharp width at most the width.", p.Audience)
	}
	return nil
}

// Hides tells whether the method withholds counts; the others change them.
func (p Policy) Hides() bool { return p.Method == Exact || p.Method == TenFive }

// Value is what is published of a count that is not hidden.
func (p Policy) Value(count int) int {
	if p.Method == TenFive || p.Method == HESA {
		return Nearest5(count)
	}
	return count
}

// Knows is between which bounds everybody knows a count to lie, from what is
// published of it. Both ends are reached by some count.
func (p Policy) Knows(value int) (lo, hi int) {
	switch {
	case p.Method == TenFive && value > 0:
		return max(value-2, p.Threshold), value + 2
	case p.Method == HESA:
		return max(value-2, 0), value + 2
	}
	return value, value
}
