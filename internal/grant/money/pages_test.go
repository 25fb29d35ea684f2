package money_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/money"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web/webtest"
)

func TestWhoMayOpenWhat(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	st := h.paid(t)
	read := []string{paths.GrantStatements(), paths.GrantStatement(st.ID), paths.GrantMoney(), paths.GrantYear(), paths.GrantJournal()}
	act := []string{paths.GrantMoneyNew(), paths.GrantMoneyLine(), paths.GrantEstimate("adults-2026-27")}
	for _, role := range asye.Roles() {
		b := h.As(t, tenant.SignedIn("co-a", "a", role))
		for _, page := range append(read, act...) {
			want := 403
			if role == asye.Coordinator || role == asye.Director && !slices.Contains(act, page) {
				want = 200
			}
			if got := b.Get(page).Status; got != want {
				t.Errorf("%s opens %s with %d, want %d", role, page, got, want)
			}
		}
	}
	h.As(t, them).Get(paths.GrantStatement(st.ID)).Is(404)
	h.As(t, them).Get(paths.GrantStatements()).Is(200, "No statements yet").Lacks(st.Reference)
	h.As(t, them).Get(paths.GrantMoney()).Is(200).Lacks(st.Reference)
	if body := h.As(t, them).Get(paths.GrantJournal()).Is(200).Body; strings.Contains(body, st.Reference) {
		t.Error("another employer reads the journal")
	}
}

func TestStatementPages(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.accepted(t)
		b := h.As(t, director)
		open := h.only(t)
		b.Get(paths.GrantStatements()).Is(200, open.Reference, "Open", "until they close it", "£2,000.00")
		h.settle(t)
		st := h.only(t)
		page := b.Get(paths.GrantStatement(st.ID)).Is(200, "Paid", "It was paid on", "£2,000.00 in 2 items", "Payment: registration", "CLAIM-2026-27", "nothing received", "5 days after it was paid")
		for _, i := range st.Items {
			page.Says(i.Name)
		}
		csv := b.Get(paths.GrantStatementFile(st.ID, "csv")).Is(200).Body
		if strings.Count(csv, "\n") != 3 || !strings.Contains(csv, st.Reference+",") || !strings.Contains(csv, ",1000.00,") {
			t.Errorf("the file has %s", csv)
		}
		if body := b.Get(paths.GrantStatementFile(st.ID, "xlsx")).Is(200).Body; !strings.HasPrefix(body, "PK") {
			t.Error("the workbook is none")
		}
		b.Get(paths.GrantStatementFile(st.ID, "doc")).Is(422, "Choose xlsx or csv")
		b.Get(paths.GrantAnnounced(st.ID)).Is(403)
	})
}

func TestGRA50_TheJournalIsAFileThatBalances(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		st := h.paid(t)
		body := h.As(t, director).Get(paths.GrantJournal()).Is(200).Body
		lines := strings.Split(strings.TrimSpace(body), "\r\n")
		if len(lines) != 7 || !strings.HasSuffix(lines[0], "Date,Reference,Account,Debit,Credit,Narrative") {
			t.Fatalf("%q", lines)
		}
		var debit, credit float64
		for _, l := range lines[1:] {
			cells := strings.Split(l, ",")
			var d, c float64
			fmt.Sscan(cells[3], &d)
			fmt.Sscan(cells[4], &c)
			debit, credit = debit+d, credit+c
			if cells[1] != st.Reference {
				t.Errorf("%q", l)
			}
		}
		if debit != 4000 || credit != 4000 {
			t.Errorf("debits are %v, credits %v", debit, credit)
		}
	})
}

// follow goes where a form leads.
func follow(b *webtest.Browser, p webtest.Page) webtest.Page { return b.Get(p.Is(303).Location) }

