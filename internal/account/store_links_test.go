package account_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

func TestLinkWorksOnce(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		token := s.link(t, " MARY@example.org ")
		if n := s.count(t, `sign_in_links where token_hash = $1`, token); n != 0 {
			t.Error("ACC-3 the token itself is in the database")
		}
		for range 3 { // a mail scanner opens it, more than once
			if p, err := s.Peek(t.Context(), token); err != nil || p.Known() != "Mary Jones" {
				t.Fatalf("ACC-2 Peek: %v, %v", p, err)
			}
		}
		started, err := s.Open(t.Context(), nil, token, account.Entry{Device: "Firefox on Linux"})
		if err != nil {
			t.Fatal(err)
		}
		one, found, err := s.Session(t.Context(), started.Token)
		if err != nil || !found || one.Person.Known() != "Mary Jones" || one.Org != kent || one.Role != asye.Coordinator || one.Roles != 1 {
			t.Errorf("session: %+v, %v, %v", one, found, err)
		}
		if n := s.count(t, `sessions where token_hash = $1`, started.Token); n != 0 {
			t.Error("ACC-3 the session's token itself is in the database")
		}
		if _, err := s.Open(t.Context(), nil, token, account.Entry{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("ACC-2 the second use: %v", err)
		}
		if _, err := s.Peek(t.Context(), token); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("ACC-2 the second look: %v", err)
		}
		if n := s.count(t, `audit_lines where what = 'account.signedIn' and org_id = 'kent'`); n != 1 {
			t.Errorf("%d audit lines of signing in, want 1", n)
		}
	})
}

// Enter asks again whether somebody may come in, whatever their proof was.
func TestEnter(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		rolo := s.person(t, "Rolo Roleless")
		enter := func(id asye.PersonID) (started account.Started, err error) {
			err = s.write(tenant.Nobody(), func(ctx context.Context, tx *db.Tx) error {
				started, err = s.Enter(ctx, tx, account.Entry{Person: id, Way: account.ByProvider, Device: "Firefox"})
				return err
			})
			return started, err
		}
		started, err := enter(mary)
		if err != nil || !s.live(t, started.Token) {
			t.Errorf("somebody with a role: %v", err)
		}
		var said lines.Text
		if err := s.d.QueryRow(t.Context(), `select id, after from audit_lines where what = 'account.signedIn'`).Scan(&said.ID, &said.After); err != nil {
			t.Fatal(err)
		}
		if err := s.d.Unseal(t.Context(), &said); err != nil || !strings.Contains(string(said.After), "own directory") {
			t.Errorf("the audit line says %s, %v", said.After, err)
		}
		nia := s.person(t, "Nia New")
		if err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
			return s.Join(ctx, tx, system, nia, kent, asye.NQSW, asye.MustDate("2027-01-01"))
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := enter(nia); fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "starts on 1 January 2027") {
			t.Errorf("somebody whose role is to begin: %v", err)
		}
		if _, err := enter(rolo); fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "no role here") {
			t.Errorf("somebody without a role: %v", err)
		}
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update people set disabled_at = $1 where id = $2`, tx.Now(), string(mary))
			return err
		})
		if _, err := enter(mary); fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "ended your access") {
			t.Errorf("somebody who is disabled: %v", err)
		}
		if _, err := enter("nobody"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestLinkHasOneWinner(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		token := s.link(t, "mary@example.org")
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { _, errs[i] = s.Open(context.Background(), nil, token, account.Entry{}) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if fault.KindOf(err) != fault.Forbidden {
				t.Error(err)
			}
		}
		if won != 1 || s.count(t, `sessions`) != 1 {
			t.Errorf("ACC-4 %d of 8 got in, %d sessions", won, s.count(t, `sessions`))
		}
	})
}

func TestLinkEnds(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		tests := []struct {
			name string
			make func() string
			life time.Duration
		}{
			{"ACC-5 sign-in", func() string { return s.link(t, "mary@example.org") }, 15 * time.Minute},
			{"ACC-5 invitation", func() string {
				err := s.write(system, func(ctx context.Context, tx *db.Tx) error { return s.Invite(ctx, tx, system, mary, kent) })
				if err != nil {
					t.Fatal(err)
				}
				s.move(time.Microsecond)
				return tokenOf(t, s.letters(t)[0].Body)
			}, 7*24*time.Hour - time.Microsecond},
			{"ACC-5 example", func() string {
				path, err := s.SignInLink(t.Context(), mary, account.Example)
				if err != nil {
					t.Fatal(err)
				}
				return tokenOf(t, path)
			}, 12 * time.Hour},
		}
		for _, tt := range tests {
			s.move(time.Hour)
			token := tt.make()
			s.move(tt.life - time.Microsecond)
			if _, err := s.Peek(t.Context(), token); err != nil {
				t.Errorf("%s: just before its end: %v", tt.name, err)
			}
			s.move(time.Microsecond)
			if _, err := s.Peek(t.Context(), token); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: at its end: %v", tt.name, err)
			}
			if _, err := s.Open(t.Context(), nil, token, account.Entry{}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: opened at its end: %v", tt.name, err)
			}
		}
	})
}

// The links of the example service work in the example service alone: serving its
// database as the real thing makes none and takes none.
func TestACC39_ExampleLinksAreOfTheExample(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		path, err := s.SignInLink(t.Context(), mary, account.Example)
		if err != nil {
			t.Fatal(err)
		}
		real := account.NewStore(s.d, s.outbox, s.queue, account.DefaultSettings())
		if _, err := real.SignInLink(t.Context(), mary, account.Example); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the real service makes a link of the example: %v", err)
		}
		if _, err := real.Peek(t.Context(), tokenOf(t, path)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the real service says whose link it is: %v", err)
		}
		if _, err := real.Open(t.Context(), nil, tokenOf(t, path), account.Entry{}); fault.KindOf(err) != fault.Forbidden || s.count(t, `sessions`) != 0 {
			t.Errorf("the real service lets somebody in with a link of the example: %v", err)
		}
		if _, err := s.Open(t.Context(), nil, tokenOf(t, path), account.Entry{}); err != nil {
			t.Errorf("the example does not: %v", err)
		}
	})
}

func TestSignInLinkReplacesTheOneBefore(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		first, err := s.SignInLink(t.Context(), mary, account.Example)
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.SignInLink(t.Context(), mary, account.Example)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Peek(t.Context(), tokenOf(t, first)); err == nil {
			t.Error("the link before still works")
		}
		if _, err := s.Peek(t.Context(), tokenOf(t, second)); err != nil {
			t.Error(err)
		}
		if _, err := s.SignInLink(t.Context(), "nobody", account.Example); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a link for nobody: %v", err)
		}
	})
}

func TestSameAnswerForEveryAddress(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		disabled := s.person(t, "Dora Disabled", as(kent, asye.Coordinator))
		s.person(t, "Rolo Roleless")
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update people set disabled_at = $1 where id = $2`, tx.Now(), string(disabled))
			return err
		})
		for _, email := range []string{"mary@example.org", "dora@example.org", "rolo@example.org", "unknown@example.org"} {
			before := s.count(t, `jobs`)
			err := s.AskForLink(t.Context(), account.Asked{Email: email, Client: "192.0.2.1"})
			if err != nil {
				t.Errorf("ACC-6 %s: %v", email, err)
			}
			// Whoever it is, the request writes the same rows and looks nobody up.
			if n := s.count(t, `jobs`) - before; n != 1 {
				t.Errorf("ACC-6 %s: %d jobs, want 1", email, n)
			}
			if n := s.count(t, `sign_in_links`) + len(s.letters(t)); n != 0 {
				t.Errorf("ACC-6 %s: the request itself made a link", email)
			}
		}
		s.work(t)
		got := s.letters(t)
		if len(got) != 1 || got[0].To != "mary@example.org" {
			t.Errorf("ACC-6 letters to %v, want one to mary", got)
		}
		if n := s.count(t, `sign_in_attempts where address_hash like '%@%' or client_hash like '%.%'`); n != 0 {
			t.Error("ACC-7 addresses can be read in the counts")
		}
	})
}

func TestAskingOftenSlowsDown(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		ask := func(email, client string) error {
			return s.AskForLink(t.Context(), account.Asked{Email: email, Client: client})
		}
		limits := s.Settings()
		for i := range limits.PerAddress + 2 {
			if err := ask("mary@example.org", fmt.Sprint("192.0.2.", i)); err != nil {
				t.Fatalf("ACC-7 the answer changed: %v", err)
			}
		}
		s.work(t)
		letters := s.letters(t)
		if len(letters) != limits.PerAddress {
			t.Errorf("ACC-7 %d letters to one address, want %d", len(letters), limits.PerAddress)
		}
		if _, err := s.Open(t.Context(), nil, tokenOf(t, letters[len(letters)-1].Body), account.Entry{}); err != nil {
			t.Errorf("ACC-7 the owner is locked out by somebody who asks often: %v", err)
		}
		s.move(limits.Window + time.Second)
		if err := ask("mary@example.org", "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		s.work(t)
		if n := len(s.letters(t)); n != limits.PerAddress+1 {
			t.Errorf("ACC-7 after the window: %d letters", n)
		}
		limits.PerClient = 20
		s.Store = account.NewStore(s.d, s.outbox, s.queue, limits)
		const office = "198.51.100.1"
		for i := range limits.PerClient {
			if err := ask(fmt.Sprintf("a%d@example.org", i), office); err != nil {
				t.Fatalf("ACC-7 request %d: %v", i, err)
			}
		}
		if err := ask("a7@example.org", office); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "in 15 at the latest") {
			t.Errorf("ACC-7 the same address once more from a network that asks very often: %v", err)
		}
		if err := ask("a7@example.org", "198.51.100.2"); err != nil {
			t.Errorf("ACC-7 another network was stopped too: %v", err)
		}
		s.work(t)
		before := len(s.letters(t))
		if err := ask("mary@example.org", office); err != nil {
			t.Errorf("ACC-7 a colleague who asks very often locks everybody at the office out: %v", err)
		}
		s.work(t)
		if n := len(s.letters(t)) - before; n != 1 {
			t.Errorf("ACC-7 she gets %d letters, want 1", n)
		}
		for i := limits.PerClient + 1; i < 10*limits.PerClient; i++ {
			if err := ask(fmt.Sprintf("a%d@example.org", i), office); err != nil {
				t.Fatalf("ACC-7 request %d: %v", i, err)
			}
		}
		if err := ask("other@example.org", office); fault.KindOf(err) != fault.Invalid {
			t.Errorf("ACC-7 a flood is let through: %v", err)
		}
		s.move(limits.Window + time.Second)
		if err := ask("other@example.org", office); err != nil {
			t.Errorf("ACC-7 after the window: %v", err)
		}
	})
}

func TestRoleThatHasNotBegun(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		nia := s.person(t, "Nia New")
		err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
			if err := s.Join(ctx, tx, system, nia, kent, asye.NQSW, s.today().AddDays(2)); err != nil {
				return err
			}
			return s.Invite(ctx, tx, system, nia, kent)
		})
		if err != nil {
			t.Fatal(err)
		}
		letter := s.letters(t)[0]
		if !strings.Contains(letter.Body, "Kent invites you to asye") {
			t.Errorf("the invitation says: %s", letter.Body)
		}
		token := tokenOf(t, letter.Body)
		_, err = s.Open(t.Context(), nil, token, account.Entry{})
		if fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "24 November 2026") {
			t.Errorf("before the first day: %v", err)
		}
		s.move(48 * time.Hour)
		if _, err := s.Open(t.Context(), nil, token, account.Entry{}); err != nil {
			t.Errorf("on the first day the link must still work: %v", err)
		}
	})
}

func TestInviteNeedsAnAddress(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
			id, err := s.AddPerson(ctx, tx, system, asye.Identity{GivenName: "Old", FamilyName: "Timer"})
			if err != nil {
				return err
			}
			return s.Invite(ctx, tx, system, id, kent)
		})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "Old Timer has no e-mail address") {
			t.Errorf("got %v", err)
		}
		mary := s.person(t, "Mary Jones", as(kent, asye.Coordinator))
		for _, scopeOf := range []asye.OrganisationID{"nowhere"} {
			err := s.write(system, func(ctx context.Context, tx *db.Tx) error { return s.Invite(ctx, tx, system, mary, scopeOf) })
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("an invitation to nowhere: %v", err)
			}
		}
	})
}

func TestMailLinkWritesOnlyToWhoeverMayComeIn(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		if err := s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true); err != nil {
			t.Fatal(err)
		}
		for email, want := range map[string]int{"nia@example.org": 1, "mary@example.org": 0, "nobody@example.org": 0} {
			before := len(s.letters(t))
			if err := s.MailLink(t.Context(), email, "/home", nothing); err != nil {
				t.Fatal(err)
			}
			if got := len(s.letters(t)) - before; got != want {
				t.Errorf("ACC-7 %s gets %d letters, want %d", email, got, want)
			}
		}
	})
}

// nothing is the end of a job that there is none of.
func nothing(context.Context, *db.Tx) error { return nil }
