package books_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	. "example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/statement"
)

func row(of grant.Scheme, start string, state grant.State, pence grant.Pence) grant.Row {
	return grant.Row{Entitlement: grant.Entitlement{Scheme: of, Facts: grant.Facts{Start: day(start)}, State: state, Pence: pence}}
}

func TestGRA53_WhereAnEmployerStands(t *testing.T) {
	book, err := grant.Load(grant.Files())
	if err != nil {
		t.Fatal(err)
	}
	of := scheme(t, "child-and-family-2026-27")
	b := Books{
		Rows: []grant.Row{row(of, "2025-09-01", grant.Paid, 100000), row(of, "2025-09-01", grant.Recover, 100000), row(of, "2026-09-01", grant.Claimable, 100000),
			row(of, "2026-09-01", grant.NotYet, 100000), row(of, "2026-09-02", grant.Claimed, 100000), row(of, "2026-09-03", grant.Never, 0),
			row(grant.Scheme{}, "2020-09-01", grant.Never, 0)},
		Taken: []Taken{{of.Key, day("2025-09-01"), 100000}, {"adults-2026-27", day("2026-02-01"), 5}},
		Entries: []statement.Entry{
			{Scheme: of.Key, Kind: "line", Debit: statement.Grant, Credit: statement.Owed, Pence: 200000, EffectiveOn: day("2026-10-01")},
			{Scheme: of.Key, Kind: "adjustment", Debit: statement.Owed, Credit: statement.Grant, Pence: 2500, EffectiveOn: day("2026-10-02")},
			{Scheme: of.Key, Kind: "paid", Debit: statement.Owed, Credit: statement.Bank, Pence: 150000, EffectiveOn: of.Window.LastDay},
			{Scheme: of.Key, Kind: "paid", Debit: statement.Owed, Credit: statement.Bank, Pence: 40000, EffectiveOn: of.Window.LastDay.AddDays(1)},
			{Scheme: "adults-2026-27", Kind: "instalment", Debit: statement.Grant, Credit: statement.Owed, Pence: 240000},
			{Scheme: "adults-2026-27", Kind: "instalment_back", Debit: statement.Owed, Credit: statement.Grant, Pence: 160000},
		},
		Received: []statement.Reconciled{{Statement: statement.Statement{Scheme: of.Key}, Arrived: 149900}},
	}
	got := Positions(book, b)
	if len(got) != 2 {
		t.Fatalf("%d schemes", len(got))
	}
	var p, adults Position
	for _, one := range got {
		if one.Scheme.Key == of.Key {
			p = one
		} else {
			adults = one
		}
	}
	if p.All.Expected() != 400000 || p.Adjusted != -2500 || p.Due() != 397500 {
		t.Errorf("expected %s, adjusted %s, due %s", p.All.Expected(), p.Adjusted, p.Due())
	}
	if p.Paid != 190000 || p.ByEnd != 150000 || p.AtEnd() != 247500 || p.Arrived != 149900 {
		t.Errorf("paid %s, by the end %s, at the end %s, arrived %s", p.Paid, p.ByEnd, p.AtEnd(), p.Arrived)
	}
	if len(p.Cohorts) != 2 || p.Cohorts[0].Cohort != asye.Cohort(2025) || p.Cohorts[0].Of[grant.Paid] != (Sum{1, 100000}) || p.Cohorts[0].Taken != (Sum{1, 100000}) ||
		p.Cohorts[1].Of[grant.Never] != (Sum{1, 0}) || p.Cohorts[1].Expected() != 300000 {
		t.Errorf("%+v", p.Cohorts)
	}
	var sum grant.Pence
	for _, c := range p.Cohorts {
		sum += c.Expected()
	}
	if sum != p.All.Expected() {
		t.Errorf("the cohorts come to %s of %s", sum, p.All.Expected())
	}
	if adults.Ahead != 80000 {
		t.Errorf("%s was paid ahead", adults.Ahead)
	}
}
