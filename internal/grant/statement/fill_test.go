package statement_test

import (
	"errors"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

func TestGRA40_WhatIsAcceptedIsOnTheOpenStatement(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1, 2)
		all := mine(t, h, ours)
		if len(all) != 1 || all[0].State != statement.Open || all[0].Pence != 200000 || len(all[0].Items) != 2 || all[0].Reference != "CAF2627-301-1" {
			t.Fatalf("%+v", all)
		}
		i := all[0].Items[0]
		if i.Kind != statement.KindLine || i.Pence != 100000 || i.Milestone != "registration" || i.EffectiveOn != at("2026-09-01") || i.Claim == "" || !strings.HasPrefix(i.Name, "Amara Okafor") {
			t.Errorf("%+v", i)
		}
		if len(mine(t, h, them)) != 0 {
			t.Error("it is on a statement of another employer")
		}
		_, err := h.Statements.Get(ctx, them, all[0].ID)
		refused(t, err, fault.NotFound, "statement")
		_, err = h.Statements.Any(ctx, ours, all[0].ID, 1)
		refused(t, err, fault.Forbidden, "")
		h.Checked(t, ours, 3)
		h.Accepted(t, ours, granttest.Director)
		if all = mine(t, h, ours); len(all) != 1 || all[0].Pence != 300000 {
			t.Errorf("the second claim is not on the statement that is open: %+v", all)
		}
		again := `insert into grant_items (id, statement_id, org_id, kind, line_id, pence, effective_on, recorded_at)
			select 'twice', statement_id, org_id, kind, line_id, pence, effective_on, recorded_at from grant_items where id = $1`
		if err := h.DB.Keep(ctx, exec(again, i.ID)); err == nil {
			t.Error("the database takes a payment twice")
		}
	})
}

func TestGRA41_ARecoveryIsOnTheNextOpenStatement(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1, 2)
		h.PaidOn(t, at("2026-11-22"))
		first := mine(t, h, ours)[0]
		line := first.Items[0].Line
		takeBack(t, h, line)
		all := mine(t, h, ours)
		if len(all) != 2 {
			t.Fatalf("%d statements", len(all))
		}
		next, paid := all[0], all[1]
		if next.State != statement.Open { // both were opened in the same moment of a stopped clock
			next, paid = paid, next
		}
		if next.Pence != -100000 || next.Items[0].Kind != statement.KindRecovery || next.Items[0].Reason != "Left within 28 days" || next.Number != 2 {
			t.Errorf("%+v", next)
		}
		if paid.Pence != 200000 || len(paid.Items) != 2 || paid.Hash != first.Hash {
			t.Errorf("the statement that was paid has changed: %+v", paid)
		}
		l, err := h.Claims.Payment(ctx, team, line)
		must(t, err)
		refused(t, h.Claims.Recover(ctx, team, line, l.Version, "Again"), fault.Conflict, "cannot be taken back")
		landed, err := h.Statements.Of(ctx, team, line)
		if err != nil || len(landed) != 2 {
			t.Fatalf("%+v %v", landed, err)
		}
		if _, err = h.Statements.Of(ctx, ours, line); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%v", err)
		}
	})
}

func TestGRA42_AnAdjustmentHasItsReason(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		for says, edit := range map[string]func(*statement.Adjustment){
			"Choose the employer":          func(a *statement.Adjustment) { a.Org = "" },
			"Choose the scheme":            func(a *statement.Adjustment) { a.Scheme = "" },
			"Enter an amount":              func(a *statement.Adjustment) { a.Pence = 0 },
			"at most":                      func(a *statement.Adjustment) { a.Pence = -1_000_000_01 },
			"Write why":                    func(a *statement.Adjustment) { a.Reason = "  " },
			"500 characters":               func(a *statement.Adjustment) { a.Reason = strings.Repeat("x", 501) },
			"Enter the day":                func(a *statement.Adjustment) { a.On = asye.Date{} },
			"cannot be in the future":      func(a *statement.Adjustment) { a.On = at("2026-11-23") },
			"There is no grant scheme":     func(a *statement.Adjustment) { a.Scheme = "nothing" },
			"There is no such employer":    func(a *statement.Adjustment) { a.Org = "nobody" },
			"There is no such employer: N": func(a *statement.Adjustment) { a.Org = "national" },
		} {
			a := adjustment(5000)
			edit(&a)
			err := h.Statements.Adjust(ctx, team, a)
			says, _, _ = strings.Cut(says, ": N")
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("want %q: %v", says, err)
			}
		}
		if h.Count(t, "grant_items") != 0 {
			t.Fatal("something was adjusted all the same")
		}
		refused(t, h.Statements.Adjust(ctx, ours, adjustment(5000)), fault.Forbidden, "")
		a := adjustment(-1_000_000_00)
		a.On = at("2026-11-22")
		must(t, h.Statements.Adjust(ctx, team, a))
		adjust(t, h, 1_000_000_00)
		st := mine(t, h, ours)[0]
		if len(st.Items) != 2 || st.Pence != 0 {
			t.Fatalf("%+v", st)
		}
		for _, i := range st.Items {
			if i.Kind != statement.KindAdjustment || i.Reason != "Agreed with the auditor" || i.By == "" {
				t.Errorf("%+v", i)
			}
		}
		if h.Count(t, `audit_lines where what = 'grant.adjusted' and subject_id = $1`, st.ID) != 2 {
			t.Error("no line of the audit trail says which statement was adjusted")
		}
	})
}

