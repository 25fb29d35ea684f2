// Package onetime reads the six-digit codes that any authenticator app shows
// (RFC 6238: SHA-1, six digits, a step of thirty seconds), and draws the
// picture with which such an app is set up.
package onetime

import (
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// step is how long one code is shown.
const step = 30

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// Secret is what an app and the service share, in the letters in which it is
// typed.
type Secret string

// NewSecret is 160 random bits, the length that RFC 4226 recommends.
func NewSecret() Secret {
	raw := make([]byte, 20)
	rand.Read(raw)
	return Secret(letters.EncodeToString(raw))
}

// Grouped is the secret in groups of four, for somebody who types it.
func (s Secret) Grouped() string {
	var groups []string
	for text := string(s); text != ""; {
		n := min(4, len(text))
		groups, text = append(groups, text[:n]), text[n:]
	}
	return strings.Join(groups, " ")
}

// Address is what the picture says: the secret, with the service and the person
// under which the app files it.
func (s Secret) Address(service, person string) string {
	label := &url.URL{Path: service + ":" + person}
	query := url.Values{"secret": {string(s)}, "issuer": {service}, "digits": {"6"}, "period": {"30"}, "algorithm": {"SHA1"}}
	// Several apps show a plus sign where a space was meant.
	return "otpauth://totp/" + label.EscapedPath() + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// Accept tells which step a code belongs to: the present one, the one before or
// the one after, since clocks differ. Steps up to last have been used, and no
// code of theirs is accepted again.
func (s Secret) Accept(code string, at time.Time, last int64) (used int64, ok bool) {
	now := at.Unix() / step
	for _, one := range []int64{now, now - 1, now + 1} {
		if one > last && s.is(code, one) {
			return one, true
		}
	}
	return 0, false
}

func (s Secret) is(code string, at int64) bool {
	ok, err := hotp.ValidateCustom(code, uint64(at), string(s), options)
	return err == nil && ok
}

var options = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// Code is what an app shows at a time; for tests, and for nobody else.
func (s Secret) Code(at time.Time) string {
	code, err := hotp.GenerateCodeCustom(string(s), uint64(at.Unix()/step), options)
	if err != nil {
		return ""
	}
	return code
}

// Plain is a code as typed, without the spaces that apps show in it.
func Plain(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(typed)
}
