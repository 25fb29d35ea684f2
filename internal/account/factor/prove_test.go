package factor_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

func TestACC53_WhatLetsInProvesPresence(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPassword(t, h.withApp(t, h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))), words)
		codes, started, err := h.f.PrintCodes(ctx, m.scope, m.token)
		must(t, err)
		m.token = started.Token
		for name, show := range map[string]func() factor.Shown{
			"a passkey": func() factor.Shown {
				a, err := h.f.AskProof(ctx, m.scope)
				must(t, err)
				return m.show(a)
			},
			"a code":         func() factor.Shown { return code(h.code(m.app)) },
			"a printed code": func() factor.Shown { return printed(codes[0]) },
			"a password":     func() factor.Shown { return factor.Shown{Way: account.ByPassword, Code: words, Client: client} },
		} {
			h.Clock.Move(40 * time.Minute)
			one, _, err := h.Session(ctx, m.token)
			must(t, err)
			if h.Clock.Now().Before(one.ProvedAt.Add(h.Settings().StepUp)) {
				t.Errorf("ACC-54 a proof of %s counts after forty minutes", one.ProvedAt)
			}
			before := m.token
			started, err := h.f.Prove(ctx, m.scope, m.token, show())
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			m.token = started.Token
			if h.live(t, before) {
				t.Errorf("ACC-56 the session keeps its secret after %s", name)
			}
			one, found, err := h.Session(ctx, m.token)
			must(t, err)
			if !found || one.ProvedAt != h.Clock.Now() {
				t.Errorf("after %s the session is %+v", name, one)
			}
		}
		for name, bad := range map[string]factor.Shown{"a wrong password": {Way: account.ByPassword, Code: "another kettle moon", Client: client},
			"nothing": {}, "a link": {Way: account.ByLink, Code: "x"}} {
			if _, err := h.f.Prove(ctx, m.scope, m.token, bad); err == nil {
				t.Errorf("%s proves presence", name)
			}
		}
		if n := h.Count(t, `audit_lines where what = 'account.proved' and actor_id = $1`, string(m.id)); n != 4 {
			t.Errorf("%d proofs in the audit trail, want 4", n)
		}
	})
}

var sixFigures = regexp.MustCompile(`(?m)^\d{6}$`)

// mailed has a code sent and takes it out of the mail.
func (h house) mailed(t testing.TB, p *person) string {
	t.Helper()
	must(t, h.f.MailCode(t.Context(), p.scope, p.token))
	l := h.Letters(t)[0]
	if strings.ContainsAny(l.Subject, "0123456789") {
		t.Errorf("the subject of the mail, which lock screens show, is %q", l.Subject)
	}
	return sixFigures.FindString(l.Body)
}

func byMail(text string) factor.Shown {
	return factor.Shown{Way: account.ByMail, Code: text, Client: client}
}

func TestACC53_ACodeByMail(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.coordinator(t, "Mary Jones", mary)
		old := h.mailed(t, m)
		now := h.mailed(t, m)
		if old == now {
			now = h.mailed(t, m)
		}
		_, err := h.f.Prove(ctx, m.scope, m.token, byMail(old))
		refused(t, "the code sent before", "mailed_code", err)
		other := h.coordinator(t, "Tom Other", "tom@example.org")
		_, err = h.f.Prove(ctx, other.scope, other.token, byMail(now))
		refused(t, "somebody else's code", "mailed_code", err)
		again := &person{id: m.id, scope: m.scope, token: h.open(t, mary).Token}
		_, err = h.f.Prove(ctx, again.scope, again.token, byMail(now))
		refused(t, "the code of another session", "mailed_code", err)
		started, err := h.f.Prove(ctx, m.scope, m.token, byMail(" "+now[:3]+" "+now[3:]))
		must(t, err)
		m.token = started.Token
		_, err = h.f.Prove(ctx, m.scope, m.token, byMail(now))
		refused(t, "the code a second time", "mailed_code", err)
		if one, _, _ := h.Session(ctx, m.token); one.IsStrong() {
			t.Error("ACC-51 a code by mail after a link by mail is a second step")
		}
	})
}

func TestACC53_ACodeByMailIsWorthLittle(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.coordinator(t, "Mary Jones", mary)
		now := h.mailed(t, m)
		wrong := "000000"
		if now == wrong {
			wrong = "000001"
		}
		for range 5 {
			_, err := h.f.Prove(ctx, m.scope, m.token, byMail(wrong))
			refused(t, "a wrong code", "mailed_code", err)
		}
		_, err := h.f.Prove(ctx, m.scope, m.token, byMail(now))
		refused(t, "the right code after five wrong ones", "mailed_code", err)
		now = h.mailed(t, m)
		h.Clock.Move(10 * time.Minute)
		_, err = h.f.Prove(ctx, m.scope, m.token, byMail(now))
		refused(t, "a code after ten minutes", "mailed_code", err)
		h.Clock.Move(time.Minute)
		for range 5 {
			must(t, h.f.MailCode(ctx, m.scope, m.token))
		}
		kind(t, "a sixth code at once", h.f.MailCode(ctx, m.scope, m.token), fault.Invalid)
		h.Clock.Move(11 * time.Minute)
		must(t, h.f.MailCode(ctx, m.scope, m.token))
	})
}

