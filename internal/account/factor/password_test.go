package factor_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

const words = "correct kettle moon"

func typed(email, text string) factor.Typed {
	return factor.Typed{Email: email, Password: text, Client: client}
}

func TestACC47_OnlyWhereTheOperatorTurnsThemOn(t *testing.T) {
	s := settings()
	s.Passwords = false
	h := on(t, dbtest.OpenSQLite(t, schema.All()), s)
	m := h.coordinator(t, "Mary Jones", mary)
	_, err := h.f.SetPassword(t.Context(), m.scope, m.token, words)
	kind(t, "a password is set", err, fault.NotFound)
	_, err = h.f.SignInWithPassword(t.Context(), nil, typed(mary, words), account.Entry{})
	kind(t, "a password is taken", err, fault.NotFound)
	// One that was set before the operator turned them off is worth nothing.
	before := on(t, dbtest.OpenSQLite(t, schema.All()), settings())
	m = before.withPassword(t, before.coordinator(t, "Mary Jones", mary), words)
	off := factor.NewStore(before.DB, account.NewStore(before.DB, before.Outbox, before.Queue, s), before.Outbox, nil)
	_, err = off.SignInWithPassword(t.Context(), nil, typed(mary, words), account.Entry{})
	kind(t, "a password of before", err, fault.NotFound)
}

func TestACC47_WhatAPasswordMustBe(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.coordinator(t, "Fairweather Jones", "fairweather@example.org")
		for name, bad := range map[string]string{"empty": "", "too short": "eleven char", "too long": strings.Repeat("long word ", 21),
			"tried first": "Passw0rd2026!", "made of the name": "fairweather1!"} {
			_, err := h.f.SetPassword(ctx, m.scope, m.token, bad)
			refused(t, "a password that is "+name, "new_password", err)
		}
		first, letters := m.token, len(h.Letters(t))
		h.withPassword(t, m, words)
		if h.live(t, first) {
			t.Error("ACC-56 the session keeps its secret when a password is set")
		}
		if l := h.lately(t, letters); len(l) != 1 || !strings.Contains(l[0], "Your password was set") || strings.Contains(l[0], words) {
			t.Errorf("ACC-46 letters: %q", l)
		}
		if n := h.Count(t, `audit_lines where what = 'account.passwordSet' and after is null`); n != 1 {
			t.Errorf("%d lines of the audit trail, want 1 that says nothing of the password", n)
		}
		started, err := h.f.RemovePassword(ctx, m.scope, m.token)
		must(t, err)
		_, err = h.f.RemovePassword(ctx, m.scope, started.Token)
		kind(t, "a password that is removed already", err, fault.NotFound)
		_, err = h.f.SignInWithPassword(ctx, nil, typed("fairweather@example.org", words), account.Entry{})
		refused(t, "a password that was removed", "password", err)
	})
}

func TestACC48_HowAPasswordIsKept(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.withPassword(t, h.coordinator(t, "Mary Jones", mary), words)
		if n := h.Count(t, `passwords where hash like '$argon2id$v=19$m=19456,t=2,p=1$%'`); n != 1 {
			t.Errorf("%d passwords are kept as they should be, want 1", n)
		}
	})
}

// A hash that was made more cheaply is made anew when its password is given.
func TestACC48_AWeakerHashIsMadeAnew(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.withPassword(t, h.coordinator(t, "Mary Jones", mary), words)
		other := h.withPassword(t, h.coordinator(t, "Tom Other", "tom@example.org"), words)
		const weak = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4" // of "password"
		must(t, h.DB.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `update passwords set hash = $1`, weak)
			return err
		}))
		for _, one := range []string{"password", "password"} {
			if _, err := h.f.SignInWithPassword(t.Context(), nil, typed(mary, one), account.Entry{}); err != nil {
				t.Fatal(err)
			}
			if n := h.Count(t, `passwords where person_id = $1 and hash like '$argon2id$v=19$m=19456,%'`, string(m.id)); n != 1 {
				t.Error("the weaker hash is kept")
			}
		}
		if n := h.Count(t, `passwords where person_id = $1 and hash = $2`, string(other.id), weak); n != 1 {
			t.Error("the hash of somebody else is made anew")
		}
	})
}

