package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

func TestREG41_TransferEndToEnd(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		self := tenant.SignedIn(r.Person, "a", asye.NQSW)
		wanted := registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-15")}
		wrong := wanted
		wrong.DateOfBirth = at("1998-02-04")
		if p := fault.ProblemsOf(h.Claim(ctx, them, wrong)); p == nil {
			t.Error("a claim with a wrong date of birth found somebody")
		}
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "", at("2026-12-01")))
		must(t, h.Claim(ctx, them, wanted))
		mine, err := h.Mine(ctx, self)
		must(t, err)
		if mine.OpenTransfer().Status != registration.TransferAgreed {
			t.Fatalf("transfer is %s", mine.OpenTransfer().Status)
		}
		must(t, h.Confirm(ctx, self, mine.OpenTransfer().ID))
		h.Until(t, at("2026-12-15"))
		if _, err := h.Get(ctx, ours, r.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the losing employer still sees the record: %v", err)
		}
		moved := h.Record(t, them, r.ID)
		if len(moved.Employments) != 2 || moved.DueOn != at("2027-09-15") || moved.Deferrals != 0 || moved.CoordinatedBy().Person != "" {
			t.Errorf("14 days between employers: due %s, %d deferrals, %v", moved.DueOn, moved.Deferrals, moved.Employments)
		}
	})
}

func TestREG45_DisputeIsRuledOn(t *testing.T) {
	for _, moves := range []bool{true, false} {
		each(t, func(t *testing.T, h house) {
			r := h.Register(t, ours, entry(1))
			must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
			must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "Still works here"))
			queue, err := h.Disputes(ctx, team)
			if err != nil || len(queue) != 1 || queue[0].Dispute != "The losing employer says: Still works here" {
				t.Fatalf("%v, %v", queue, err)
			}
			ruling := registration.Ruling{Moves: moves, LeavesOn: at("2026-12-01"), JoinsOn: at("2026-12-01"), Why: "Payroll says so"}
			must(t, h.Rule(ctx, team, queue[0].ID, queue[0].Version, ruling))
			h.Until(t, at("2026-12-01"))
			owner := ours
			if moves {
				owner = them
			}
			if got := h.Record(t, owner, r.ID); got.OpenTransfer() != nil {
				t.Errorf("still open: %v", got.OpenTransfer())
			}
			if n := h.Count(t, `audit_lines where actor_id = 'nat' and on_behalf_of = $1`, string(r.Person)); n != 1 {
				t.Errorf("%d lines say on whose behalf", n)
			}
		})
	}
}

func TestREG46_MergerMovesRunningYears(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		running, ended := h.Register(t, ours, entry(1)), h.Register(t, ours, entry(2))
		must(t, h.Decide(ctx, ours, ended.ID, ended.Version, registration.Outcome{Result: "withdrawn",
			DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		must(t, h.DB.Write(ctx, team, func(tx *db.Tx) error { return h.MoveAll(ctx, tx, team, "a", "b", at("2026-12-01")) }))
		if got := h.Record(t, them, running.ID); len(got.Employments) != 2 || got.DueOn != running.DueOn {
			t.Errorf("moved: %v, due %s", got.Employments, got.DueOn)
		}
		h.Record(t, ours, ended.ID)
	})
}

func TestTwoClaimsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		w := registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}
		results := make(chan error, 6)
		for range 6 {
			go func() { results <- h.Claim(ctx, them, w) }()
		}
		won := 0
		for range 6 {
			if <-results == nil {
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d claims went through, want 1", won)
		}
	})
}
