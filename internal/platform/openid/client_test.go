package openid_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/openid"
	jose "github.com/go-jose/go-jose/v4"
)

func TestHonestVisit(t *testing.T) {
	l := newLiar(t)
	claims, err := l.visit(t, l.client())
	if err != nil || claims.Subject() != "s-1" || claims.Address() != "ada@northshire.gov.uk" || claims.Issuer != l.URL {
		t.Errorf("%+v, %v", claims, err)
	}
	if l.basic != client || len(l.form.Get("code_verifier")) < 43 {
		t.Errorf("the code was handed in by %q with %v", l.basic, l.form)
	}
	l.discover = func(said map[string]any) {
		said["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	}
	if _, err := l.visit(t, l.client()); err != nil || l.form.Get("client_secret") != "hush" {
		t.Errorf("a directory that wants the secret in the form: %v, %v", err, l.form)
	}
}

func TestACC31_OnlyATokenThatTheDirectorySignedForThisVisit(t *testing.T) {
	now := time.Now().Unix()
	stranger := newKey(t)
	for name, tt := range map[string]struct {
		claims map[string]any
		sign   func(*liar, []byte) string
		kind   openid.Kind
	}{
		"honest":                       {kind: ""},
		"not signed at all":            {sign: unsigned, kind: openid.Forged},
		"signed with the public key":   {sign: withThePublicKey, kind: openid.Forged},
		"signed by a stranger":         {sign: func(l *liar, p []byte) string { return signed(jose.RS256, stranger, l.kid, p) }, kind: openid.Forged},
		"signed by an unknown key":     {sign: func(l *liar, p []byte) string { return signed(jose.RS256, stranger, "two", p) }, kind: openid.Forged},
		"changed after signing":        {sign: func(l *liar, p []byte) string { return swapped(honestly(l, p), honestly(l, []byte(`{"sub":"x"}`))) }, kind: openid.Forged},
		"no token":                     {sign: func(*liar, []byte) string { return "nonsense" }, kind: openid.Forged},
		"of another directory":         {claims: map[string]any{"iss": "https://evil.example"}, kind: openid.Forged},
		"for another service":          {claims: map[string]any{"aud": "another"}, kind: openid.Forged},
		"for two, begun by another":    {claims: map[string]any{"aud": []string{client, "another"}, "azp": "another"}, kind: openid.Forged},
		"for two, begun by nobody":     {claims: map[string]any{"aud": []string{client, "another"}}, kind: openid.Forged},
		"for two, begun by us":         {claims: map[string]any{"aud": []string{client, "another"}, "azp": client}, kind: ""},
		"for another visit":            {claims: map[string]any{"nonce": "of yesterday"}, kind: openid.Forged},
		"for no visit":                 {claims: map[string]any{"nonce": nil}, kind: openid.Forged},
		"of nobody":                    {claims: map[string]any{"sub": ""}, kind: openid.Forged},
		"without an end":               {claims: map[string]any{"exp": nil}, kind: openid.Forged},
		"without a beginning":          {claims: map[string]any{"iat": nil}, kind: openid.Forged},
		"ended, within the skew":       {claims: map[string]any{"iat": now - 600, "exp": now - 290}, kind: ""},
		"ended":                        {claims: map[string]any{"iat": now - 600, "exp": now - 301}, kind: openid.Clock},
		"made later, within the skew":  {claims: map[string]any{"iat": now + 290, "exp": now + 600}, kind: ""},
		"made later":                   {claims: map[string]any{"iat": now + 310, "exp": now + 600}, kind: openid.Clock},
		"an address nobody has proved": {claims: map[string]any{"email_verified": false}, kind: ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			if tt.claims != nil {
				l.claims = tt.claims
			}
			l.sign = tt.sign
			l.wants(t, tt.kind)
		})
	}
}

// swapped has the head and the signature of one token and the middle of another.
func swapped(one, other string) string {
	a, b := strings.Split(one, "."), strings.Split(other, ".")
	return a[0] + "." + b[1] + "." + a[2]
}

// A directory that admits to nothing but weak algorithms is held to RS256.
func TestACC31_WeakAlgorithmsAreNotTakenFromDiscovery(t *testing.T) {
	for _, sign := range []func(*liar, []byte) string{unsigned, withThePublicKey} {
		l := newLiar(t)
		l.discover = func(said map[string]any) { said["id_token_signing_alg_values_supported"] = []string{"none", "HS256"} }
		l.sign = sign
		l.wants(t, openid.Forged)
	}
}

func TestACC31_Replies(t *testing.T) {
	l := newLiar(t)
	c := l.client()
	v, _, err := c.Begin(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		reply openid.Reply
		kind  openid.Kind
	}{
		"to another visit":       {openid.Reply{Code: "c", State: "guess"}, openid.Stale},
		"to no visit":            {openid.Reply{Code: "c"}, openid.Stale},
		"without a code":         {openid.Reply{State: v.State}, openid.Stale},
		"of another directory":   {openid.Reply{Code: "c", State: v.State, Issuer: "https://evil.example"}, openid.Forged},
		"of a person who left":   {openid.Reply{Error: "access_denied", State: v.State}, openid.Declined},
		"of a busy directory":    {openid.Reply{Error: "temporarily_unavailable", State: v.State}, openid.Away},
		"of one that knows not":  {openid.Reply{Error: "unauthorized_client", State: v.State}, openid.Unagreed},
		"an error of a stranger": {openid.Reply{Error: "access_denied", State: "guess"}, openid.Stale},
	} {
		if _, err := c.Finish(t.Context(), v, tt.reply); openid.KindOf(err) != tt.kind {
			t.Errorf("a reply %s: %v, want %s", name, err, tt.kind)
		}
	}
	if _, err := c.Finish(t.Context(), openid.Visit{}, openid.Reply{Code: "c"}); openid.KindOf(err) != openid.Stale {
		t.Errorf("a reply to a visit that never was: %v", err)
	}
	for status, want := range map[int]openid.Kind{400: openid.Stale, 401: openid.Unagreed, 500: openid.Away} {
		code := map[int]string{400: "invalid_grant", 401: "invalid_client", 500: ""}[status]
		l.token = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			w.Write([]byte(`{"error":"` + code + `"}`))
		}
		l.wants(t, want)
	}
}

