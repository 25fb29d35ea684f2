package openid

import (
	"context"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// skew is how far a directory's clock and ours may differ.
const skew = 5 * time.Minute

// Claims are what a directory says of a person. It has signed them; whether
// each of them is more than the person's own word, the methods tell.
type Claims struct {
	Issuer        string `json:"-"`
	Sub           string `json:"sub"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified truth  `json:"email_verified"`
	Username      string `json:"preferred_username"`
	AZP           string `json:"azp"`

	// Of Microsoft Entra ID.
	ObjectID   string `json:"oid"`
	UPN        string `json:"upn"`
	OwnDomain  truth  `json:"xms_edov"` // the tenant has proved that the address's domain is its own
	Guest      truth  `json:"acct"`     // 1 for a guest
	HomeIssuer string `json:"idp"`      // where the account comes from, when not from this tenant
	entra      bool
}

// truth is true however it is written: true, "true", 1, "1".
type truth bool

func (t *truth) UnmarshalJSON(text []byte) error {
	switch strings.ToLower(strings.Trim(string(text), `"`)) {
	case "true", "1":
		*t = true
	}
	return nil
}

// Subject is who the person is in their directory: it never changes, and nobody
// else ever has it. That is "sub"; in Entra ID the object's identifier, which
// stays the same when this service is registered there anew.
func (c Claims) Subject() string {
	if c.entra && c.ObjectID != "" {
		return c.ObjectID
	}
	return c.Sub
}

// Address is the e-mail address for which the directory itself answers; empty
// when it is no more than what somebody typed. An ordinary directory says that
// it has verified the address. Entra ID never says so: there the user name is at
// a domain that the tenant has proved to be its own, or the domain of the
// address is said to be. A guest's account is another organisation's, and none
// of its addresses counts.
func (c Claims) Address() string {
	switch {
	case !c.entra && bool(c.EmailVerified):
		return clean(c.Email)
	case !c.entra || c.isGuest():
		return ""
	case bool(c.OwnDomain) && c.Email != "":
		return clean(c.Email)
	case c.UPN != "":
		return clean(c.UPN)
	}
	return clean(c.Username)
}

// isGuest reports whether an account of Entra ID is another organisation's, or
// a private one. An issuer is written in more than one way, but always with its
// tenant.
func (c Claims) isGuest() bool {
	elsewhere := c.HomeIssuer != "" && !strings.Contains(c.HomeIssuer, tenant(c.Issuer))
	return bool(c.Guest) || elsewhere || strings.Contains(strings.ToUpper(c.UPN), "#EXT#")
}

// Shown is what the person knows their account by.
func (c Claims) Shown() string {
	for _, one := range []string{c.Email, c.UPN, c.Username, c.Name} {
		if one = clean(one); one != "" {
			return one
		}
	}
	return ""
}

// clean is a text on one line and not longer than an address may be.
func clean(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len(text) > 254 || strings.ContainsRune(text, 0) {
		return ""
	}
	return text
}

// read believes a token, or says why not.
func (c *Client) read(ctx context.Context, f *found, token *oauth2.Token, nonce string) (Claims, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Claims{}, failed(Forged, "the answer has no token that says who the person is")
	}
	keys := &watched{KeySet: f.keys}
	// Time is judged below, because the library allows no difference of clocks
	// at the token's end.
	checks := &oidc.Config{ClientID: c.config.ClientID, SkipExpiryCheck: true, SupportedSigningAlgs: f.algorithms()}
	id, err := oidc.NewVerifier(c.config.Issuer, keys, checks).Verify(ctx, raw)
	if err != nil && keys.away != nil {
		return Claims{}, failed(Away, "its keys could not be fetched: %w", keys.away)
	}
	if err != nil {
		return Claims{}, failed(Forged, "%w", err)
	}
	claims := Claims{Issuer: id.Issuer, entra: c.config.isEntra()}
	if err := id.Claims(&claims); err != nil {
		return Claims{}, failed(Forged, "the token cannot be read: %w", err)
	}
	if err := c.inTime(id); err != nil {
		return Claims{}, err
	}
	return claims, claims.check(id, c.config.ClientID, nonce)
}

// algorithms are those with which a directory may sign: with keys of which it
// publishes one half. None at all, and a secret that both sides have, are not
// among them.
func (f *found) algorithms() []string {
	var said struct {
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
	}
	_ = f.provider.Claims(&said) // it was read before
	var out []string
	for _, one := range said.Algorithms {
		switch one {
		case oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA:
			out = append(out, one)
		}
	}
	return out // none means RS256, which every directory has to offer
}

func (c *Client) inTime(id *oidc.IDToken) error {
	now := c.clock.Now().Time()
	switch {
	case id.Expiry.IsZero() || id.IssuedAt.IsZero():
		return failed(Forged, "the token does not say when it was made and until when it counts")
	case !now.Before(id.Expiry.Add(skew)):
		return failed(Clock, "the token ended at %s and it is %s", id.Expiry.UTC(), now.UTC())
	case id.IssuedAt.After(now.Add(skew)):
		return failed(Clock, "the token was made at %s and it is %s", id.IssuedAt.UTC(), now.UTC())
	}
	return nil
}

func (c Claims) check(id *oidc.IDToken, client, nonce string) error {
	switch {
	case nonce == "" || id.Nonce != nonce:
		return failed(Forged, "the token is not for this visit")
	case len(id.Audience) > 1 && c.AZP != client, c.AZP != "" && c.AZP != client:
		return failed(Forged, "the token was made for another service")
	case c.Subject() == "" || len(c.Subject()) > 255:
		return failed(Forged, "the token does not say who the person is")
	case c.entra && c.ObjectID == "":
		return failed(Unagreed, "the token has no oid: grant this service the permission profile")
	}
	return nil
}

// ask fills in what a directory says only when it is asked once more.
func (c *Claims) ask(ctx context.Context, p *oidc.Provider, token *oauth2.Token) error {
	info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return failed(Away, "it does not say more of the person") // the cause may hold what it said
	}
	if info.Subject != c.Sub {
		return failed(Forged, "it speaks of another person")
	}
	var more Claims
	if err := info.Claims(&more); err != nil {
		return failed(Forged, "what it says of the person cannot be read: %w", err)
	}
	c.Email, c.EmailVerified = more.Email, more.EmailVerified
	if c.Name == "" {
		c.Name = more.Name
	}
	if c.Username == "" && !c.entra {
		c.Username = more.Username
	}
	return nil
}

// watched remembers when keys could not be fetched: the library does not tell
// that from a signature that is wrong.
type watched struct {
	oidc.KeySet
	away error
}

func (w *watched) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := w.KeySet.VerifySignature(ctx, jwt)
	if err != nil && strings.HasPrefix(err.Error(), "fetching keys") {
		w.away = err
	}
	return payload, err
}
