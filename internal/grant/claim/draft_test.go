package claim_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

var ctx = context.Background()

// refused fails the test unless an error is of a kind and says something.
func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if fault.KindOf(err) != kind || err == nil || !strings.Contains(err.Error(), says) {
		t.Fatalf("want a refusal that says %q: %v", says, err)
	}
}

func TestGRA20_ADraftGathersWhatCanBeClaimed(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		first := h.Checked(t, granttest.Ours, 1)
		h.Checked(t, granttest.Ours, 2)
		h.Register(t, granttest.Ours, registrationtest.Entry(3)) // nobody has looked at the register
		h.Checked(t, granttest.Them, 4)
		id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
		must(t, err)
		c, content, err := h.Claims.Open(ctx, granttest.Ours, id)
		must(t, err)
		if len(c.Lines) != 2 || c.Pence != 200000 || len(content.Blocked) != 1 || len(content.Unmet) != 1 {
			t.Fatalf("%d lines of %s, %d blocked, %d conditions", len(c.Lines), c.Pence, len(content.Blocked), len(content.Unmet))
		}
		must(t, h.Claims.LeaveOut(ctx, granttest.Ours, id, c.Version, c.Lines[0].Key(), true))
		if _, content, _ = h.Claims.Open(ctx, granttest.Ours, id); len(content.Lines) != 1 || len(content.Out) != 1 {
			t.Errorf("%d lines, %d left out", len(content.Lines), len(content.Out))
		}
		_, err = h.Claims.Get(ctx, granttest.Them, id)
		refused(t, err, fault.NotFound, "claim")
		must(t, h.Claims.LeaveOut(ctx, granttest.Ours, id, c.Version+1, c.Lines[0].Key(), false))
		if _, content, _ = h.Claims.Open(ctx, granttest.Ours, id); len(content.Lines) != 2 || len(content.Out) != 0 || len(content.Now()) != 3 {
			t.Errorf("%d lines, %d left out, %d claimable", len(content.Lines), len(content.Out), len(content.Now()))
		}
		refused(t, h.Claims.LeaveOut(ctx, granttest.Ours, id, c.Version, c.Lines[0].Key(), true), fault.Conflict, "Someone else changed")
		refused(t, h.Claims.LeaveOut(ctx, granttest.Them, id, 1, c.Lines[0].Key(), true), fault.NotFound, "claim")
		refused(t, h.Claims.LeaveOut(ctx, granttest.Director, id, 1, c.Lines[0].Key(), true), fault.Forbidden, "not for the role")
		withdraw(t, h, granttest.Ours, first, "2026-09-10") // so soon that nothing is due
		if _, content, _ = h.Claims.Open(ctx, granttest.Ours, id); len(content.Lines) != 1 {
			t.Errorf("the draft does not follow: %d lines", len(content.Lines))
		}
	})
}

func TestGRA21_OneOpenClaimOfAScheme(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		start := func(scope tenant.Scope) func() error {
			return func() error {
				_, err := h.Claims.Start(ctx, scope, granttest.Scheme)
				return err
			}
		}
		one(t, atOnce(start(granttest.Ours), start(granttest.Ours), start(granttest.Ours)))
		must(t, start(granttest.Them)())
		refused(t, start(granttest.Ours)(), fault.Conflict, "open already")
		refused(t, start(granttest.Director)(), fault.Forbidden, "not for the role")
		_, err := h.Claims.Start(ctx, granttest.Ours, "nothing")
		refused(t, err, fault.NotFound, "no grant scheme")
		list, err := h.Claims.List(ctx, granttest.Ours)
		must(t, err)
		if len(list) != 1 || list[0].State != claim.Draft || list[0].Org != "a" {
			t.Fatalf("%+v", list)
		}
		refused(t, h.Claims.Discard(ctx, granttest.Them, list[0].ID, list[0].Version), fault.NotFound, "claim")
		must(t, h.Claims.Discard(ctx, granttest.Ours, list[0].ID, list[0].Version))
		refused(t, h.Claims.Discard(ctx, granttest.Ours, list[0].ID, list[0].Version+1), fault.Conflict, "Discarded")
		if list, err = h.Claims.List(ctx, granttest.Ours); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		must(t, start(granttest.Ours)())
	})
}

