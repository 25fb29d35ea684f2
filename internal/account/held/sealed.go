package held

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"example.org/asye/internal/asye"
)

// Form is what is held.
type Form struct {
	Person asye.PersonID
	Action string     // where it was sent
	Page   string     // where it stands
	Fields url.Values // what was typed, with its token
}

// ticket opens one held form.
type ticket struct {
	id  string
	key []byte
}

var errTicket = errors.New("no such form is held")

const keyLength = 32

func newTicket(id string) ticket {
	t := ticket{id, make([]byte, keyLength)}
	rand.Read(t.key)
	return t
}

func (t ticket) String() string { return t.id + "." + base64.RawURLEncoding.EncodeToString(t.key) }

func readTicket(text string) (ticket, error) {
	id, secret, _ := strings.Cut(text, ".")
	key, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil || id == "" || len(key) != keyLength {
		return ticket{}, errTicket
	}
	return ticket{id, key}, nil
}

// seal hides a form. It opens only under its own name and for its own person.
func (t ticket) seal(f Form) (string, error) {
	box, err := t.box()
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(f)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	return base64.StdEncoding.EncodeToString(box.Seal(nonce, nonce, text, t.about(f.Person))), nil
}

// open shows a form to the person who typed it.
func (t ticket) open(sealed string, person asye.PersonID) (Form, error) {
	box, err := t.box()
	if err != nil {
		return Form{}, err
	}
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < box.NonceSize() {
		return Form{}, errTicket
	}
	text, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], t.about(person))
	if err != nil {
		return Form{}, errTicket
	}
	var f Form
	return f, json.Unmarshal(text, &f)
}

func (t ticket) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(t.key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// about is what the seal also vouches for.
func (t ticket) about(person asye.PersonID) []byte { return []byte(t.id + "|" + string(person)) }