func TestGRA47_BringInAndReconcile(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		st := h.paid(t)
		day := clock.Today(h.DB.Clock()).AddDays(-2).ISO()
		b := h.As(t, ours)
		b.Get(paths.GrantMoney()).Is(200, "Nothing received", "£2,000.00", "5 days", "Up to 30 days")
		b.Get(paths.GrantMoneyNew()).Attach("file", "", nil).Is(422, "Choose the file from your bank")
		b.Get(paths.GrantMoneyNew()).Attach("file", "x.csv", []byte("Name,Sum\nA,1\n")).Is(422, "no column for the day")
		bad := "Date,Reference,Amount\n" + day + ",A,1.00\n31/02/2026,B,2.00\n" + day + ",C,ten\n"
		b.Get(paths.GrantMoneyNew()).Attach("file", "bank.csv", []byte(bad)).Is(422, "2 rows of the file cannot be read, and nothing was kept", "31/02/2026", "ten")
		if n := h.Count(t, "journey_drafts") + h.Count(t, "grant_remittances"); n != 0 {
			t.Fatalf("%d rows were kept of a file that is wrong", n)
		}
		file := "Date,Description,Paid in\n" + day + ",DFE " + strings.ToLower(st.Reference) + ",1999.00\n" + day + ",\"=RATES <b>\",25.50\n" + day + ",SALARY,\n"
		check := follow(b, b.Get(paths.GrantMoneyNew()).Attach("file", "bank.csv", []byte(file))).Is(200, "2 amounts can be brought in: £2,024.50", "1 row without an amount", st.Reference, "Not known", "Only the 1 with")
		if h.Count(t, "grant_remittances") != 0 {
			t.Fatal("something was brought in before it was confirmed")
		}
		b.Get(paths.GrantMoneyNew()).Is(200, "has not been confirmed")
		check.Submit("bring=").Is(422, "Choose which amounts")
		follow(b, check.Submit("bring=all")).Is(200, "Short", "£1.00", "=RATES <b>", "Say what it is for", "£25.50")
		if h.Count(t, "journey_drafts") != 0 {
			t.Error("what was read is still there")
		}
		again := follow(b, b.Get(paths.GrantMoneyNew()).Attach("file", "bank.csv", []byte(file))).Is(200, "There is nothing to bring in", "2 amounts were brought in before")
		follow(b, again.Press(paths.GrantMoneyDiscard())).Is(200)
		b.Get(paths.GrantMoneyCheck(1)).LeadsTo(paths.GrantMoneyNew())

		all, err := h.Statements.Remittances(ctx, ours)
		must(t, err)
		rates := all[0]
		if rates.Pence != 2550 {
			rates = all[1]
		}
		hold := b.Get(paths.GrantMoneyHold(rates.ID)).Is(200, "£25.50", "£1.00 of it has not arrived", "It is for none of them")
		hold.Submit().Is(422, "Choose the statement")
		hold.Submit("statement=none").Is(422, "Write what you have found out")
		h.As(t, them).Get(paths.GrantMoneyHold(rates.ID)).Is(404)
		hold.Submit("statement=none", "note=Rates, passed on").LeadsTo(paths.GrantMoney())
		hold.Submit("statement="+st.ID).Is(409, "This has changed since")
		b.Get(paths.GrantMoney()).Is(200, "None: Rates, passed on").Lacks("Unexpected money")
		b.Get(paths.GrantMoneyHold(rates.ID)).Is(200).Has("Rates, passed on")
		h.As(t, director).Get(paths.GrantMoney()).Is(200, "Short").Lacks("Say what it is for", "Bring in", "Change")
	})
}

func TestGRA47_OneAmountIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		st := h.paid(t)
		day := clock.Today(h.DB.Clock()).AddDays(-1)
		b := h.As(t, ours)
		b.Get(paths.GrantMoneyLine()).Submit("text=DFE", "amount=ten", "received_on-day=31", "received_on-month=2", "received_on-year=2026").
			Is(422, "must be a real date", "not an amount of money").Has(`value="ten"`, `value="DFE"`, `value="31"`)
		check := follow(b, b.Get(paths.GrantMoneyLine()).Submit("text=DFE payment", "amount=2,000", "received_on="+day.ISO())).Is(200, "Perhaps "+st.Reference, "£2,000.00").Lacks("Which amounts")
		follow(b, check.Submit()).Is(200, "Unexpected money", st.Reference)
		check.Submit().LeadsTo(paths.GrantMoney()) // sent twice
		all, err := h.Statements.Remittances(ctx, ours)
		must(t, err)
		b.Get(paths.GrantMoneyHold(all[0].ID)).Is(200, "Suggested").Has(`value="` + st.ID + `" checked`)
		b.Get(paths.GrantMoneyHold(all[0].ID)).Submit("statement=" + st.ID).LeadsTo(paths.GrantMoney())
		b.Get(paths.GrantMoney()).Is(200, "Matched").Lacks("Unexpected money", "Up to 30 days")
	})
}

func TestGRA47_WhatWasReadLastIsConfirmed(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	h.paid(t)
	day := clock.Today(h.DB.Clock()).AddDays(-1).ISO()
	b := h.As(t, ours)
	stale := follow(b, b.Get(paths.GrantMoneyLine()).Submit("text=ONE", "amount=1", "received_on="+day))
	follow(b, b.Get(paths.GrantMoneyLine()).Submit("text=TWO", "amount=2", "received_on="+day))
	stale.Submit().Is(409, "Something else has been read since", "TWO")
	if h.Count(t, "grant_remittances") != 0 {
		t.Error("what was not on the page was brought in")
	}
}

func TestCardsTellOfShortAndUnexpectedMoney(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	h.paid(t)
	st := h.only(t)
	today := clock.Today(h.DB.Clock())
	told := func(who tenant.Scope, day asye.Date) (out []string) {
		cards, err := money.Cards(h.Statements)(ctx, who, day)
		must(t, err)
		for _, c := range cards {
			out = append(out, c.Title())
		}
		return out
	}
	if got := told(ours, today); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := told(ours, today.AddDays(3)); fmt.Sprint(got) != "[Payment that has not arrived]" {
		t.Errorf("%v", got)
	}
	_, err := h.Statements.Receive(ctx, ours, remittances(today, st.Reference, 199999, "OTHER", 5))
	must(t, err)
	if got := told(ours, today); fmt.Sprint(got) != "[Payment that fell short Unexpected amount of money]" {
		t.Errorf("%v", got)
	}
	if got := append(told(them, today), told(director, today)...); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
