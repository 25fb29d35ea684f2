package app

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// gatehouse is a directory of people for the tour: it lets everybody in, as
// whom the tour says, and is asked over the network as any other is. How the
// service stands up to directories that lie is tested elsewhere.
type gatehouse struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any // of whoever comes next
	now    func() int64
}

func newGatehouse(t testing.TB) *gatehouse {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	g := &gatehouse{key: key}
	m := http.NewServeMux()
	say := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v) // the reader is the service itself
	}
	m.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		say(w, map[string]any{"issuer": g.URL, "authorization_endpoint": g.URL + "/auth", "token_endpoint": g.URL + "/token",
			"jwks_uri": g.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	m.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		say(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "one", Algorithm: "RS256", Use: "sig"}}})
	})
	m.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) {
		say(w, map[string]any{"access_token": "at", "token_type": "Bearer", "id_token": g.sign(t)})
	})
	g.Server = httptest.NewServer(m)
	t.Cleanup(g.Close)
	return g
}

func (g *gatehouse) sign(t testing.TB) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: g.key, KeyID: "one"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	g.claims["iss"], g.claims["aud"], g.claims["iat"], g.claims["exp"] = g.URL, "asye", g.now(), g.now()+60
	text, err := json.Marshal(g.claims)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return compact
}

// comesBack is a browser that went to the gatehouse, and comes back as somebody.
func (o *tour) comesBack(address string, claims map[string]any) string {
	o.Helper()
	_, query, _ := strings.Cut(address, "?")
	asked, err := url.ParseQuery(query)
	if err != nil {
		o.Fatal(err)
	}
	claims["nonce"] = asked.Get("nonce")
	o.gate.claims = claims
	return "/sign-in/with/" + ownDirectory + "/back?" + url.Values{"code": {"c"}, "state": {asked.Get("state")}}.Encode()
}

// visit signs in with a directory, and connects and disconnects its accounts.
func (o *tour) visit() {
	v := o.nobody()
	v.Get("/sign-in/with").Is(200)
	v.Get("/sign-in/with/" + ownDirectory + "/back?error=access_denied").Is(422)
	v.Get("/sign-in/with/" + ownDirectory)
	v.Get(o.comesBack(v.Path(), map[string]any{"sub": "s-0", "email": "nobody@example.org", "email_verified": true})).Is(422)
	v.Get("/sign-in/with/" + ownDirectory + "?next=/employers")
	v.Get(o.comesBack(v.Path(), map[string]any{"sub": "s-1", "email": nia, "email_verified": true})).Is(200)
	o.guests[nia] = v
	v.Get("/account/directories").Is(200).Answer("/account/directories/disconnect").Is(200)
	v.Get("/account/directories/" + ownDirectory + "/connect")
	offer := v.Get(o.comesBack(v.Path(), map[string]any{"sub": "s-2", "preferred_username": o.words("nia-on-call", 60)})).Is(200)
	offer.Answer("/account/directories/connect").Is(200)
	v.Get("/account/directories").Is(200)
	person := "/admin/people/" + o.ask(`select id from people where email = $1`, nia) + "/directories"
	o.as(femi).Get(person).Is(200).Answer(person + "/disconnect").Is(200)
	o.as(femi).Get(person).Is(200)
}