func TestGRA22_ADirectorSignsExactlyWhatIsThere(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		first := h.Checked(t, granttest.Ours, 1)
		id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
		must(t, err)
		c, _, err := h.Claims.Open(ctx, granttest.Director, id)
		must(t, err)
		refused(t, h.Claims.Sign(ctx, granttest.Ours, id, c.Hash, c.Version), fault.Forbidden, "not for the role")
		refused(t, h.Claims.Sign(ctx, granttest.Director, id, c.Hash, c.Version), fault.Conflict, "Action plan")
		h.Conditions(t, granttest.Ours)
		h.Checked(t, granttest.Ours, 2) // after it was shown
		refused(t, h.Claims.Sign(ctx, granttest.Director, id, c.Hash, c.Version), fault.Conflict, "have changed since")
		if n := h.Count(t, `grant_lines`); n != 0 {
			t.Fatalf("%d lines were kept of what was not signed", n)
		}
		h.Sign(t, granttest.Director, id)
		c = h.Claim(t, granttest.Ours, id)
		if c.State != claim.Signed || len(c.Lines) != 2 || c.Lines[0].Facts.Start != first.StartsOn || len(c.Lines[0].Why) == 0 {
			t.Errorf("%+v", c)
		}
		if err := h.DB.Keep(ctx, statement(`update grant_lines set pence = 1`)); err == nil {
			t.Error("what was signed can be changed")
		}
		if err := h.DB.Keep(ctx, statement(`update grant_lines set facts = '{"start":"2020-01-01"}'`)); err == nil {
			t.Error("the facts that were signed can be changed")
		}
		if claim.Hash(c.Scheme, c.Lines) != c.Hash {
			t.Error("what is kept is not what was signed")
		}
		last := c.Acts[len(c.Acts)-1]
		if last.What != "signed" || last.Hash != c.Hash || last.By == "" {
			t.Errorf("%+v", last)
		}
		refused(t, h.Claims.Sign(ctx, granttest.Director, id, c.Hash, c.Version), fault.Conflict, "Signed")
		refused(t, h.Claims.Reopen(ctx, granttest.Them, id, c.Version), fault.NotFound, "claim")
		must(t, h.Claims.Reopen(ctx, granttest.Ours, id, c.Version))
		if c = h.Claim(t, granttest.Ours, id); c.State != claim.Draft || c.Hash != "" || h.Count(t, `grant_lines`) != 0 {
			t.Errorf("it was opened again: %+v", c)
		}
		refused(t, h.Claims.Sign(ctx, granttest.Another, id, c.Hash, c.Version), fault.NotFound, "claim")
	})
}

// While a director signs, registrations change: what is signed is what was shown,
// or nothing is.
func TestGRA22_SignedWhileARegistrationChanges(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		h.Conditions(t, granttest.Ours)
		id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
		must(t, err)
		signings := 0
		for n := range 8 {
			shown, _, err := h.Claims.Open(ctx, granttest.Director, id)
			must(t, err)
			r := h.Register(t, granttest.Ours, registrationtest.Entry(n+2))
			all := atOnce(
				func() error {
					time.Sleep(time.Duration(n%3) * time.Millisecond) // so that each comes first now and then
					return h.Claims.Sign(ctx, granttest.Director, id, shown.Hash, shown.Version)
				},
				func() error { return h.DB.Keep(ctx, looked(h, r)) })
			must(t, all[1])
			now := h.Claim(t, granttest.Ours, id)
			if all[0] != nil {
				refused(t, all[0], fault.Conflict, "have changed since")
				if now.State != claim.Draft || h.Count(t, `grant_lines`) != 0 {
					t.Fatalf("something was kept of what was not signed: %+v", now)
				}
				continue
			}
			signings++
			if now.Hash != shown.Hash || len(now.Lines) != len(shown.Lines) || claim.Hash(now.Scheme, now.Lines) != shown.Hash {
				t.Fatalf("%d lines were shown and %d signed", len(shown.Lines), len(now.Lines))
			}
			must(t, h.Claims.Reopen(ctx, granttest.Ours, id, now.Version))
		}
		t.Logf("signed %d times of 8", signings)
	})
}

// looked is a look at the regulator's register, by which a payment can be claimed.
func looked(h granttest.House, r registration.Record) func(*db.Tx) error {
	return statement(`insert into register_checks (id, person_id, number, checked_on, result, source, recorded_at) values ($1, $2, 'SW1', $3, 'registered', 'test', $4)`,
		h.DB.Clock().NewID(), string(r.Person), r.StartsOn, h.DB.Clock().Now())
}
