// Package passkeytest is a device that makes passkeys, for tests: it answers
// what the service asks as a phone would, and can be told to misbehave.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// Device has one passkey at most.
type Device struct {
	Origin     string // the address that the browser shows
	Host       string // the name for which the passkey is made; from what is asked, when empty
	Unverified bool   // did not ask for a face, a finger or a PIN
	Count      uint32 // how often the passkey has been used

	t      testing.TB
	key    *ecdsa.PrivateKey
	id     []byte
	handle string // whose it is
}

// New is a device whose browser is at an address.
func New(t testing.TB, origin string) *Device { return &Device{t: t, Origin: origin} }

// asked is what matters of the options that the service sends.
type asked struct {
	Challenge string `json:"challenge"`
	RPID      string `json:"rpId"`
	RP        struct {
		ID string `json:"id"`
	} `json:"rp"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
	UserVerification string `json:"userVerification"`
	Selection        struct {
		ResidentKey      string `json:"residentKey"`
		UserVerification string `json:"userVerification"`
	} `json:"authenticatorSelection"`
}

// Make answers a request for a new passkey.
func (d *Device) Make(options string) string {
	d.t.Helper()
	a := d.read(options)
	if a.Selection.UserVerification != "required" || a.Selection.ResidentKey != "required" {
		d.t.Errorf("a new passkey is asked for without a check of the person, or one that the device cannot find: %s", options)
	}
	var err error
	if d.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		d.t.Fatal(err)
	}
	d.id, d.handle = random(16), a.User.ID
	if d.Host == "" {
		d.Host = a.RP.ID
	}
	public, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	cose := d.cbor(map[int]any{1: 2, 3: -7, -1: 1, -2: public[1:33], -3: public[33:]})
	made := append(d.data(0x40), make([]byte, 16)...) // no maker is named
	made = binary.BigEndian.AppendUint16(made, uint16(len(d.id)))
	made = append(append(made, d.id...), cose...)
	object := d.cbor(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": made})
	return d.answer(map[string]any{"clientDataJSON": encode(d.client("webauthn.create", a)), "attestationObject": encode(object),
		"transports": []string{"internal"}})
}

// Show answers a request for the passkey.
func (d *Device) Show(options string) string {
	d.t.Helper()
	a := d.read(options)
	if a.UserVerification != "required" {
		d.t.Errorf("a passkey is asked for without a check of the person: %s", options)
	}
	d.Count++
	data, client := d.data(0), d.client("webauthn.get", a)
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signed, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": encode(client), "authenticatorData": encode(data),
		"signature": encode(signed), "userHandle": d.handle})
}

// Give hands the passkey to another person, as a forger would.
func (d *Device) Give(owner string) { d.handle = encode([]byte(owner)) }

func (d *Device) read(options string) asked {
	d.t.Helper()
	var a asked
	if err := json.Unmarshal([]byte(options), &a); err != nil {
		d.t.Fatal(err)
	}
	return a
}

// data is what the device vouches for: the name, the flags and the count.
func (d *Device) data(flags byte) []byte {
	flags |= 0x01
	if !d.Unverified {
		flags |= 0x04
	}
	sum := sha256.Sum256([]byte(d.Host))
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.Count)
}

func (d *Device) client(kind string, a asked) []byte {
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": a.Challenge, "origin": d.Origin, "crossOrigin": false})
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

func (d *Device) answer(response map[string]any) string {
	text, err := json.Marshal(map[string]any{"id": encode(d.id), "rawId": encode(d.id), "type": "public-key",
		"authenticatorAttachment": "platform", "clientExtensionResults": map[string]any{}, "response": response})
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

func (d *Device) cbor(v any) []byte {
	mode, err := cbor.CTAP2EncOptions().EncMode()
	if err != nil {
		d.t.Fatal(err)
	}
	out, err := mode.Marshal(v)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
