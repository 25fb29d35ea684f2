package grant_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// Two employers are paid for two records, which turn out to be one person: the
// payment that was claimed later is to be recovered, and neither can be claimed
// again.
func TestGRA16_TwoRecordsOfOnePersonArePaidForOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		first := h.Checked(t, granttest.Ours, 1, func(e *registration.Entry) { e.StartsOn = asye.MustDate("2026-05-04") })
		registrationtest.Must(t, h.Decide(ctx, granttest.Ours, first.ID, first.Version, registration.Outcome{Result: registration.ResultWithdrawn,
			DecidedOn: asye.MustDate("2026-08-03"), Reason: first.Rules.Withdrawals[0].Key, Concerns: "no"}))
		h.At(t, "2026-11-23T09:00:00Z")
		h.Check(t, first.Person, asye.MustDate("2026-11-01"))
		second := h.Checked(t, granttest.Them, 2)
		h.Conditions(t, granttest.Ours)
		h.Conditions(t, granttest.Them)
		h.Accepted(t, granttest.Ours, granttest.Director)
		h.At(t, "2026-11-23T10:00:00Z")

		pair := func(decision string) {
			h.Run(t, `delete from duplicates`)
			h.Run(t, `insert into duplicates (id, person_id, other_id, why, found_at, decision) values ('pair', $1, $2, 'number', $3, $4)`,
				string(second.Person), string(first.Person), h.DB.Clock().Now(), decision)
		}
		pair("")
		rows, err := h.Grants.Due(ctx, granttest.Them)
		registrationtest.Must(t, err)
		if rows[0].State != grant.Claimable || len(rows[0].Missing) != 1 {
			t.Fatalf("while nobody has said, it is %s and misses %v", rows[0].State, rows[0].Missing)
		}
		h.Run(t, `delete from duplicates`) // nobody has noticed
		later := h.Accepted(t, granttest.Them, granttest.Another)
		pair("")
		registrationtest.Must(t, h.Judge(ctx, granttest.Team, "pair", true, "The same number"))

		doubts, err := h.Grants.Doubts(ctx, granttest.Team)
		registrationtest.Must(t, err)
		if len(doubts) != 1 || doubts[0].Standing.ID != later.Lines[0].ID || doubts[0].Org != "b" {
			t.Errorf("to be recovered: %+v", doubts)
		}
		if got, want := states(t, h, granttest.Them), "Okafor1 registration: claimed, Okafor1 completion: not_yet"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}
