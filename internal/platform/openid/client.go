package openid

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	fresh   = 30 * time.Second // for how long what a directory says of itself is believed
	respite = 5 * time.Second  // for how long one that did not answer is left alone
)

// Client visits one directory. It may be used by many requests at once.
type Client struct {
	config Config
	clock  clock.Clock
	http   *http.Client

	mu      sync.Mutex
	found   *found
	lost    error // why it did not answer when it was last asked
	askedAt asye.Instant
}

// found is what a directory says of itself.
type found struct {
	provider *oidc.Provider
	keys     oidc.KeySet
	auth     oauth2.AuthStyle
}

// New is a client of a directory. Nothing is asked of it before it is needed.
func New(c Config, now clock.Clock) *Client {
	return &Client{config: c, clock: now, http: newHTTP()}
}

// Visit is the secrets of one visit, which the browser keeps meanwhile.
type Visit struct {
	State    string // comes back with the browser: the reply is to this visit
	Nonce    string // comes back in the token: the token is for this visit
	Verifier string // only whoever began the visit can hand its code in
}

// Reply is what the browser brings back.
type Reply struct {
	Code, State string
	Issuer      string // who says so; empty where the directory does not say
	Error       string
}

// Prompt asks the directory for more than it would do by itself.
type Prompt string

// Choose lets the person use another account than the one that they are signed
// in with there.
const Choose Prompt = "choose"

// Begin starts a visit, and gives the address to which to send the browser. A
// directory that does not answer is a [Failure] of the kind Away, at once if it
// did not answer a moment ago.
func (c *Client) Begin(ctx context.Context, p Prompt) (Visit, string, error) {
	f, err := c.discover(ctx)
	if err != nil {
		return Visit{}, "", err
	}
	v := Visit{State: secret(), Nonce: secret(), Verifier: oauth2.GenerateVerifier()}
	options := []oauth2.AuthCodeOption{oidc.Nonce(v.Nonce), oauth2.S256ChallengeOption(v.Verifier)}
	if p == Choose {
		options = append(options, oauth2.SetAuthURLParam("prompt", c.choosing()))
	}
	return v, c.oauth(f).AuthCodeURL(v.State, options...), nil
}

func (c *Client) choosing() string {
	if c.config.isEntra() {
		return "select_account"
	}
	return "login"
}

// Finish ends a visit: it hands the code in and reads the token. Every way in
// which that can go wrong is a [Failure].
func (c *Client) Finish(ctx context.Context, v Visit, r Reply) (Claims, error) {
	if v.State == "" || subtle.ConstantTimeCompare([]byte(v.State), []byte(r.State)) != 1 {
		return Claims{}, failed(Stale, "the reply is not to this visit")
	}
	if r.Issuer != "" && r.Issuer != c.config.Issuer {
		return Claims{}, failed(Forged, "another directory replied")
	}
	if r.Error != "" {
		return Claims{}, ofReply(r.Error)
	}
	if r.Code == "" {
		return Claims{}, failed(Stale, "the reply has no code")
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, c.http), wholeVisit)
	defer cancel()
	f, err := c.discover(ctx)
	if err != nil {
		return Claims{}, err
	}
	token, err := c.oauth(f).Exchange(ctx, r.Code, oauth2.VerifierOption(v.Verifier))
	if err != nil {
		return Claims{}, ofExchange(err)
	}
	claims, err := c.read(ctx, f, token, v.Nonce)
	if err == nil && claims.Email == "" && !claims.entra && f.provider.UserInfoEndpoint() != "" {
		err = claims.ask(ctx, f.provider, token)
	}
	return claims, err
}

func (c *Client) oauth(f *found) *oauth2.Config {
	endpoint := f.provider.Endpoint()
	endpoint.AuthStyle = f.auth
	return &oauth2.Config{ClientID: c.config.ClientID, ClientSecret: c.config.Secret, Endpoint: endpoint,
		RedirectURL: c.config.RedirectURL, Scopes: []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}}
}

// discover gives what the directory says of itself, asking it when that is no
// longer fresh.
func (c *Client) discover(ctx context.Context) (*found, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	switch since := now.Time().Sub(c.askedAt.Time()); {
	case since < 0: // the clock was put back
	case c.lost != nil && since < respite:
		return nil, c.lost
	case c.lost == nil && c.found != nil && since < fresh:
		return c.found, nil
	}
	f, err := c.ask(ctx)
	if err != nil && gone(ctx) {
		return nil, failed(Away, "the visitor did not wait")
	}
	c.askedAt, c.lost = c.clock.Now(), err
	if err == nil {
		c.found = f
	}
	return f, err
}

func (c *Client) ask(ctx context.Context) (*found, error) {
	ctx = oidc.ClientContext(ctx, c.http)
	p, err := oidc.NewProvider(ctx, c.config.Issuer)
	var other *oidc.IssuerMismatchError
	if errors.As(err, &other) {
		return nil, failed(Unagreed, "it calls itself %q and not %q: copy its issuer letter by letter", other.Discovered, c.config.Issuer)
	}
	if err != nil {
		return nil, failed(Away, "it could not be asked: %w", err)
	}
	var more struct {
		JWKS    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := p.Claims(&more); err != nil {
		return nil, failed(Away, "it does not say what it can do: %w", err)
	}
	f := &found{provider: p, keys: oidc.NewRemoteKeySet(ctx, more.JWKS), auth: oauth2.AuthStyleInHeader}
	// To try both ways would hand the code in twice.
	if c.config.Secret == "" || len(more.Methods) > 0 && !slices.Contains(more.Methods, "client_secret_basic") {
		f.auth = oauth2.AuthStyleInParams
	}
	return f, nil
}

// secret cannot be guessed: 256 random bits.
func secret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}
