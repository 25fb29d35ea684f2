package books

import (
	"cmp"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
)

// Sum is how many payments there are, and what they come to.
type Sum struct {
	Count int
	Pence grant.Pence
}

func (s Sum) and(pence grant.Pence) Sum { return Sum{s.Count + 1, s.Pence + pence} }

// Taken is a payment that was taken back, or is about to be.
type Taken struct {
	Scheme string
	Start  asye.Date // of the year that it was for
	Pence  grant.Pence
}

// ByState is where the payments of some NQSWs stand.
type ByState struct {
	Cohort asye.Cohort // zero for all of them
	Of     map[grant.State]Sum
	Taken  Sum // taken back, or on a statement to be
}

// Expected is what they come to if all goes as the registrations stand: what is
// claimable, can be claimed later, is claimed or paid.
func (b ByState) Expected() (sum grant.Pence) {
	for _, s := range []grant.State{grant.Claimable, grant.NotYet, grant.Claimed, grant.Paid} {
		sum += b.Of[s].Pence
	}
	return sum
}

// Position is where an employer stands with one scheme: what is expected beside
// what was paid (GRA-53).
type Position struct {
	Scheme   grant.Scheme
	All      ByState
	Cohorts  []ByState   // by the year of the start, the earliest first
	Adjusted grant.Pence // by corrections that the funder made
	Paid     grant.Pence // by the funder, net of what was taken back
	ByEnd    grant.Pence // of that, by the last day of the scheme
	Ahead    grant.Pence // of the first instalment, what is still to be taken off
	Arrived  grant.Pence // at the bank, for statements of the scheme
}

// Due is what the scheme comes to in all, if all goes as the registrations stand.
func (p Position) Due() grant.Pence { return p.All.Expected() + p.Adjusted }

// AtEnd is what is due and had not been paid by the last day of the scheme: what
// an employer’s accounts carry over. Below zero the funder has paid ahead.
func (p Position) AtEnd() grant.Pence { return p.Due() - p.ByEnd }

// Books are what a position is made of.
type Books struct {
	Rows     []grant.Row
	Taken    []Taken
	Entries  []statement.Entry
	Received []statement.Reconciled
}

// Positions are where an employer stands, for each scheme of which there is
// anything, the latest first and then the larger (GRA-53).
func Positions(book *grant.Book, b Books) []Position {
	var out []Position
	for _, s := range book.Schemes() {
		if p, found := b.position(s); found {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Position) int {
		return cmp.Or(cmp.Compare(b.Scheme.Year, a.Scheme.Year), cmp.Compare(b.Due(), a.Due()))
	})
	return out
}

func (b Books) position(s grant.Scheme) (p Position, found bool) {
	p = Position{Scheme: s, All: ByState{Of: map[grant.State]Sum{}}}
	cohorts := map[asye.Cohort]*ByState{}
	of := func(start asye.Date) *ByState {
		c := asye.CohortOf(start)
		if cohorts[c] == nil {
			cohorts[c] = &ByState{Cohort: c, Of: map[grant.State]Sum{}}
		}
		return cohorts[c]
	}
	for _, r := range b.Rows {
		if r.Scheme.Key != s.Key {
			continue
		}
		for _, in := range []*ByState{&p.All, of(r.Facts.Start)} {
			in.Of[r.State] = in.Of[r.State].and(r.Pence)
		}
	}
	for _, t := range b.Taken {
		if t.Scheme == s.Key {
			in := of(t.Start)
			in.Taken, p.All.Taken = in.Taken.and(t.Pence), p.All.Taken.and(t.Pence)
		}
	}
	for _, c := range cohorts {
		p.Cohorts = append(p.Cohorts, *c)
	}
	slices.SortFunc(p.Cohorts, func(a, b ByState) int { return cmp.Compare(a.Cohort, b.Cohort) })
	return p, b.booked(&p) || len(cohorts) > 0
}

// booked adds what the ledger and the bank say of a scheme, and reports whether
// they say anything.
func (b Books) booked(p *Position) (found bool) {
	for _, e := range b.Entries {
		if e.Scheme != p.Scheme.Key {
			continue
		}
		found = true
		switch e.Kind {
		case kindPaid:
			p.Paid += e.Pence
			if !e.EffectiveOn.After(p.Scheme.Window.LastDay) {
				p.ByEnd += e.Pence
			}
		case string(statement.KindAdjustment):
			p.Adjusted += signed(e)
		case string(statement.KindInstalment), string(statement.KindInstalmentBack):
			p.Ahead += signed(e)
		}
	}
	for _, r := range b.Received {
		if r.Statement.Scheme == p.Scheme.Key {
			p.Arrived += r.Arrived
		}
	}
	return found
}

// signed is the amount of an entry of an item: below zero where the employer owes
// it.
func signed(e statement.Entry) grant.Pence {
	if e.Debit == statement.Grant {
		return e.Pence
	}
	return -e.Pence
}