// Where a link would not let somebody in, a code by mail does not prove that they
// are there either.
func TestACC53_MailProvesNoMoreThanALinkWould(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		app := h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		kind(t, "a code by mail for somebody with an app", h.f.MailCode(t.Context(), app.scope, app.token), fault.Forbidden)
		_, err := h.f.Prove(t.Context(), app.scope, app.token, byMail("123456"))
		refused(t, "a code by mail of somebody with an app", "mailed_code", err)
		must(t, h.f.MailCode(t.Context(), h.withPasskey(t, h.coordinator(t, "Tom Key", "tom@example.org")).scope, h.open(t, "tom@example.org").Token))
		boss := h.withPasskey(t, h.signedIn(t, "Ann Admin", "ann@example.org", asye.Administrator))
		kind(t, "ACC-51 a code by mail for somebody whose role needs two", h.f.MailCode(t.Context(), boss.scope, boss.token), fault.Forbidden)
		kind(t, "a code for a session that has ended", h.f.MailCode(t.Context(), h.coordinator(t, "Una Jones", "una@example.org").scope, "ended"), fault.Forbidden)
	})
}

func TestACC59_WhatIsLostIsTakenAway(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPassword(t, h.withApp(t, h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))), words)
		_, started, err := h.f.PrintCodes(ctx, m.scope, m.token)
		must(t, err)
		kent := tenant.SignedIn(h.Person(t, "Kate Admin", "kate@example.org", accounttest.As(accounttest.Kent, asye.Administrator)), accounttest.Kent, asye.Administrator)
		leeds := tenant.SignedIn(h.Person(t, "Leo Admin", "leo@example.org", accounttest.As(accounttest.Leeds, asye.Administrator)), accounttest.Leeds, asye.Administrator)
		kind(t, "an administrator of another employer", h.f.Reset(ctx, leeds, m.id), fault.NotFound)
		_, err = h.f.HeldBy(ctx, leeds, m.id)
		kind(t, "what another employer's people have", err, fault.NotFound)
		if held, err := h.f.HeldBy(ctx, kent, m.id); err != nil || len(held.Passkeys) != 1 || held.Printed != 10 {
			t.Errorf("%+v, %v", held, err)
		}
		both := h.Person(t, "Una Two", "una@example.org", accounttest.As(accounttest.Kent, asye.Coordinator), accounttest.As(accounttest.Leeds, asye.Coordinator))
		kind(t, "ACC-14 somebody who also works elsewhere", h.f.Reset(ctx, kent, both), fault.Forbidden)
		letters := len(h.Letters(t))
		must(t, h.f.Reset(ctx, kent, m.id))
		if held, _ := h.f.Held(ctx, m.scope); held.HasSecond() || held.Printed > 0 || !held.Password.IsZero() || !held.PrintedAt.IsZero() {
			t.Errorf("left: %+v", held)
		}
		if h.live(t, started.Token) {
			t.Error("they are still signed in")
		}
		if l := h.lately(t, letters); len(l) != 1 || !strings.Contains(l[0], "An administrator has removed your passkeys") {
			t.Errorf("letters: %q", l)
		}
		if h.open(t, mary).Half {
			t.Error("a second step is asked for that they do not have")
		}
	})
}

// What somebody can show is theirs alone: others neither show it, nor lose theirs
// with it.
func TestACC59_NobodyElseIsTouched(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		full := func(name, email, text string) *person {
			p := h.withPassword(t, h.withApp(t, h.withPasskey(t, h.coordinator(t, name, email))), text)
			_, started, err := h.f.PrintCodes(ctx, p.scope, p.token)
			must(t, err)
			p.token = started.Token
			if !h.open(t, email).Half {
				t.Fatal("no second step is asked for")
			}
			return p
		}
		m, tom := full("Mary Jones", mary, words), full("Tom Other", "tom@example.org", "another kettle moon")
		if held, err := h.f.Held(ctx, h.coordinator(t, "Ann None", "ann@example.org").scope); err != nil ||
			held.HasSecond() || held.Printed > 0 || !held.PrintedAt.IsZero() || !held.Password.IsZero() {
			t.Errorf("somebody who has nothing is said to have %+v, %v", held, err)
		}
		for _, tt := range []struct {
			who  *person
			text string
			own  bool
		}{{m, words, true}, {m, "another kettle moon", false}, {tom, words, false}, {tom, "another kettle moon", true}} {
			started, err := h.f.Prove(ctx, tt.who.scope, tt.who.token, factor.Shown{Way: account.ByPassword, Code: tt.text, Client: client})
			if (err == nil) != tt.own {
				t.Errorf("%s proves with %q: %v", tt.who.id, tt.text, err)
			} else if tt.own {
				tt.who.token = started.Token
			}
		}
		had := accounttest.Belongings(t, h.DB, tom.id)
		must(t, h.f.Reset(ctx, national(t, h), m.id))
		if has := accounttest.Belongings(t, h.DB, tom.id); has != had {
			t.Errorf("when Mary's are taken away, of Tom's is left\n%swant\n%s", has, had)
		}
	})
}

// Two stores on one database, as two programs have, agree on everything.
func TestACC53_TwoPrograms(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	h := on(t, d, settings())
	m := h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))
	other := factor.NewStore(d, account.NewStore(d, h.Outbox, h.Queue, settings()), h.Outbox, nil)
	asked, err := other.AskProof(t.Context(), m.scope)
	must(t, err)
	_, err = h.f.Prove(t.Context(), m.scope, m.token, m.show(asked))
	must(t, err)
}
