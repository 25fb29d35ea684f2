package passkey

import (
	"encoding/json"

	"github.com/go-webauthn/webauthn/webauthn"
)

// user is an owner as the library wants to see one.
type user struct {
	Owner
	keys []webauthn.Credential
}

func (o Owner) user() (user, error) {
	u := user{Owner: o}
	for _, k := range o.Keys {
		var one webauthn.Credential
		if err := json.Unmarshal([]byte(k.Record), &one); err != nil {
			return u, err
		}
		u.keys = append(u.keys, one)
	}
	return u, nil
}

// resume takes a ceremony up again.
func (o Owner) resume(ceremony string) (user, webauthn.SessionData, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(ceremony), &session); err != nil {
		return user{}, session, err
	}
	u, err := o.user()
	return u, session, err
}

// WebAuthnID is the name under which a device keeps the passkey.
func (u user) WebAuthnID() []byte { return []byte(u.ID) }

// WebAuthnName is what the device shows to tell accounts apart.
func (u user) WebAuthnName() string { return u.Email }

// WebAuthnDisplayName is what the device calls the person.
func (u user) WebAuthnDisplayName() string { return u.Name }

// WebAuthnCredentials are the passkeys that the owner has.
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }
