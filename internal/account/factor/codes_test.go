package factor_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

func code(text string) factor.Shown {
	return factor.Shown{Way: account.ByCode, Code: text, Client: client}
}

func printed(text string) factor.Shown {
	return factor.Shown{Way: account.ByRecovery, Code: text, Client: client}
}

func TestACC43_AnAppIsTakenIntoUseByItsFirstCode(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.coordinator(t, "Mary Jones", mary)
		_, err := h.f.PendingApp(ctx, m.scope)
		kind(t, "an app that nobody began to set up", err, fault.NotFound)
		must(t, h.f.StartApp(ctx, m.scope))
		pending, err := h.f.PendingApp(ctx, m.scope)
		must(t, err)
		if !strings.Contains(pending.Address, "mary@example.org") || !strings.Contains(pending.Address, string(pending.Secret)) {
			t.Errorf("the picture says %s", pending.Address)
		}
		_, err = h.f.ConfirmApp(ctx, m.scope, m.token, code("000000"))
		refused(t, "a wrong code", "code", err)
		if held, _ := h.f.Held(ctx, m.scope); !held.App.IsZero() {
			t.Error("an app that has shown no code is in use")
		}
		first := m.token
		h.withApp(t, m)
		if h.live(t, first) {
			t.Error("ACC-56 the session keeps its secret when an app is set up")
		}
		old := m.app
		must(t, h.f.StartApp(ctx, m.scope))
		started, err := h.f.Prove(ctx, m.scope, m.token, code(h.code(old)))
		must(t, err)
		m.token = started.Token
		h.Clock.Move(30*time.Minute + time.Second)
		_, err = h.f.PendingApp(ctx, m.scope)
		kind(t, "an app after half an hour", err, fault.NotFound)
		must(t, h.f.Tidy(ctx, h.Clock.Now()))
		if _, err := h.f.Prove(ctx, m.scope, m.token, code(h.code(old))); err != nil {
			t.Errorf("the app in use: %v", err)
		}
	})
}

func TestACC43_AnAppIsRemoved(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		other := h.coordinator(t, "Tom Other", "tom@example.org")
		_, err := h.f.RemoveApp(ctx, other.scope, other.token)
		kind(t, "an app that one does not have", err, fault.NotFound)
		letters := len(h.Letters(t))
		started, err := h.f.RemoveApp(ctx, m.scope, m.token)
		must(t, err)
		if h.live(t, m.token) || !h.live(t, started.Token) {
			t.Error("ACC-56 the session keeps its secret when an app is removed")
		}
		if l := h.lately(t, letters); len(l) != 1 || !strings.Contains(l[0], "app was removed") {
			t.Errorf("ACC-46 letters: %q", l)
		}
		_, err = h.f.Prove(ctx, m.scope, started.Token, code(h.code(m.app)))
		refused(t, "a code of the app that was removed", "code", err)
	})
}

func TestACC44_ACodeIsAcceptedOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		prove := func(text string) error {
			started, err := h.f.Prove(ctx, m.scope, m.token, code(text))
			if err == nil {
				m.token = started.Token
			}
			return err
		}
		now := h.code(m.app)
		spaced := now[:3] + " " + now[3:]
		must(t, prove(spaced)) // as apps show it
		refused(t, "the same code again", "code", prove(now))
		h.Clock.Move(30 * time.Second)
		refused(t, "the same code a step later", "code", prove(now))
		must(t, prove(m.app.Code(h.Clock.Now().Time().Add(30*time.Second)))) // an app whose clock is ahead
		refused(t, "a code older than one that was used", "code", prove(h.code(m.app)))
		h.Clock.Move(2 * time.Minute)
		refused(t, "a code of two steps ago", "code", prove(m.app.Code(h.Clock.Now().Time().Add(-time.Minute))))
		must(t, prove(m.app.Code(h.Clock.Now().Time().Add(-30*time.Second)))) // an app whose clock is behind
	})
}

func TestACC44_OneCodeAtTheSameMoment(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		halves := []string{h.open(t, mary).Token, h.open(t, mary).Token, h.open(t, mary).Token}
		now := h.code(m.app)
		errs := make([]error, len(halves))
		var all sync.WaitGroup
		for i, half := range halves {
			all.Go(func() { _, errs[i] = h.f.Finish(context.Background(), nil, half, code(now)) })
		}
		all.Wait()
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%d of three got in by one code: %v", in, errs)
		}
	})
}

