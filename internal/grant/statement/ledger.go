package statement

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
)

// Account is one of the three that money moves between.
type Account string

// The accounts.
const (
	Grant Account = "grant" // what the scheme has cost
	Owed  Account = "owed"  // what is due to employers
	Bank  Account = "bank"
)

// Accounts lists them.
func Accounts() []Account { return []Account{Grant, Owed, Bank} }

// Entry takes an amount from the account that is credited to the one that is
// debited.
type Entry struct {
	ID          string
	Org         asye.OrganisationID
	OrgName     string
	Scheme      string
	Debit       Account
	Credit      Account
	Pence       grant.Pence
	Origin      string // the reference of the statement that it is of
	Kind        string // what it is: that of an item, or a payment
	EffectiveOn asye.Date
	RecordedAt  asye.Instant
}

// Balances are what each account comes to: debits less credits. They always sum
// to nothing.
func Balances(entries []Entry) map[Account]grant.Pence {
	out := map[Account]grant.Pence{}
	for _, e := range entries {
		out[e.Debit] += e.Pence
		out[e.Credit] -= e.Pence
	}
	return out
}

// accountsOf are the accounts that an item is booked between: what is due to the
// employer costs the scheme, and what it owes is taken off that.
func accountsOf(pence grant.Pence) (debit, credit Account, amount grant.Pence) {
	if pence < 0 {
		return Owed, Grant, -pence
	}
	return Grant, Owed, pence
}