func TestACC31_KeysAreFetchedAnewForAnUnknownOne(t *testing.T) {
	l := newLiar(t)
	c := l.client()
	for range 3 {
		if _, err := l.visit(t, c); err != nil {
			t.Fatal(err)
		}
	}
	if n := l.keys.Load(); n != 1 {
		t.Errorf("the keys were fetched %d times for three visits, want once", n)
	}
	l.mu.Lock()
	l.key, l.kid = newKey(t), "two"
	l.mu.Unlock()
	if _, err := l.visit(t, c); err != nil || l.keys.Load() != 2 {
		t.Errorf("after a change of keys: %v, fetched %d times", err, l.keys.Load())
	}
}

// A key that the directory has withdrawn is forgotten with the rest of what it
// said of itself.
func TestACC31_WithdrawnKeysAreForgotten(t *testing.T) {
	l := newLiar(t)
	now := clock.Fixed(time.Now())
	c := openid.New(l.config(), now)
	if _, err := l.visit(t, c); err != nil {
		t.Fatal(err)
	}
	old := l.key
	l.mu.Lock()
	l.key, l.kid = newKey(t), "two"
	l.mu.Unlock()
	l.sign = func(_ *liar, payload []byte) string { return signed(jose.RS256, old, "one", payload) }
	now.Move(31 * time.Second)
	if _, err := l.visit(t, c); openid.KindOf(err) != openid.Forged {
		t.Errorf("a token of a withdrawn key: %v", err)
	}
}

func TestACC32_ADirectoryThatIsDown(t *testing.T) {
	l := newLiar(t)
	now := clock.Fixed(time.Now())
	c := openid.New(l.config(), now)
	if _, err := l.visit(t, c); err != nil {
		t.Fatal(err)
	}
	now.Move(31 * time.Second)
	l.hang.Store(true)
	began := time.Now()
	if _, _, err := c.Begin(t.Context(), ""); openid.KindOf(err) != openid.Away {
		t.Fatalf("one that hangs: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("one that hangs held the page up for %s", took)
	}
	began = time.Now()
	for range 50 {
		if _, _, err := c.Begin(t.Context(), ""); openid.KindOf(err) != openid.Away {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("fifty more were held up for %s", took)
	}
	l.hang.Store(false)
	now.Move(6 * time.Second)
	if _, err := l.visit(t, c); err != nil {
		t.Errorf("six seconds after it came back: %v", err)
	}
}

func TestACC32_EveryFaultOfADirectoryIsToldFromALie(t *testing.T) {
	for name, tt := range map[string]struct {
		discover func(map[string]any)
		token    http.HandlerFunc
		kind     openid.Kind
	}{
		"calls itself something else": {discover: func(said map[string]any) { said["issuer"] = "https://other.example" }, kind: openid.Unagreed},
		"has its keys nowhere":        {discover: func(said map[string]any) { said["jwks_uri"] = "http://127.0.0.1:1/keys" }, kind: openid.Away},
		"takes codes nowhere":         {discover: func(said map[string]any) { said["token_endpoint"] = "http://127.0.0.1:1/token" }, kind: openid.Away},
		"never stops talking": {token: func(w http.ResponseWriter, _ *http.Request) {
			for range 3 << 10 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		}, kind: openid.Away},
		"sends us elsewhere": {token: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:1/", 302) }, kind: openid.Away},
		"gives no token of who it is": {token: func(w http.ResponseWriter, _ *http.Request) {
			answer(w, map[string]any{"access_token": "at", "token_type": "Bearer"})
		}, kind: openid.Forged},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLiar(t)
			l.discover, l.token = tt.discover, tt.token
			l.wants(t, tt.kind)
		})
	}
	down := openid.New(openid.Config{Issuer: "http://127.0.0.1:1", ClientID: client}, clock.Real())
	if _, _, err := down.Begin(t.Context(), ""); openid.KindOf(err) != openid.Away {
		t.Errorf("one that is not there: %v", err)
	}
}