func TestACC45_PrintedCodes(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		codes, started, err := h.f.PrintCodes(ctx, m.scope, m.token)
		must(t, err)
		m.token = started.Token
		if len(codes) != 10 || len(codes[0]) != len("ABCD-EFGH-IJKL-MNOP") || codes[0] == codes[1] {
			t.Fatalf("the codes are %v", codes)
		}
		if n := h.Count(t, `printed_codes where code_hash like $1`, "%"+codes[0][:4]+"%"); n != 0 {
			t.Error("a printed code is kept as it is")
		}
		letters := len(h.Letters(t))
		half := h.open(t, mary)
		if !half.Half {
			t.Fatal("ACC-50 no second step is asked for")
		}
		in, err := h.f.Finish(ctx, nil, half.Token, printed(strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))))
		must(t, err)
		if one, _, _ := h.Session(ctx, in.Token); one.Also != account.ByRecovery {
			t.Errorf("the session is %+v", one)
		}
		found := false
		for _, l := range h.lately(t, letters) {
			found = found || strings.Contains(l, "One of your printed codes was used") && strings.Contains(l, "You have 9 left")
		}
		if !found {
			t.Errorf("ACC-46 no letter tells that a printed code was used: %q", h.lately(t, letters))
		}
		_, err = h.f.Finish(ctx, nil, h.open(t, mary).Token, printed(codes[3]))
		refused(t, "a printed code a second time", "printed_code", err)
		other := h.withApp(t, h.coordinator(t, "Tom Other", "tom@example.org"))
		_, err = h.f.Prove(ctx, other.scope, other.token, printed(codes[4]))
		refused(t, "somebody else's printed code", "printed_code", err)
		again, started, err := h.f.PrintCodes(ctx, m.scope, m.token)
		must(t, err)
		_, err = h.f.Prove(ctx, m.scope, started.Token, printed(codes[5]))
		refused(t, "a code of the set before", "printed_code", err)
		if _, err = h.f.Prove(ctx, m.scope, started.Token, printed(again[0])); err != nil {
			t.Errorf("a code of the new set: %v", err)
		}
		if held, _ := h.f.Held(ctx, m.scope); held.Printed != 9 {
			t.Errorf("%d are left, want 9", held.Printed)
		}
	})
}

func TestACC45_OnePrintedCodeAtTheSameMoment(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m := h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		codes, _, err := h.f.PrintCodes(t.Context(), m.scope, m.token)
		must(t, err)
		halves := []string{h.open(t, mary).Token, h.open(t, mary).Token, h.open(t, mary).Token}
		var in sync.Map
		var all sync.WaitGroup
		for _, half := range halves {
			all.Go(func() {
				if _, err := h.f.Finish(context.Background(), nil, half, printed(codes[0])); err == nil {
					in.Store(half, true)
				}
			})
		}
		all.Wait()
		n := 0
		in.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("%d of three got in by one printed code", n)
		}
	})
}

func TestACC52_WrongCodesAreCountedAndPrintedOnesAreNot(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, m := t.Context(), h.withPasskey(t, h.withApp(t, h.coordinator(t, "Mary Jones", mary)))
		codes, started, err := h.f.PrintCodes(ctx, m.scope, m.token)
		must(t, err)
		m.token = started.Token
		half := h.open(t, mary).Token
		for i := range 40 {
			n := code("123456")
			n.Client = "198.51.100." + string(rune('0'+i%10))
			if _, err := h.f.Finish(ctx, nil, half, n); err == nil {
				t.Fatal("a wrong code is right")
			}
		}
		n := code(h.code(m.app))
		n.Client = "198.51.100.77"
		_, err = h.f.Finish(ctx, nil, half, n)
		if err == nil || !strings.Contains(err.Error(), "many wrong tries") {
			t.Errorf("the right code after forty wrong ones from strangers' networks: %v", err)
		}
		if n := h.Count(t, `sign_in_tries where not got_in`); n > 20 {
			t.Errorf("%d wrong tries were looked at, want 20 at most", n)
		}
		if _, err := h.f.Finish(ctx, nil, half, printed(codes[0])); err != nil {
			t.Errorf("the owner, with a printed code: %v", err)
		}
		asked, err := h.f.AskSecondPasskey(ctx, h.open(t, mary).Token)
		must(t, err)
		if asked.Options == "" {
			t.Error("the owner is not asked for a passkey")
		}
	})
}

func TestNobodyElsesSecondStep(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		m := h.withApp(t, h.coordinator(t, "Mary Jones", mary))
		other := h.withApp(t, h.coordinator(t, "Tom Other", "tom@example.org"))
		_, err := h.f.Finish(ctx, nil, h.open(t, mary).Token, code(h.code(other.app)))
		refused(t, "a code of somebody else's app", "code", err)
		half := h.open(t, mary).Token
		for _, way := range []account.Way{account.ByMail, account.ByPassword, account.ByLink, "", "send"} {
			_, err := h.f.Finish(ctx, nil, half, factor.Shown{Way: way, Code: "x", Client: client})
			if err == nil {
				t.Errorf("%q is a second step", way)
			}
		}
		_, err = h.f.Prove(ctx, tenant.SignedIn(m.id, "kent", "coordinator"), other.token, code(h.code(m.app)))
		if err == nil {
			t.Error("a proof of one person renews the session of another")
		}
	})
}
