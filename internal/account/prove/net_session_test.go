package prove_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/proof"
)

const cookieName = "asye_session"

// rounds is how often the net does everything: a few times in passing, as often
// as ROUNDS says when it is run for its figures.
func rounds(passing int) int {
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil && n > 0 {
		return n
	}
	return passing
}

// TestNetSession: no secret of a session opens anything once it has been
// replaced, and what was typed when a session ended comes back to its writer.
func TestNetSession(t *testing.T) {
	n := rounds(8)
	old := replaced(t, max(n/20, 2))
	back, shown := comeBack(t, n)
	if t.Failed() {
		return
	}
	proof.Keep(t, proof.Result{Net: "session", Part: proof.SigningIn,
		Promise: "A session’s secret is worth nothing once it is replaced, and what was typed when a session ended comes back to its writer and to nobody else.",
		Saw: fmt.Sprintf("%d secrets tried after sign-in, role change, proof, a way added or removed, sign-out here, on another device and everywhere: 0 opened anything. "+
			"%d of %d forms of sessions that ended while somebody wrote came back letter for letter; %d of %d were shown to the next person at that device.", old, back, n, shown, n),
		Twin: sessionTwins(t), Command: "make net-session ROUNDS=" + strconv.Itoa(n)})
}

// sessionTwins builds each mistake in and expects the net to see it.
func sessionTwins(t *testing.T) string {
	t.Helper()
	if os.Getenv("ROUNDS") == "" {
		return "left to the long form"
	}
	var said []string
	for _, twin := range []struct {
		mistake string
		edits   []proof.Edit
	}{
		{"a proof renews nothing", []proof.Edit{{File: "internal/account/store_renew.go", Old: "started := Started{Token: NewToken()}", New: "started := Started{Token: token}"}}},
		{"a role change keeps the secret", []proof.Edit{{File: "internal/account/store_renew.go", Old: `if started, err = s.Renew(ctx, tx, scope, token, ""); err != nil {`, New: `if started = (Started{Token: token, Until: tx.Now().Add(s.settings.Absolute)}); err != nil {`}}},
		{"signing out forgets the session only in the browser", []proof.Edit{{File: "internal/account/store_sessions.go",
			Old: "delete from sessions where token_hash = $1", New: "delete from sessions where token_hash = $1 and token_hash = ''"}}},
		{"a form sent too late is dropped", []proof.Edit{{File: "internal/platform/web/gate.go", Old: `if err != nil || page == "" {`, New: `if page = ""; err != nil || page == "" {`}}},
		{"only the first line of a text is put back", []proof.Edit{{File: "internal/platform/web/refill.go",
			Old: `Data: strings.ReplaceAll(next(n, left), "\r\n", "\n")`, New: `Data: strings.SplitN(strings.ReplaceAll(next(n, left), "\r\n", "\n"), "\n", 2)[0]`}}},
		{"a kept form opens for whoever is there", []proof.Edit{
			{File: "internal/account/held/store.go", Old: "where id = $1 and person_id = $2 and coalesce", New: "where id = $1 and $2 <> '' and coalesce"},
			{File: "internal/account/held/sealed.go", Old: `[]byte(t.id + "|" + string(person))`, New: `[]byte(t.id + string(person[:0]))`}}},
	} {
		proof.Noticed(t, "./internal/account/prove", "TestNetSession", twin.edits...)
		said = append(said, twin.mistake+": noticed")
	}
	return strings.Join(said, "\n")
}

// bearer sends a page a secret of a session, as a thief would.
func (s *site) bearer(t testing.TB, secret string) webtest.Page {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/note", nil)
	r.AddCookie(&http.Cookie{Name: cookieName, Value: secret})
	return webtest.New(t, s.mux).Send(r)
}

// opens reports whether a secret opens a session.
func (s *site) opens(t testing.TB, secret string) bool {
	t.Helper()
	return s.bearer(t, secret).Status == http.StatusOK
}

// replaced goes through everything that replaces a secret, and tries each that
// was replaced. It gives how many were tried.
func replaced(t *testing.T, rounds int) int {
	t.Helper()
	tried := 0
	for range rounds {
		s := newSite(t, settings())
		id := s.Person(t, "Mary Jones", mary, accounttest.As(accounttest.Kent, asye.Coordinator), accounttest.As(accounttest.Leeds, asye.Coordinator))
		scope := tenant.SignedIn(id, accounttest.Kent, asye.Coordinator)
		b, other := webtest.Visit(t, s.mux), s.signedIn(t, mary)
		var gone []string
		// Somebody who was at this browser before has chosen its secret.
		b.Hold(cookieName, "chosen-by-a-thief")
		gone = append(gone, b.Held(cookieName))
		s.signIn(t, b, mary)
		var device *passkeytest.Device
		for i, act := range []func(){
			func() { s.signIn(t, b, mary) },
			func() { b.Get(paths.Roles()); b.Press(paths.Roles(), "role=coordinator@leeds") },
			func() { b.Get(paths.Roles()); b.Press(paths.Roles(), "role=coordinator@kent") },
			func() { device = s.passkey(t, b) },
			func() { s.app(t, b, scope) },
			func() { b.Get(paths.PrintedCodes()); b.Press(paths.PrintedCodes()) },
			func() { b.Fill(paths.Password(), "new_password=correct kettle moon") },
			func() {
				s.Clock.Move(45 * time.Minute)
				b.Fill("/decide", "text=x").Is(403)
				b.Press("/decide", s.show(t, b, device, paths.ProveBegin())...)
			},
			func() { b.Get(paths.AppStart()); b.Press(paths.AppRemove()) },
			func() { b.Get(paths.Password()); b.Press(paths.PasswordRemove()) },
			func() { other.Get(paths.Account()); other.Press(paths.EndSession()); b.Hold(cookieName, "") },
			func() { s.Clock.Move(20 * time.Minute); s.signIn(t, b, mary) },
			func() { b.Get("/note"); b.Press(paths.SignOut()) },
			func() { s.signIn(t, b, mary) },
			func() { other.Get(paths.Account()); other.Press(paths.SignOutEvery()) },
		} {
			before := b.Held(cookieName)
			if before != "" && !s.opens(t, before) {
				t.Fatalf("before act %d the browser holds a secret that opens nothing", i)
			}
			act()
			if before == "" {
				continue
			}
			if gone = append(gone, before); s.opens(t, before) {
				t.Errorf("the secret of before act %d opens a session after it", i)
			}
		}
		gone = append(gone, b.Held(cookieName), other.Held(cookieName))
		for i, secret := range gone {
			if secret != "" && s.opens(t, secret) {
				t.Errorf("secret %d of %d opens a session after it was replaced", i, len(gone))
			}
		}
		tried += len(gone)
	}
	return tried
}

// comeBack lets sessions end while somebody writes, and gives how many of the
// forms came back to their writer, and how many to the next person.
func comeBack(t *testing.T, forms int) (back, shown int) {
	t.Helper()
	s := newSite(t, settings())
	s.coordinator(t, "Mary Jones", mary)
	s.coordinator(t, "Tom Other", tom)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range forms {
		b := s.signedIn(t, mary)
		text := story(rnd)
		form := b.Get("/note").Is(200)
		s.Clock.Move(2*time.Hour + time.Duration(rnd.IntN(600))*time.Minute)
		form.Submit("text=" + text).Is(200)
		next := b.Field("next")
		if rnd.IntN(2) == 0 { // somebody else comes first
			b.Get(paths.SignInWith(s.Link(t, tom), next))
			if page := b.Press(paths.SignInLink()); strings.Contains(page.Body, text[:20]) {
				shown++
				t.Errorf("the next person is shown %q", text)
			}
			s.Clock.Move(16 * time.Minute)
		}
		b.Get(paths.SignInWith(s.Link(t, mary), next)).Is(200)
		page := b.Press(paths.SignInLink())
		if got := page.Written("text"); got != text {
			t.Errorf("of %q came back %q", text, got)
			continue
		}
		back++
		s.Clock.Move(16 * time.Minute)
	}
	return back, shown
}

// story is a text as people write one: several lines, signs of all kinds, up to
// some thousand words.
func story(rnd *rand.Rand) string {
	words := []string{"visit", "Siobhán", "“quoted”", "<b>", "&amp;", "</textarea>", "семья", "家族", "👩‍👧", "=1+1", "50%", "'", "\"", "a@b.c", "\tindented", "–"}
	var out strings.Builder
	fmt.Fprintf(&out, "%020d ", rnd.Uint64())
	for range 1 + rnd.IntN(1500) {
		out.WriteString(words[rnd.IntN(len(words))])
		if rnd.IntN(12) == 0 {
			out.WriteString("\n\n")
		} else {
			out.WriteString(" ")
		}
	}
	return strings.TrimSpace(out.String())
}
