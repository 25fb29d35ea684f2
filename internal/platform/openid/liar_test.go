package openid_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/openid"
	jose "github.com/go-jose/go-jose/v4"
)

// liar is a directory that says whatever a test wants: a real one cannot be
// made to lie.
type liar struct {
	*httptest.Server
	mu       sync.Mutex
	nonce    string
	key      *rsa.PrivateKey
	kid      string
	claims   map[string]any                       // on top of honest ones; nil takes one away
	userinfo map[string]any                       // none when nil
	sign     func(l *liar, payload []byte) string // instead of signing honestly
	discover func(map[string]any)                 // what it says of itself, changed
	token    http.HandlerFunc                     // instead of a token
	hang     atomic.Bool
	keys     atomic.Int32 // how often its keys were fetched
	asked    atomic.Int32 // how often it was asked what it can do
	form     url.Values   // how the code was last handed in
	basic    string       // and by whom
}

const client = "asye"

func newLiar(t *testing.T) *liar {
	t.Helper()
	l := &liar{kid: "one", key: newKey(t), claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", l.aboutItself)
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		l.keys.Add(1)
		l.mu.Lock()
		defer l.mu.Unlock()
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: l.key.Public(), KeyID: l.kid, Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", l.handIn)
	mux.HandleFunc("GET /me", func(w http.ResponseWriter, _ *http.Request) { answer(w, l.userinfo) })
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for l.hang.Load() && r.Context().Err() == nil {
			time.Sleep(5 * time.Millisecond)
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(l.Close)
	t.Cleanup(func() { l.hang.Store(false) })
	return l
}

func (l *liar) aboutItself(w http.ResponseWriter, _ *http.Request) {
	l.asked.Add(1)
	said := map[string]any{"issuer": l.URL, "authorization_endpoint": l.URL + "/auth", "token_endpoint": l.URL + "/token",
		"jwks_uri": l.URL + "/keys", "id_token_signing_alg_values_supported": []string{"none", "HS256", "RS256"}}
	if l.userinfo != nil {
		said["userinfo_endpoint"] = l.URL + "/me"
	}
	if l.discover != nil {
		l.discover(said)
	}
	answer(w, said)
}

func (l *liar) handIn(w http.ResponseWriter, r *http.Request) {
	l.form, l.basic = nil, ""
	r.ParseForm()
	l.form = r.PostForm
	l.basic, _, _ = r.BasicAuth()
	if l.token != nil {
		l.token(w, r)
		return
	}
	now := time.Now().Unix()
	payload := map[string]any{"iss": l.URL, "aud": client, "sub": "s-1", "nonce": l.nonce, "iat": now, "exp": now + 60,
		"email": "ada@northshire.gov.uk", "email_verified": true}
	for name, value := range l.claims {
		payload[name] = value
		if value == nil {
			delete(payload, name)
		}
	}
	text, _ := json.Marshal(payload)
	sign := l.sign
	if sign == nil {
		sign = honestly
	}
	answer(w, map[string]any{"access_token": "at", "token_type": "Bearer", "id_token": sign(l, text)})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func newKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func honestly(l *liar, payload []byte) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return signed(jose.RS256, l.key, l.kid, payload)
}

func signed(alg jose.SignatureAlgorithm, key any, kid string, payload []byte) string {
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		panic(err)
	}
	jws, err := s.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := jws.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return text
}

// unsigned is a token of the algorithm "none".
func unsigned(_ *liar, payload []byte) string {
	b := base64.RawURLEncoding
	return b.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + b.EncodeToString(payload) + "."
}

// withThePublicKey is signed by a secret that everybody knows.
func withThePublicKey(l *liar, payload []byte) string {
	der, _ := x509.MarshalPKIXPublicKey(crypto.PublicKey(&l.key.PublicKey))
	return signed(jose.HS256, der, l.kid, payload)
}

// visit goes there and back, as a browser does.
func (l *liar) visit(t *testing.T, c *openid.Client) (openid.Claims, error) {
	t.Helper()
	v, address, err := c.Begin(t.Context(), "")
	if err != nil {
		return openid.Claims{}, err
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l.nonce = u.Query().Get("nonce")
	return c.Finish(t.Context(), v, openid.Reply{Code: "code", State: u.Query().Get("state")})
}

func (l *liar) config() openid.Config {
	return openid.Config{Issuer: l.URL, ClientID: client, Secret: "hush", RedirectURL: "http://127.0.0.1/back"}
}

func (l *liar) client() *openid.Client { return openid.New(l.config(), clock.Real()) }

func (l *liar) wants(t *testing.T, kind openid.Kind) {
	t.Helper()
	claims, err := l.visit(t, l.client())
	if got := openid.KindOf(err); got != kind || kind != "" && claims.Address() != "" && err == nil {
		t.Errorf("the visit ended as %q (%v), want %q", got, err, kind)
	}
}

func TestACC31_WhatIsAsked(t *testing.T) {
	l := newLiar(t)
	_, address, err := l.client().Begin(t.Context(), openid.Choose)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(address)
	q := u.Query()
	for name, want := range map[string]string{"client_id": client, "response_type": "code", "code_challenge_method": "S256",
		"scope": "openid profile email", "redirect_uri": "http://127.0.0.1/back", "prompt": "login"} {
		if q.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(q.Get(name)) < 43 {
			t.Errorf("%s is %q: too short to be a secret", name, q.Get(name))
		}
	}
	if strings.Contains(address, "hush") {
		t.Error("the secret is in the address")
	}
}
