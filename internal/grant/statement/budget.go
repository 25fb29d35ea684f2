package statement

import "example.org/asye/internal/grant"

// Budget is what there is to spend on a scheme; the zero budget where nobody has
// said.
type Budget struct {
	Scheme  string
	Pence   grant.Pence
	Version int
}

// Spending is where a scheme stands, and what it is on the way to.
type Spending struct {
	Scheme    grant.Scheme
	Budget    Budget
	Used      grant.Pence // accepted and adjusted, less recovered
	Waiting   grant.Pence // claimed, and not answered
	Claimable grant.Pence
	Later     grant.Pence // can be claimed later, until the end of the scheme
}

// Expected is what the scheme will have cost at its end, by the registrations
// that there are now.
func (f Spending) Expected() grant.Pence { return f.Used + f.Waiting + f.Claimable + f.Later }

// Left is what remains of the budget by that; below zero it will not be enough.
func (f Spending) Left() grant.Pence { return f.Budget.Pence - f.Expected() }

// Foresee makes the forecast of a scheme: used is what the ledger says it has
// cost, and rows are the entitlements of the nation.
func Foresee(of grant.Scheme, b Budget, used grant.Pence, rows []grant.Row) Spending {
	f := Spending{Scheme: of, Budget: b, Used: used}
	for _, r := range rows {
		switch {
		case r.Scheme.Key != of.Key:
		case r.Standing != nil && !r.Standing.Accepted:
			f.Waiting += r.Pence
		case r.Standing != nil:
		case r.State == grant.Claimable:
			f.Claimable += r.Pence
		case r.State == grant.NotYet:
			f.Later += r.Pence
		}
	}
	return f
}