func TestACC49_TheSameAnswerForEverybody(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		m := h.withPassword(t, h.coordinator(t, "Mary Jones", mary), words)
		h.coordinator(t, "Tom None", "tom@example.org")
		out := h.withPassword(t, h.coordinator(t, "Una Out", "una@example.org"), words)
		must(t, h.SetDisabled(ctx, national(t, h), out.id, true))
		var said []string
		for _, one := range []factor.Typed{typed(mary, "another kettle moon"), typed("nobody@example.org", words), typed("tom@example.org", words),
			typed("una@example.org", words), typed("no address at all", words), typed("nobody@example.org", "a dummy that nobody has")} {
			_, err := h.f.SignInWithPassword(ctx, nil, one, account.Entry{})
			if err == nil {
				t.Fatalf("%v got in", one)
			}
			said = append(said, err.Error())
		}
		if slices.Sort(said); said[0] != said[len(said)-1] {
			t.Errorf("the answers differ: %q", said)
		}
		started, err := h.f.SignInWithPassword(ctx, nil, typed(" Mary@Example.org ", words), account.Entry{Device: "Edge on Windows"})
		must(t, err)
		if one, found, _ := h.Session(ctx, started.Token); !found || one.Person.ID != m.id || one.How != account.ByPassword || one.IsStrong() {
			t.Errorf("the session is %+v", one)
		}
	})
}

// The time it takes tells nothing: with a dummy that could not be computed,
// unknown addresses would be answered fifty times as fast.
func TestACC49_TheSameTimeForEverybody(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	h := on(t, dbtest.OpenSQLite(t, schema.All()), settings())
	h.withPassword(t, h.coordinator(t, "Mary Jones", mary), words)
	took := map[string][]time.Duration{}
	for i := range 14 {
		for kind, email := range map[string]string{"known": mary, "unknown": "nobody@example.org"} {
			one := typed(email, "another kettle moon")
			one.Client = "198.51.100." + string(rune('0'+i%10))
			began := time.Now()
			if _, err := h.f.SignInWithPassword(t.Context(), nil, one, account.Entry{}); err == nil {
				t.Fatal("a wrong password is right")
			}
			took[kind] = append(took[kind], time.Since(began))
		}
	}
	known, unknown := median(took["known"]), median(took["unknown"])
	t.Logf("known %s, unknown %s", known, unknown)
	if proof.Measuring() && (unknown < known/2 || known < unknown/2) { // on a machine that does other work too
		t.Errorf("a known address takes %s, an unknown one %s", known, unknown)
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func TestACC52_WrongPasswordsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.withPassword(t, h.coordinator(t, "Mary Jones", mary), words)
		for range 15 {
			_, err := h.f.SignInWithPassword(ctx, nil, typed(mary, "another kettle moon"), account.Entry{})
			refused(t, "a wrong password", "password", err)
		}
		_, err := h.f.SignInWithPassword(ctx, nil, typed(mary, words), account.Entry{})
		kind(t, "ACC-37 the right password after fifteen wrong ones", err, fault.Invalid)
		if h.open(t, mary).Half {
			t.Error("ACC-50 a second step is asked of somebody who has none")
		}
		h.Clock.Move(time.Hour + time.Minute)
		_, err = h.f.SignInWithPassword(ctx, nil, typed(mary, words), account.Entry{})
		must(t, err)
	})
}

