package statement_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

func TestAReportCountsEachMovementOnce(t *testing.T) {
	all := []statement.Movement{
		{asye.LocalAuthority, "London", statement.FigureClaimed, 3000, at("2026-11-01")},
		{asye.LocalAuthority, "London", statement.FigureAccepted, 2000, at("2026-11-30")},
		{asye.NHSBody, "", statement.FigureAccepted, 500, at("2026-12-01")},
		{asye.LocalAuthority, "London", statement.FigurePaid, 1500, at("2026-12-02")},
		{asye.LocalAuthority, "London", statement.FigureRecovered, 700, at("2027-01-02")},
		{asye.LocalAuthority, "London", statement.FigureAdjusted, -100, at("2027-01-03")},
	}
	for by, want := range map[statement.Split][]statement.ReportRow{
		statement.ByType:   {{Key: "local_authority", Claimed: 3000, Accepted: 2000, Adjusted: -100, Recovered: 700, Paid: 1500, Outstanding: -300}, {Key: "nhs", Accepted: 500, Outstanding: 500}},
		statement.ByRegion: {{Key: "", Accepted: 500, Outstanding: 500}, {Key: "London", Claimed: 3000, Accepted: 2000, Adjusted: -100, Recovered: 700, Paid: 1500, Outstanding: -300}},
		statement.ByMonth: {{Key: "2026-11", Claimed: 3000, Accepted: 2000, Outstanding: 2000}, {Key: "2026-12", Accepted: 500, Paid: 1500, Outstanding: 1000},
			{Key: "2027-01", Adjusted: -100, Recovered: 700, Outstanding: 200}},
	} {
		rows, total := statement.Tabulate(all, by)
		if len(rows) != len(want) {
			t.Fatalf("%s: %+v", by, rows)
		}
		for i, row := range rows {
			row.Title = ""
			if row != want[i] {
				t.Errorf("%s: %+v, want %+v", by, row, want[i])
			}
		}
		if total.Outstanding != 200 || total.Claimed != 3000 || total.Paid != 1500 {
			t.Errorf("%s: %+v", by, total)
		}
	}
}

func TestMovementsComeFromClaimsAndTheLedger(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1, 2)
		h.PaidOn(t, at("2026-11-22"))
		takeBack(t, h, mine(t, h, ours)[0].Items[0].Line)
		adjust(t, h, -2500)
		h.At(t, "2027-02-01T09:00:00Z")
		all, err := h.Statements.Movements(ctx, team, scheme)
		must(t, err)
		_, total := statement.Tabulate(all, statement.ByType)
		if want := (statement.ReportRow{Title: "All", Claimed: 200000, Accepted: 200000, Adjusted: -2500, Recovered: 100000, Paid: 200000, Outstanding: -102500}); total != want {
			t.Errorf("%+v, want %+v", total, want)
		}
		if used, err := h.Statements.Used(ctx, team, scheme); err != nil || used != 97500 {
			t.Errorf("%s %v", used, err)
		}
		refused(t, only(h.Statements.Used(ctx, ours, scheme)), fault.Forbidden, "")
		if employers, err := h.Statements.Employers(ctx, team); err != nil || len(employers) != 2 || employers[0].Name != "Ashford" {
			t.Errorf("%+v %v", employers, err)
		}
		refused(t, only(h.Statements.Employers(ctx, ours)), fault.Forbidden, "")
		if other, err := h.Statements.Movements(ctx, team, adults); err != nil || len(other) != 0 {
			t.Errorf("%v %v", other, err)
		}
		_, err = h.Statements.Movements(ctx, ours, scheme)
		refused(t, err, fault.Forbidden, "")
		odd, err := h.Statements.Exceptions(ctx, team)
		if err != nil || len(odd.Owing) != 1 || odd.Owing[0].Pence != -102500 || len(odd.Unconfirmed) != 1 || odd.Unconfirmed[0].Pence != 200000 {
			t.Errorf("%+v %v", odd, err)
		}
		must(t, only(h.Statements.Receive(ctx, ours, []statement.Remittance{{ReceivedOn: at("2026-11-24"), Text: "CAF2627-301-1 DFE", Pence: 200000}})))
		if odd, err = h.Statements.Exceptions(ctx, team); err != nil || len(odd.Unconfirmed) != 0 {
			t.Errorf("%+v %v", odd, err)
		}
		_, err = h.Statements.Exceptions(ctx, ours)
		refused(t, err, fault.Forbidden, "")
	})
}

