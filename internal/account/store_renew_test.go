package account_test

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// renew gives a session another secret, within a change.
func (s *service) renew(scope tenant.Scope, token string, with account.Way) (account.Started, error) {
	var started account.Started
	err := s.write(scope, func(ctx context.Context, tx *db.Tx) (err error) {
		if started, err = s.Renew(ctx, tx, scope, token, with); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.proved", Kind: "person", ID: string(scope.Person())})
	})
	return started, err
}

func TestACC56_ARenewedSessionIsTheSameWithAnotherSecret(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		scope := tenant.SignedIn(mary, kent, asye.Coordinator)
		s.signIn(t, "mary@example.org") // on another device, which does not count here
		s.move(time.Minute)
		token := s.signIn(t, "mary@example.org")
		was, _, _ := s.Session(t.Context(), token)
		for _, tt := range []struct {
			with           account.Way
			proves, second bool
		}{{"", false, false}, {account.ByMail, true, false}, {account.ByPassword, true, false}, {account.ByCode, true, true}} {
			s.move(10 * time.Minute)
			before, _, _ := s.Session(t.Context(), token)
			started, err := s.renew(scope, token, tt.with)
			if err != nil {
				t.Fatal(err)
			}
			if s.live(t, token) {
				t.Errorf("the old secret opens the session after %q", tt.with)
			}
			if _, err := s.renew(scope, token, ""); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("the old secret renews: %v", err)
			}
			token = started.Token
			now, found, _ := s.Session(t.Context(), token)
			if !found || now.ID != was.ID || now.FormKey != was.FormKey || now.ExpiresAt != was.ExpiresAt || started.Until != was.ExpiresAt {
				t.Errorf("after %q the session is %+v, was %+v", tt.with, now, was)
			}
			if proved := now.ProvedAt != before.ProvedAt; proved != tt.proves || now.IsStrong() != tt.second {
				t.Errorf("after %q: proved %v, two steps %v", tt.with, proved, now.IsStrong())
			}
		}
		other := s.person(t, "Tom Other", as(kent, asye.Coordinator))
		if _, err := s.renew(tenant.SignedIn(other, kent, asye.Coordinator), token, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("another person renews it: %v", err)
		}
	})
}

func TestACC57_WhoseASessionWasThatEnded(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		ctx := t.Context()
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		s.person(t, "Tom Other", as(kent, asye.Coordinator))
		token := s.signIn(t, "mary@example.org")
		was, _, _ := s.Session(ctx, token)
		if _, keys, _ := s.Ended(ctx, tenant.Nobody(), token); len(keys) != 0 {
			t.Error("a session that is alive is taken for one that ended")
		}
		s.move(2 * time.Hour)
		s.signIn(t, "tom@example.org")
		who, keys, err := s.Ended(ctx, tenant.Nobody(), token)
		if err != nil || who != mary || len(keys) != 1 || keys[0] != was.FormKey {
			t.Errorf("%s, %v, %v", who, keys, err)
		}
		if who, keys, _ = s.Ended(ctx, tenant.SignedIn(mary, kent, asye.Coordinator), ""); who != mary || len(keys) != 1 {
			t.Errorf("for the person who has signed in again: %s, %v", who, keys)
		}
		if _, keys, _ = s.Ended(ctx, tenant.SignedIn("tom", kent, asye.Coordinator), ""); len(keys) != 0 {
			t.Error("another person is told")
		}
		if _, keys, _ = s.Ended(ctx, tenant.Nobody(), ""); len(keys) != 0 {
			t.Error("a visitor without a session is told")
		}
		fresh := s.signIn(t, "mary@example.org")
		if err := s.SignOut(ctx, fresh); err != nil {
			t.Fatal(err)
		}
		if _, keys, _ = s.Ended(ctx, tenant.Nobody(), fresh); len(keys) != 0 {
			t.Error("a session that somebody ended on purpose is remembered")
		}
		s.move(25 * time.Hour)
		if err := s.Tidy(ctx, s.d.Clock().Now()); err != nil {
			t.Fatal(err)
		}
		if _, keys, _ = s.Ended(ctx, tenant.Nobody(), token); len(keys) != 0 {
			t.Error("it is remembered after a day")
		}
	})
}

func TestACC59_ShuttingOut(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		kate := tenant.SignedIn(s.person(t, "Kate Admin", as(kent, asye.Administrator)), kent, asye.Administrator)
		leo := tenant.SignedIn(s.person(t, "Leo Admin", as(leeds, asye.Administrator)), leeds, asye.Administrator)
		token := s.signIn(t, "mary@example.org")
		shut := func(scope tenant.Scope) error {
			return s.write(scope, func(ctx context.Context, tx *db.Tx) error {
				if err := s.ShutOut(ctx, tx, scope, mary); err != nil {
					return err
				}
				return tx.Audit(ctx, scope, db.Line{What: "account.waysReset", Kind: "person", ID: string(mary)})
			})
		}
		if err := shut(leo); fault.KindOf(err) != fault.NotFound || !s.live(t, token) {
			t.Errorf("an administrator of another employer: %v", err)
		}
		if err := shut(kate); err != nil || s.live(t, token) {
			t.Errorf("%v", err)
		}
	})
}
