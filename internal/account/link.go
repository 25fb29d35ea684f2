package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"example.org/asye/internal/platform/fault"
)

// Purpose is what a one-time link is for.
type Purpose string

// The purposes of a one-time link.
const (
	ToSignIn Purpose = "sign_in"    // asked for by the person
	ToInvite Purpose = "invitation" // sent when they are given a role
	Example  Purpose = "example"    // printed by the example service
)

// life is how long a link works.
func (s Settings) life(p Purpose) time.Duration {
	switch p {
	case ToInvite:
		return s.InviteLife
	case Example:
		return s.ExampleLife
	}
	return s.LinkLife
}

// errLink is every way in which a link does not work; they are not told apart,
// so that trying links teaches nothing.
var errLink = fault.New(fault.Forbidden,
	"This link cannot be used. It may have been used already, or its time may be over")

// NewToken is a secret that cannot be guessed: 256 random bits.
func NewToken() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// HashToken is the form in which a secret is kept. The secrets are random and
// long, so a plain SHA-256 cannot be turned back.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// NewCode is a code to be typed: 80 random bits in four groups.
func NewCode() string {
	raw := make([]byte, 10)
	rand.Read(raw)
	text := base32.StdEncoding.EncodeToString(raw)
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// PlainCode is a code as typed, without what people add or change.
func PlainCode(typed string) string {
	return strings.NewReplacer("-", "", " ", "", "0", "O", "1", "I").Replace(strings.ToUpper(typed))
}

// LocalPath is next when it leads to a page of this service, and the home page
// otherwise, so that a sign-in can never lead elsewhere.
func LocalPath(next string) string {
	const home = "/home"
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t\x00") {
		return home
	}
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, "//") {
		return home
	}
	if u.Path == "/" || strings.HasPrefix(u.Path, "/sign-") || u.Path == "/setup" {
		return home
	}
	return next
}