func TestACC50_WhenASecondStepIsAsked(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.withPassword(t, h.coordinator(t, "Ann None", "ann@example.org"), words)
		h.withPassword(t, h.withPasskey(t, h.coordinator(t, "Mary Jones", mary)), words)
		h.withPassword(t, h.withApp(t, h.coordinator(t, "Tom App", "tom@example.org")), words)
		for _, tt := range []struct {
			email string
			way   account.Way
			half  bool
		}{
			{"ann@example.org", account.ByLink, false}, {"ann@example.org", account.ByPassword, false},
			{mary, account.ByLink, false}, {mary, account.ByPassword, true}, {mary, account.ByProvider, false}, {mary, account.ByPasskey, false},
			{"tom@example.org", account.ByLink, true}, {"tom@example.org", account.ByPassword, true}, {"tom@example.org", account.ByProvider, false},
		} {
			id, err := h.PersonByEmail(ctx, tt.email)
			must(t, err)
			sessions := h.Count(t, `sessions where person_id = $1`, string(id))
			started := h.enter(t, account.Entry{Person: id, Way: tt.way})
			if started.Half != tt.half {
				t.Errorf("%s by %s: half %v", tt.email, tt.way, started.Half)
			}
			if n := h.Count(t, `sessions where person_id = $1`, string(id)) - sessions; (n == 0) != tt.half {
				t.Errorf("%s by %s: %d sessions began", tt.email, tt.way, n)
			}
			if tt.half && h.live(t, started.Token) {
				t.Error("a sign-in that waits for its second step is a session")
			}
		}
	})
}

// enter comes to the door with something shown.
func (h house) enter(t testing.TB, e account.Entry) account.Started {
	t.Helper()
	var started account.Started
	must(t, h.DB.Write(context.Background(), accounttest.System, func(tx *db.Tx) (err error) {
		started, err = h.Enter(context.Background(), tx, e)
		return err
	}))
	return started
}

func TestACC50_ASignInWaitsTenMinutes(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		half := h.open(t, mary)
		w, err := h.f.HalfWay(ctx, half.Token)
		must(t, err)
		if w.Person != m.id || w.Way != account.ByLink || w.Device != "Firefox on Linux" || w.Held.App.IsZero() {
			t.Errorf("%+v", w)
		}
		_, err = h.f.HalfWay(ctx, "made up")
		kind(t, "a sign-in that nobody began", err, fault.Forbidden)
		h.Clock.Move(10*time.Minute - time.Second)
		in, err := h.f.Finish(ctx, nil, half.Token, code(h.code(m.app)))
		must(t, err)
		if one, found, _ := h.Session(ctx, in.Token); !found || one.How != account.ByLink || one.Also != account.ByCode || !one.IsStrong() {
			t.Errorf("%+v", one)
		}
		_, err = h.f.Finish(ctx, nil, half.Token, code(h.code(m.app)))
		kind(t, "a sign-in that is done", err, fault.Forbidden)
		half = h.open(t, mary)
		h.Clock.Move(10 * time.Minute)
		_, err = h.f.Finish(ctx, nil, half.Token, code(h.code(m.app)))
		kind(t, "a sign-in after ten minutes", err, fault.Forbidden)
		must(t, h.f.Tidy(ctx, h.Clock.Now()))
		if n := h.Count(t, `half_sign_ins`); n != 0 {
			t.Errorf("%d sign-ins are left", n)
		}
	})
}

func TestACC51_RolesThatMustHaveASecondStep(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.signedIn(t, "Mary Jones", mary, asye.Administrator)
		if one, _, _ := h.Session(t.Context(), m.token); one.IsStrong() {
			t.Fatal("a link alone is two steps")
		}
		h.withPasskey(t, m)
		if one, _, _ := h.Session(t.Context(), m.token); !one.IsStrong() {
			t.Error("whoever has just added a passkey is asked for it at once")
		}
		half := h.open(t, mary)
		if !half.Half {
			t.Fatal("an administrator with a passkey comes in by a link alone")
		}
		asked, err := h.f.AskSecondPasskey(t.Context(), half.Token)
		must(t, err)
		in, err := h.f.Finish(t.Context(), nil, half.Token, m.show(asked))
		must(t, err)
		if one, _, _ := h.Session(t.Context(), in.Token); one.Also != account.ByPasskey {
			t.Errorf("%+v", one)
		}
	})
}