func TestTalliesSayWhatClosingMeans(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1)
		other := adjustment(-4000)
		other.Org = "b"
		must(t, h.Statements.Adjust(ctx, team, other))
		all, err := h.Statements.Tallies(ctx, team)
		if err != nil || len(all) != 1 || all[0] != (statement.Tally{Scheme: scheme, Open: 2, Pence: 100000, Owing: 1, Owed: 4000}) {
			t.Fatalf("%+v %v", all, err)
		}
		must(t, only(h.Statements.Close(ctx, team, scheme)))
		if all, err = h.Statements.Tallies(ctx, team); err != nil || len(all) != 1 || all[0] != (statement.Tally{Scheme: scheme, Payable: 2, ToBePaid: 100000}) {
			t.Fatalf("%+v %v", all, err)
		}
		_, err = h.Statements.Tallies(ctx, ours)
		refused(t, err, fault.Forbidden, "")
		listed, err := h.Statements.All(ctx, team, statement.Filter{Org: "a"}, 1)
		if err != nil || listed.Count != 1 || listed.Pence != 100000 || listed.Statements[0].OrgName != "Ashford" {
			t.Errorf("%+v %v", listed, err)
		}
		if past, err := h.Statements.All(ctx, team, statement.Filter{}, 2); err != nil || past.Count != 3 || len(past.Statements) != 0 || past.Pence != 96000 {
			t.Errorf("%+v %v", past, err)
		}
		_, err = h.Statements.All(ctx, ours, statement.Filter{}, 1)
		refused(t, err, fault.Forbidden, "")
	})
}

func TestABudgetIsSetOverWhatWasSeen(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		refused(t, h.Statements.SetBudget(ctx, ours, scheme, 0, 100), fault.Forbidden, "")
		refused(t, h.Statements.SetBudget(ctx, team, scheme, 0, 0), fault.Invalid, "more than nothing")
		refused(t, h.Statements.SetBudget(ctx, team, "nothing", 0, 1), fault.NotFound, "")
		must(t, h.Statements.SetBudget(ctx, team, scheme, 0, 30_000_000_00))
		refused(t, h.Statements.SetBudget(ctx, second, scheme, 0, 5), fault.Conflict, "")
		must(t, h.Statements.SetBudget(ctx, second, scheme, 1, 40_000_000_00))
		all, err := h.Statements.Budgets(ctx, team)
		if err != nil || all[scheme] != (statement.Budget{Scheme: scheme, Pence: 40_000_000_00, Version: 2}) {
			t.Errorf("%+v %v", all, err)
		}
		_, err = h.Statements.Budgets(ctx, ours)
		refused(t, err, fault.Forbidden, "")
	})
}

// What is used, waits, can be claimed and will be: each payment is in one of them.
func TestAForecastCountsTheNation(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1)
		h.Checked(t, ours, 2)
		h.Sent(t, ours, granttest.Director)
		h.Checked(t, them, 3, func(e *registration.Entry) { e.StartsOn = at("2026-10-01") })
		h.Register(t, granttest.Them, nobodys())
		rows, err := h.Grants.Nation(ctx, team)
		must(t, err)
		of, _ := h.Grants.Book().Get(scheme)
		f := statement.Foresee(of, statement.Budget{Pence: 500000}, 100000, rows)
		// In the final year everybody on the programme on 1 March is paid for.
		if f.Waiting != 100000 || f.Claimable != 100000 || f.Later != 300000 || f.Expected() != grant.Pence(600000) || f.Left() != -100000 {
			t.Errorf("%+v", f)
		}
		_, err = h.Grants.Nation(ctx, ours)
		refused(t, err, fault.Forbidden, "")
	})
}

// nobodys is a registration that nobody pays for.
func nobodys() registration.Entry {
	e := entry(4)
	e.Eligibility.AlreadyFunded = "yes"
	return e
}
