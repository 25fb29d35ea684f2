package factor_test

import (
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/schema"
)

// show answers a request with a person's passkey.
func (p *person) show(a factor.Asked) factor.Shown {
	return factor.Shown{Way: account.ByPasskey, Ceremony: a.ID, Passkey: p.device.Show(a.Options), Client: client}
}

func TestACC40_APasskeyIsAddedNamedAndRemoved(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.coordinator(t, "Mary Jones", mary)
		first, letters := m.token, len(h.Letters(t))
		h.withPasskey(t, m)
		if h.live(t, first) || !h.live(t, m.token) {
			t.Error("ACC-56 the session keeps its secret when a passkey is added")
		}
		if l := h.lately(t, letters); len(l) != 1 || !strings.Contains(l[0], "“My phone” was added") {
			t.Errorf("ACC-46 letters: %q", l)
		}
		held, err := h.f.Held(ctx, m.scope)
		must(t, err)
		if len(held.Passkeys) != 1 || held.Passkeys[0].Name != "My phone" || !held.HasSecond() {
			t.Fatalf("held: %+v", held)
		}
		id := held.Passkeys[0].ID
		other := h.coordinator(t, "Tom Other", "tom@example.org")
		kind(t, "another's passkey is renamed", h.f.RenamePasskey(ctx, other.scope, id, "Mine"), fault.NotFound)
		_, err = h.f.RemovePasskey(ctx, other.scope, other.token, id)
		kind(t, "another's passkey is removed", err, fault.NotFound)
		_, err = h.f.Passkey(ctx, other.scope, id)
		kind(t, "another's passkey is shown", err, fault.NotFound)
		for name, bad := range map[string]string{"empty": " ", "too long": strings.Repeat("x", 61), "an address": "www.evil.example/phone"} {
			refused(t, "a name that is "+name, "name", h.f.RenamePasskey(ctx, m.scope, id, bad))
		}
		must(t, h.f.RenamePasskey(ctx, m.scope, id, "  My  old phone "))
		if k, err := h.f.Passkey(ctx, m.scope, id); err != nil || k.Name != "My old phone" {
			t.Errorf("%+v, %v", k, err)
		}
		started, err := h.f.RemovePasskey(ctx, m.scope, m.token, id)
		must(t, err)
		if h.live(t, m.token) || !h.live(t, started.Token) {
			t.Error("ACC-56 the session keeps its secret when a passkey is removed")
		}
		asked, err := h.f.AskSignIn(ctx, client)
		must(t, err)
		_, err = h.f.SignInWithPasskey(ctx, nil, m.show(asked), account.Entry{})
		refused(t, "a passkey that was removed", "passkey", err)
		if n := h.Count(t, `audit_lines where what like 'account.passkey%' and actor_id = $1`, string(m.id)); n != 3 {
			t.Errorf("%d lines of the audit trail, want 3", n)
		}
	})
}

func TestACC40_NoMoreThanTwenty(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.coordinator(t, "Mary Jones", mary)
		for range 20 {
			h.withPasskey(t, m)
		}
		_, err := h.f.AskNewPasskey(t.Context(), m.scope)
		kind(t, "a twenty-first passkey", err, fault.Invalid)
	})
}

func TestACC40_SigningInWithAPasskey(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))
		asked, err := h.f.AskSignIn(ctx, client)
		must(t, err)
		started, err := h.f.SignInWithPasskey(ctx, nil, m.show(asked), account.Entry{Device: "Safari on iPhone"})
		must(t, err)
		one, found, err := h.Session(ctx, started.Token)
		must(t, err)
		if !found || one.Person.ID != m.id || one.How != account.ByPasskey || !one.IsStrong() || started.Half {
			t.Errorf("ACC-50 the session is %+v", one)
		}
		held, _ := h.f.Held(ctx, m.scope)
		if held.Passkeys[0].LastUsedAt.IsZero() {
			t.Error("when the passkey was used is not kept")
		}
		must(t, h.SetDisabled(ctx, national(t, h), m.id, true))
		asked, err = h.f.AskSignIn(ctx, client)
		must(t, err)
		_, err = h.f.SignInWithPasskey(ctx, nil, m.show(asked), account.Entry{})
		refused(t, "somebody who is disabled", "passkey", err)
	})
}

