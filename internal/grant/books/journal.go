package books

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
)

// Posting is one side of an entry as the books of an employer have it: either
// its debit or its credit is an amount above zero.
type Posting struct {
	On        asye.Date
	Reference string // of the statement
	Account   string
	Debit     grant.Pence
	Credit    grant.Pence
	Narrative string
}

// Postings are the entries as the employer books them, two for each, so that
// debits and credits come to the same (GRA-50). Our ledger is that of whoever
// pays: what is a cost there is income here, and what is owed there is due here,
// so that the sides are the other way round.
func Postings(entries []statement.Entry, scheme func(key string) string) []Posting {
	out := make([]Posting, 0, 2*len(entries))
	for _, e := range entries {
		narrative := narrative(e, scheme(e.Scheme))
		out = append(out,
			Posting{On: e.EffectiveOn, Reference: e.Origin, Account: atEmployer(e.Credit), Debit: e.Pence, Narrative: narrative},
			Posting{On: e.EffectiveOn, Reference: e.Origin, Account: atEmployer(e.Debit), Credit: e.Pence, Narrative: narrative})
	}
	return out
}

func narrative(e statement.Entry, scheme string) string {
	if e.Kind == kindPaid {
		return "Statement paid: " + scheme
	}
	return statement.Kind(e.Kind).String() + ": " + scheme
}

// kindPaid is the kind of an entry that is no item: the payment of a statement.
const kindPaid = "paid"

// atEmployer is the account by the name that an employer knows.
func atEmployer(a statement.Account) string {
	switch a {
	case statement.Grant:
		return "Grant income"
	case statement.Owed:
		return "Grant due from funder"
	case statement.Bank:
		return "Bank"
	}
	return string(a)
}
