package account_test

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Whatever becomes of Mary, nothing becomes of Bo, who works as the same and has
// the same.
func TestNobodyElseIsTouched(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		ctx, scope := t.Context(), tenant.SignedIn(c.mary, kent, asye.Coordinator)
		link := func(of asye.PersonID) error {
			_, err := s.SignInLink(ctx, of, account.Example)
			return err
		}
		bo := s.enter(t, c.both, kent)
		kind(t, "Bo's link", link(c.both), fine)
		if err := s.Give(ctx, c.kentAdmin, c.mary, as(kent, asye.Administrator)); err != nil {
			t.Fatal(err)
		}
		token := ""
		for _, step := range []struct {
			name string
			do   func() error
		}{
			{"signing in", func() error { token = s.enter(t, c.mary, kent); return nil }},
			{"a link", func() error { return link(c.mary) }},
			{"changing roles", func() error {
				_, err := s.Switch(ctx, scope, token, as(kent, asye.Coordinator))
				return err
			}},
			{"leaving", func() error { return s.End(ctx, c.kentAdmin, c.mary, as(kent, asye.Coordinator)) }},
			{"being shut out", func() error { return s.SetDisabled(ctx, c.kentAdmin, c.mary, true) }},
		} {
			s.move(time.Minute)
			had := accounttest.Belongings(t, s.d, c.both)
			kind(t, step.name, step.do(), fine)
			if has := accounttest.Belongings(t, s.d, c.both); has != had {
				t.Errorf("after %s Bo has\n%snot\n%s", step.name, has, had)
			}
		}
		if !s.live(t, bo) {
			t.Error("Bo is signed out")
		}
	})
}

// enter lets somebody in to an organisation, and gives the token of their
// session.
func (s *service) enter(t *testing.T, id asye.PersonID, org asye.OrganisationID) string {
	t.Helper()
	var started account.Started
	err := s.write(tenant.Nobody(), func(ctx context.Context, tx *db.Tx) (err error) {
		started, err = s.Enter(ctx, tx, account.Entry{Person: id, Org: org, Way: account.ByProvider})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.move(time.Minute)
	return started.Token
}

// Bo works for Kent and for Leeds, as the same.
func TestOneOfTwoOrganisations(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		ctx, leaves := t.Context(), func(want asye.OrganisationID, token, when string) {
			t.Helper()
			if one, _, err := s.Session(t.Context(), token); err != nil || one.Org != want {
				t.Errorf("%s they are at %q, %v", when, one.Org, err)
			}
		}
		leaves(leeds, s.enter(t, c.both, leeds), "invited by Leeds")
		other := s.enter(t, c.both, kent)
		leaves(kent, other, "invited by Kent, though at Leeds the last time,")
		token := s.enter(t, c.both, "")
		leaves(kent, token, "where they last were")
		for _, to := range []asye.OrganisationID{leeds, kent} {
			one, _, _ := s.Session(ctx, token)
			started, err := s.Switch(ctx, tenant.SignedIn(c.both, one.Org, one.Role), token, as(to, asye.Coordinator))
			if err != nil {
				t.Fatal(err)
			}
			token = started.Token
			s.move(time.Minute)
			leaves(to, token, "having changed")
			leaves(kent, other, "on the other device")
			leaves(to, s.enter(t, c.both, ""), "having changed before")
		}
		end := func(by tenant.Scope, org asye.OrganisationID) error {
			return s.End(ctx, by, c.both, as(org, asye.Coordinator))
		}
		kind(t, "leaving Kent", end(c.natAdmin, kent), fine)
		kind(t, "leaving Kent again", end(c.natAdmin, kent), fault.Conflict)
		leaves(leeds, s.enter(t, c.both, ""), "having left Kent")
	})
}

// Who has lost their role since the page was opened changes nothing by it, also
// where they have the same role elsewhere.
func TestWhoseRoleHasEndedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		if err := s.Give(t.Context(), c.natAdmin, c.kate, as(leeds, asye.Administrator)); err != nil {
			t.Fatal(err)
		}
		kind(t, "Kate's role at Kent", s.End(t.Context(), c.natAdmin, c.kate, as(kent, asye.Administrator)), fine)
		kind(t, "disabling", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true), fault.Forbidden)
		err := s.write(c.kentAdmin, func(ctx context.Context, tx *db.Tx) error {
			if err := s.ShutOut(ctx, tx, c.kentAdmin, c.mary); err != nil {
				return err
			}
			return tx.Audit(ctx, c.kentAdmin, db.Line{What: "account.waysReset", Kind: "person", ID: string(c.mary)})
		})
		kind(t, "taking away what they can show", err, fault.Forbidden)
	})
}