func TestGRA43_WhatIsClosedStays(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		_, err := h.Statements.Close(ctx, team, scheme)
		refused(t, err, fault.Conflict, "has anything on it")
		accepted(t, h, 1, 2)
		_, err = h.Statements.Close(ctx, ours, scheme)
		refused(t, err, fault.Forbidden, "")
		_, err = h.Statements.Close(ctx, team, "nothing")
		refused(t, err, fault.NotFound, "")
		if n, err := h.Statements.Close(ctx, team, scheme); err != nil || n != 1 {
			t.Fatalf("%d closed: %v", n, err)
		}
		first := mine(t, h, ours)[0]
		if first.State != statement.Payable || first.Hash != statement.HashOf(first.Items) || first.ClosedAt.IsZero() {
			t.Errorf("%+v", first)
		}
		adjust(t, h, 5000)
		if again, _ := h.Statements.Get(ctx, ours, first.ID); again.Pence != 200000 || len(again.Items) != 2 {
			t.Errorf("what came later is on the statement that was closed: %+v", again)
		}
		for _, text := range []string{
			`update grant_statements set pence = 1 where id = $1`,
			`update grant_statements set content_hash = 'x' where id = $1`,
			`update grant_items set pence = 1 where statement_id = $1`,
			`delete from grant_items where statement_id = $1`,
			`delete from grant_entries where item_id in (select id from grant_items where statement_id = $1)`,
			`update grant_entries set pence = 1 where item_id in (select id from grant_items where statement_id = $1)`,
			`delete from grant_statements where id = $1`,
			`insert into grant_items (id, statement_id, org_id, kind, pence, effective_on, recorded_at) values ('more', $1, 'a', 'instalment', 1, '2026-11-01', '2026-11-01T00:00:00Z')`,
		} {
			if err := h.DB.Keep(ctx, exec(text, first.ID)); err == nil {
				t.Errorf("the database does it: %s", text)
			}
		}
	})
}

func TestGRA44_WhatIsOwedIsCarriedOver(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		adjust(t, h, -30000)
		must(t, only(h.Statements.Close(ctx, team, scheme)))
		all := byNumber(mine(t, h, ours))
		if len(all) != 2 || all[0].Pence != 0 || all[0].State != statement.Payable || all[1].Pence != -30000 || all[1].Items[0].Kind != statement.KindCarried {
			t.Fatalf("%+v", all)
		}
		if len(entries(t, h)) != 1 {
			t.Errorf("what is carried over is booked again: %+v", entries(t, h))
		}
		_, err := h.Statements.Close(ctx, team, scheme)
		refused(t, err, fault.Conflict, "has anything on it") // nothing but what was carried over
		adjust(t, h, 50000)
		must(t, only(h.Statements.Close(ctx, team, scheme)))
		if all = byNumber(mine(t, h, ours)); len(all) != 2 || all[1].Pence != 20000 {
			t.Errorf("%+v", all)
		}
	})
}

func byNumber(all []statement.Statement) []statement.Statement {
	out := make([]statement.Statement, len(all))
	for _, st := range all {
		out[st.Number-1] = st
	}
	return out
}

// The steps of a payment are part of another change, and go with it.
func TestGRA40_AStepGoesWithTheChangeThatItIsPartOf(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		for _, who := range []tenant.Scope{ours, them, team} {
			stopped := errors.New("stopped")
			err := h.DB.Write(ctx, team, func(tx *db.Tx) error {
				due := statement.Due{Org: "a", Scheme: adults, Pence: 5000, On: at("2026-11-01"), Line: "none", Reason: "None"}
				if err := h.Statements.Accept(ctx, tx, who, []statement.Due{due}); err == nil {
					t.Errorf("%s: a payment of no claim is on a statement", who.Role())
				}
				return stopped
			})
			if !errors.Is(err, stopped) {
				t.Fatal(err)
			}
			err = h.DB.Write(ctx, team, func(tx *db.Tx) error {
				return h.Statements.TakeBack(ctx, tx, who, statement.Due{Org: "a", Scheme: "nothing", Pence: 5000, Line: "none", Reason: "None"})
			})
			refused(t, err, fault.NotFound, "There is no grant scheme")
		}
		if h.Count(t, "grant_items") != 0 || h.Count(t, "grant_statements") != 0 {
			t.Error("something of what was stopped has stayed")
		}
	})
}
