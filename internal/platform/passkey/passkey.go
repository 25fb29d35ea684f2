// Package passkey asks a browser for a passkey and judges what it gives
// (WebAuthn level 3). It wraps github.com/go-webauthn/webauthn, so that the
// rest of the service deals in texts: what is asked goes to the browser as
// JSON, what comes back is JSON, and a ceremony that is under way is a text to
// be kept on the server until then.
//
// Every passkey is one that the device finds by itself, without a name being
// typed, and that asks for the person's face, finger or PIN each time.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

var (
	// ErrAddress is an address for which no browser makes passkeys: one without
	// a name, or without HTTPS.
	ErrAddress = errors.New("passkeys need an address with a name and HTTPS, like https://asye.example.org")
	// ErrRefused is a passkey that does not prove what was asked.
	ErrRefused = errors.New("the passkey could not be checked")
	// ErrCopied is a passkey whose counter has gone back: somebody may have a copy.
	ErrCopied = errors.New("the passkey may have been copied")
)

// Party is the service as browsers know it: passkeys made for it work nowhere
// else.
type Party struct{ web *webauthn.WebAuthn }

// New takes the name for which passkeys are made from the address of the
// service: [ErrAddress] where there can be none.
func New(baseURL, serviceName string) (*Party, error) {
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil, ErrAddress
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || host == "" {
		return nil, ErrAddress
	}
	if u.Scheme != "https" && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return nil, ErrAddress
	}
	web, err := webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: serviceName, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired},
		// We use no extension, and password managers answer some unasked.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	return &Party{web}, nil
}

// Owner is whose passkeys are dealt with.
type Owner struct {
	ID    string // tells people apart and says nothing of them
	Email string // shown by the device beside the name
	Name  string
	Keys  []Key
}

// Key is one passkey as it is kept: nothing in it is secret.
type Key struct {
	ID     string // as the device knows it
	Record string // its public key, its counter and what else the check needs
}

// Asked is a ceremony under way.
type Asked struct {
	Options  string // for the browser
	Ceremony string // for the server: to be kept there, and used once
}

// AskNew asks for a new passkey, on a device that has none of the owner's yet.
func (p *Party) AskNew(o Owner) (Asked, error) {
	who, err := o.user()
	if err != nil {
		return Asked{}, err
	}
	options, ceremony, err := p.web.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.keys).CredentialDescriptors()))
	if err != nil {
		return Asked{}, err
	}
	return asked(options.Response, ceremony)
}

// Made judges a new passkey: [ErrRefused] where it is not what was asked.
func (p *Party) Made(o Owner, ceremony, answer string) (Key, error) {
	who, session, err := o.resume(ceremony)
	if err != nil {
		return Key{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return Key{}, refused(err)
	}
	made, err := p.web.CreateCredential(who, session, parsed)
	if err != nil {
		return Key{}, refused(err)
	}
	made.Attestation = webauthn.CredentialAttestation{} // who made the device is not asked
	return key(made)
}

// AskAnyone asks whoever is at the browser for a passkey of theirs.
func (p *Party) AskAnyone() (Asked, error) {
	options, ceremony, err := p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Asked{}, err
	}
	return asked(options.Response, ceremony)
}

// Shown judges the passkey of whoever is at the browser, whom find looks up by
// [Owner.ID]. It gives the owner and the key as it is to be kept from now on.
func (p *Party) Shown(ceremony, answer string, find func(owner string) (Owner, error)) (Owner, Key, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(ceremony), &session); err != nil {
		return Owner{}, Key{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return Owner{}, Key{}, refused(err)
	}
	var owner Owner
	var failed error
	_, used, err := p.web.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		if owner, failed = find(string(handle)); failed != nil {
			return nil, failed
		}
		return owner.user()
	}, session, parsed)
	if failed != nil {
		return Owner{}, Key{}, failed
	}
	if err != nil {
		return Owner{}, Key{}, refused(err)
	}
	one, err := unlessCopied(used)
	return owner, one, err
}

// AskOwner asks for a passkey of one person.
func (p *Party) AskOwner(o Owner) (Asked, error) {
	who, err := o.user()
	if err != nil {
		return Asked{}, err
	}
	options, ceremony, err := p.web.BeginLogin(who, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Asked{}, refused(err)
	}
	return asked(options.Response, ceremony)
}

// ShownBy judges the passkey that one person was asked for, and gives the key
// as it is to be kept from now on.
func (p *Party) ShownBy(o Owner, ceremony, answer string) (Key, error) {
	who, session, err := o.resume(ceremony)
	if err != nil {
		return Key{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return Key{}, refused(err)
	}
	used, err := p.web.ValidateLogin(who, session, parsed)
	if err != nil {
		return Key{}, refused(err)
	}
	return unlessCopied(used)
}

func unlessCopied(used *webauthn.Credential) (Key, error) {
	if used.Authenticator.CloneWarning {
		return Key{}, ErrCopied
	}
	return key(used)
}

func key(made *webauthn.Credential) (Key, error) {
	record, err := json.Marshal(made)
	return Key{ID: base64.RawURLEncoding.EncodeToString(made.ID), Record: string(record)}, err
}

func asked[T any](options T, ceremony *webauthn.SessionData) (Asked, error) {
	ask, err := json.Marshal(options)
	if err != nil {
		return Asked{}, err
	}
	keep, err := json.Marshal(ceremony)
	return Asked{string(ask), string(keep)}, err
}

// refused keeps the library's own words for the log.
func refused(err error) error {
	var theirs *protocol.Error
	if errors.As(err, &theirs) {
		return fmt.Errorf("%w: %s: %s", ErrRefused, theirs.Details, theirs.DevInfo)
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}
