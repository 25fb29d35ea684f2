package books_test

import (
	"testing"

	"example.org/asye/internal/grant"
	. "example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/statement"
	"pgregory.net/rapid"
)

func TestGRA50_TheJournalBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []statement.Entry
		for range rapid.IntRange(0, 20).Draw(t, "entries") {
			debit := rapid.SampledFrom(statement.Accounts()).Draw(t, "debit")
			credit := rapid.SampledFrom(statement.Accounts()).Filter(func(a statement.Account) bool { return a != debit }).Draw(t, "credit")
			entries = append(entries, statement.Entry{Debit: debit, Credit: credit, Pence: grant.Pence(rapid.Int64Range(1, 1e12).Draw(t, "pence")), Kind: "line"})
		}
		var debits, credits grant.Pence
		rows := Postings(entries, func(key string) string { return key })
		for _, p := range rows {
			if (p.Debit > 0) == (p.Credit > 0) || p.Debit < 0 || p.Credit < 0 {
				t.Fatalf("%+v is on both sides, or on none", p)
			}
			debits, credits = debits+p.Debit, credits+p.Credit
		}
		if debits != credits || len(rows) != 2*len(entries) {
			t.Fatalf("%s of debits, %s of credits, %d rows of %d entries", debits, credits, len(rows), len(entries))
		}
		var all grant.Pence
		for _, balance := range statement.Balances(entries) {
			all += balance
		}
		if all != 0 {
			t.Fatalf("the accounts come to %s", all)
		}
	})
}

func TestGRA50_TheEmployersSideOfIt(t *testing.T) {
	rows := Postings([]statement.Entry{{Scheme: "s", Debit: statement.Grant, Credit: statement.Owed, Pence: 100000, Origin: "CAF2627-301-1", Kind: "line", EffectiveOn: day("2026-10-01")},
		{Scheme: "s", Debit: statement.Owed, Credit: statement.Bank, Pence: 100000, Origin: "CAF2627-301-1", Kind: "paid", EffectiveOn: day("2026-11-01")}},
		func(string) string { return "Child and family" })
	want := []Posting{
		{day("2026-10-01"), "CAF2627-301-1", "Grant due from funder", 100000, 0, "Payment: Child and family"},
		{day("2026-10-01"), "CAF2627-301-1", "Grant income", 0, 100000, "Payment: Child and family"},
		{day("2026-11-01"), "CAF2627-301-1", "Bank", 100000, 0, "Statement paid: Child and family"},
		{day("2026-11-01"), "CAF2627-301-1", "Grant due from funder", 0, 100000, "Statement paid: Child and family"},
	}
	for i, w := range want {
		if rows[i] != w {
			t.Errorf("row %d: %+v, want %+v", i, rows[i], w)
		}
	}
}
