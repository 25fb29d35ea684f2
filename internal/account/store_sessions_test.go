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

func TestSessionEnds(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		idle := s.signIn(t, "mary@example.org")
		s.move(2*time.Hour - time.Second)
		if !s.live(t, idle) {
			t.Error("ACC-8 unused for a second less than two hours: ended")
		}
		s.move(2 * time.Hour)
		if s.live(t, idle) {
			t.Error("ACC-8 unused for two hours: alive")
		}
		busy := s.signIn(t, "mary@example.org")
		for range 11 {
			s.move(time.Hour)
			if !s.live(t, busy) {
				t.Fatal("ACC-8 a session in use ended early")
			}
		}
		s.move(time.Hour - time.Second)
		if !s.live(t, busy) {
			t.Error("ACC-8 a second before twelve hours: ended")
		}
		s.move(time.Second)
		if s.live(t, busy) {
			t.Error("ACC-8 after twelve hours: alive")
		}
		if s.live(t, "") || s.live(t, "guess") {
			t.Error("a token that nobody was given opens a session")
		}
	})
}

func TestLastUseIsWrittenOnceAMinute(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		token := s.signIn(t, "mary@example.org")
		seen := func() (at asye.Instant) {
			s.live(t, token)
			if err := s.d.QueryRow(t.Context(), `select last_seen_at from sessions`).Scan(&at); err != nil {
				t.Fatal(err)
			}
			return at
		}
		first := seen()
		s.move(59 * time.Second)
		if seen() != first {
			t.Error("written again within a minute")
		}
		s.move(time.Second)
		if seen() != first.Add(time.Minute) {
			t.Error("not written after a minute")
		}
	})
}

func TestLastUseDoesNotHoldAPageUp(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		token := s.signIn(t, "mary@example.org")
		s.move(10 * time.Minute)
		busy, done, ended := make(chan struct{}), make(chan struct{}), make(chan error)
		go func() {
			ended <- s.d.Keep(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec(context.Background(), `update sessions set device = 'an import'`)
				close(busy)
				<-done
				return err
			})
		}()
		<-busy
		if !s.live(t, token) {
			t.Error("ACC-8 a page was refused because the database was busy")
		}
		close(done)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// Whoever disables a person ends their sessions and links; should one be left