func TestACC41_ARequestTakesOneAnswerAndSoon(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))
		try := func(n factor.Shown) error {
			_, err := h.f.SignInWithPasskey(ctx, nil, n, account.Entry{})
			return err
		}
		ask := func() factor.Asked {
			a, err := h.f.AskSignIn(ctx, client)
			must(t, err)
			return a
		}
		a := ask()
		good := m.show(a)
		must(t, try(good))
		refused(t, "the same answer a second time", "passkey", try(good))
		a = ask()
		refused(t, "a wrong answer", "passkey", try(factor.Shown{Way: account.ByPasskey, Ceremony: a.ID, Passkey: "{}"}))
		refused(t, "the right answer after a wrong one", "passkey", try(m.show(a)))
		a = ask()
		h.Clock.Move(5*time.Minute - time.Second)
		must(t, try(m.show(a)))
		a = ask()
		h.Clock.Move(5 * time.Minute)
		refused(t, "an answer after five minutes", "passkey", try(m.show(a)))
		proof, err := h.f.AskProof(ctx, m.scope)
		must(t, err)
		refused(t, "the answer to a request for a proof", "passkey", try(m.show(proof)))
		refused(t, "no request at all", "passkey", try(factor.Shown{Way: account.ByPasskey, Passkey: good.Passkey}))
		other := h.withPasskey(t, h.coordinator(t, "Tom Other", "tom@example.org"))
		theirs, err := h.f.AskProof(ctx, other.scope)
		must(t, err)
		_, err = h.f.Prove(ctx, m.scope, m.token, m.show(theirs))
		refused(t, "the answer to a request made of somebody else", "passkey", err)
		if _, err := h.f.AskProof(ctx, h.coordinator(t, "Ann None", "ann@example.org").scope); err == nil {
			t.Error("somebody without a passkey is asked for one")
		}
	})
}

func TestACC42_ACopyIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))
		for _, count := range []uint32{10, 3} {
			m.device.Count = count
			a, err := h.f.AskSignIn(ctx, client)
			must(t, err)
			_, err = h.f.SignInWithPasskey(ctx, nil, m.show(a), account.Entry{})
			if count == 10 {
				must(t, err)
			} else if err == nil || !strings.Contains(err.Error(), "a copy") {
				t.Errorf("a counter that went back: %v", err)
			}
		}
	})
}

func TestANetworkIsAskedForSoManyPasskeysAtATime(t *testing.T) {
	h := on(t, dbtest.OpenSQLite(t, schema.All()), settings())
	for range 300 {
		_, err := h.f.AskSignIn(t.Context(), client)
		must(t, err)
	}
	_, err := h.f.AskSignIn(t.Context(), client)
	kind(t, "the next from that network", err, fault.Invalid)
	_, err = h.f.AskSignIn(t.Context(), "198.51.100.1")
	must(t, err)
	h.Clock.Move(5 * time.Minute)
	_, err = h.f.AskSignIn(t.Context(), client)
	must(t, err)
	must(t, h.f.Tidy(t.Context(), h.Clock.Now()))
	if n := h.Count(t, `passkey_requests`); n != 1 {
		t.Errorf("%d requests are left, want the one that waits", n)
	}
}

// Where there can be no passkeys, nothing of them works.
func TestWithoutPasskeys(t *testing.T) {
	s := settings()
	s.BaseURL = "http://192.0.2.7:8080"
	h := on(t, dbtest.OpenSQLite(t, schema.All()), s)
	m := h.coordinator(t, "Mary Jones", mary)
	_, errAsk := h.f.AskSignIn(t.Context(), client)
	_, errNew := h.f.AskNewPasskey(t.Context(), m.scope)
	_, errProof := h.f.AskProof(t.Context(), m.scope)
	_, errIn := h.f.SignInWithPasskey(t.Context(), nil, factor.Shown{}, account.Entry{})
	_, errAdd := h.f.AddPasskey(t.Context(), m.scope, m.token, factor.NewPasskey{Device: "x"})
	_, errProve := h.f.Prove(t.Context(), m.scope, m.token, factor.Shown{Way: account.ByPasskey})
	for _, err := range []error{errAsk, errNew, errProof, errIn, errAdd, errProve} {
		kind(t, "a passkey where there can be none", err, fault.NotFound)
	}
	if h.f.HasPasskeys() {
		t.Error("passkeys are offered")
	}
}

// A passkey that another site asked for, or that was made elsewhere, opens
// nothing here.
func TestACC40_WorksNowhereElse(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.withPasskey(t, h.coordinator(t, "Mary Jones", mary))
		for name, spoil := range map[string]func(*passkeytest.Device){
			"shown at another site":  func(d *passkeytest.Device) { d.Origin = "https://asye-example.org" },
			"without a face or PIN":  func(d *passkeytest.Device) { d.Origin, d.Unverified = origin, true },
			"in the name of another": func(d *passkeytest.Device) { d.Unverified = false; d.Give("somebody") },
		} {
			spoil(m.device)
			a, err := h.f.AskSignIn(t.Context(), client)
			must(t, err)
			_, err = h.f.SignInWithPasskey(t.Context(), nil, m.show(a), account.Entry{})
			refused(t, "a passkey "+name, "passkey", err)
		}
	})
}