// all the same, it opens nothing.
func TestNothingOpensForTheDisabled(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		session, unused := s.signIn(t, "mary@example.org"), s.link(t, "mary@example.org")
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update people set disabled_at = $1`, tx.Now())
			return err
		})
		if s.live(t, session) {
			t.Error("ACC-8 a session opens for somebody disabled")
		}
		_, err := s.Open(t.Context(), nil, unused, account.Entry{})
		kind(t, "ACC-8 a link opens for somebody disabled", err, fault.Forbidden)
	})
}

func TestSessionEndsWithTheRole(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		token := s.signIn(t, "mary@example.org")
		leave := func(on asye.Date) {
			err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
				return s.Leave(ctx, tx, system, mary, kent, asye.Coordinator, on)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		leave(s.today().AddDays(1))
		if !s.live(t, token) {
			t.Error("ACC-8 the role ends tomorrow, and its session has ended already")
		}
		s.move(14*time.Hour + 29*time.Minute) // a minute before midnight
		token = s.signIn(t, "mary@example.org")
		s.move(2 * time.Minute)
		if s.live(t, token) {
			t.Error("ACC-8 the session outlived the role")
		}
	})
}

func TestSwitchingRoles(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator), as(kent, asye.Administrator), as(leeds, asye.Coordinator))
		old := s.signIn(t, "mary@example.org")
		one, _, _ := s.Session(t.Context(), old)
		scope := tenant.SignedIn(mary, one.Org, one.Role)
		if roles, err := s.Roles(t.Context(), scope); len(roles) != 3 || err != nil {
			t.Fatalf("roles: %v, %v", roles, err)
		}
		_, err := s.Switch(t.Context(), scope, old, as(leeds, asye.Administrator))
		kind(t, "ACC-8 a role they do not have", err, fault.NotFound)
		s.move(time.Hour)
		fresh, err := s.Switch(t.Context(), scope, old, as(leeds, asye.Coordinator))
		if err != nil {
			t.Fatal(err)
		}
		if s.live(t, old) || fresh.Token == old {
			t.Error("ACC-8 the session before the change is alive")
		}
		now, _, _ := s.Session(t.Context(), fresh.Token)
		if now.Org != leeds || now.Role != asye.Coordinator || now.FormKey == one.FormKey || now.Device != "Firefox on Linux" {
			t.Errorf("the new session: %+v", now)
		}
		if want := one.MadeAt.Add(12 * time.Hour); fresh.Until != want {
			t.Errorf("ACC-8 changing roles made the day longer: until %s, want %s", fresh.Until, want)
		}
		_, err = s.Switch(t.Context(), tenant.SignedIn("somebody", kent, asye.Coordinator), fresh.Token, as(leeds, asye.Coordinator))
		kind(t, "another person's session", err, fault.NotFound)
		// Signing in again leads to where they last worked.
		again, _, _ := s.Session(t.Context(), s.signIn(t, "mary@example.org"))
		if again.Org != leeds || again.Role != asye.Coordinator {
			t.Errorf("signed in as %s at %s, want what was used last", again.Role, again.Org)
		}
	})
}

func TestSigningOut(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		lee := s.person(t, "Lee Other", as(kent, asye.Coordinator))
		scope, other := tenant.SignedIn(mary, kent, asye.Coordinator), tenant.SignedIn(lee, kent, asye.Coordinator)
		a, b, c := s.signIn(t, "mary@example.org"), s.signIn(t, "mary@example.org"), s.signIn(t, "lee@example.org")
		list, err := s.Sessions(t.Context(), scope)
		if err != nil || len(list) != 2 || list[0].Device != "Firefox on Linux" || list[0].OrgName != "Kent" {
			t.Fatalf("sessions: %+v, %v", list, err)
		}
		one, _, _ := s.Session(t.Context(), a)
		kind(t, "another person's", s.EndSession(t.Context(), other, one.ID), fault.NotFound)
		kind(t, "own", s.EndSession(t.Context(), scope, one.ID), fine)
		kind(t, "twice", s.EndSession(t.Context(), scope, one.ID), fault.NotFound)
		if s.live(t, a) || !s.live(t, b) {
			t.Error("ending one session must end that one only")
		}
		unused := s.link(t, "mary@example.org")
		kind(t, "everywhere", s.SignOutEverywhere(t.Context(), scope), fine)
		if s.live(t, b) || !s.live(t, c) {
			t.Error("signing out everywhere must end one's own sessions only")
		}
		if _, err := s.Peek(t.Context(), unused); err == nil {
			t.Error("a link that was on its way still works")
		}
		for range 2 {
			kind(t, "sign out", s.SignOut(t.Context(), c), fine)
		}
		if s.live(t, c) {
			t.Error("signed out, and alive")
		}
	})
}

func TestTidy(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		s.signIn(t, "mary@example.org")
		s.link(t, "mary@example.org")
		if _, err := s.SetupCode(t.Context()); err != nil {
			t.Fatal(err)
		}
		left := func() int {
			return s.count(t, `sessions`) + s.count(t, `sign_in_links`) + s.count(t, `sign_in_attempts`) + s.count(t, `setup_codes`)
		}
		if err := s.Tidy(t.Context(), s.d.Clock().Now()); err != nil {
			t.Fatal(err)
		}
		if n := left(); n != 6 {
			t.Errorf("%d rows left at once, want 6", n)
		}
		s.move(27 * time.Hour) // two hours unused, and a day in which it is known whose it was
		for _, r := range s.Recurring() {
			if err := r.Do(t.Context(), s.d.Clock().Now()); err != nil {
				t.Fatal(err)
			}
		}
		if n := left(); n != 0 {
			t.Errorf("%d rows left after a day, want none", n)
		}
	})
}

func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		add := func(ctx context.Context, tx *db.Tx, scope tenant.Scope, o account.FirstOrganisation) (asye.OrganisationID, error) {
			var p fault.Problems
			p.If(o.Name == "", "name", "Enter the name of the employer")
			if p.Err() != nil {
				return "", p
			}
			_, err := tx.Exec(ctx, `insert into organisations (id, code, name, type, opened_on, search_text)
				values ('first', $1, $2, $3, '2026-01-01', 'first')`, o.Code, o.Name, string(o.Type))
			return "first", err
		}
		ask := account.SetUp{Org: account.FirstOrganisation{Name: "First", Type: asye.NHSBody, Code: "NHS1"},
			Who: asye.Identity{GivenName: "Ada", FamilyName: "First", Email: "ada@example.org"}}
		first, err := s.SetupCode(t.Context())
		if err != nil || len(first) != 19 {
			t.Fatalf("code %q, %v", first, err)
		}
		ask.Code, err = s.SetupCode(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name, field string
			edit        func(*account.SetUp)
		}{
			{"ACC-16 the code before", "setup_code", func(a *account.SetUp) { a.Code = first }},
			{"ACC-16 no code", "setup_code", func(a *account.SetUp) { a.Code = "" }},
			{"no address", "email", func(a *account.SetUp) { a.Who.Email = "" }},
			{"no organisation", "name", func(a *account.SetUp) { a.Org.Name = "" }},
		} {
			a := ask
			tt.edit(&a)
			_, err := s.SetUp(t.Context(), nil, a, add)
			if fault.ProblemsOf(err).For(tt.field) == "" {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		s.move(24 * time.Hour)
		if _, err := s.SetUp(t.Context(), nil, ask, add); fault.ProblemsOf(err).For("setup_code") == "" {
			t.Errorf("ACC-16 after 24 hours: %v", err)
		}
		if ask.Code, err = s.SetupCode(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.move(24*time.Hour - time.Second)
		if n := s.count(t, `setup_codes where code_hash like '%-%'`); n != 0 {
			t.Error("ACC-16 the code itself is in the database")
		}
		started, err := s.SetUp(t.Context(), nil, ask, add)
		if err != nil {
			t.Fatal(err)
		}
		one, found, _ := s.Session(t.Context(), started.Token)
		if !found || one.Role != asye.Administrator || one.Org != "first" || one.Reach != account.WholeService {
			t.Errorf("ACC-12 the first administrator: %+v", one)
		}
		if code, err := s.SetupCode(t.Context()); code != "" || err != nil {
			t.Errorf("ACC-16 another code: %q, %v", code, err)
		}
		if needed, _ := s.NeedsSetUp(t.Context()); needed {
			t.Error("ACC-16 the page is still there")
		}
		_, err = s.SetUp(t.Context(), nil, ask, add)
		kind(t, "ACC-16 a second time", err, fault.NotFound)
	})
}
