package lines

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"log/slog"
	"time"

	"example.org/asye/internal/platform/inventory"
)

// Guard is what the audit trail needs and the database must not know.
type Guard struct {
	Secret   []byte            // of the audit key, which is kept apart from the database
	Tables   []inventory.Table // whom and whose each kind of record is
	Log      *slog.Logger      // told of readings that cannot be kept; nobody when nil
	Patience time.Duration     // how long a page waits for the line of its reading; a second when zero
}

// Sealer seals and marks lines. Without one nothing can be written that leaves a
// line: what is said of a person is never kept in plain.
type Sealer struct {
	marking []byte      // makes the mark of a line
	wrap    cipher.AEAD // seals the keys of people
	kinds   map[string]kind
}

// NewSealer makes a sealer.
func NewSealer(g Guard) (*Sealer, error) {
	s := &Sealer{kinds: kindsOf(g.Tables)}
	var err error
	if s.marking, err = derive(g.Secret, "asye audit mark 1"); err != nil {
		return nil, err
	}
	wrapping, err := derive(g.Secret, "asye person keys 1")
	if err != nil {
		return nil, err
	}
	s.wrap, err = sealing(wrapping)
	return s, err
}

// Mark is what only a program with the audit key can put on a line, so that one
// that somebody adds behind its back is known.
func (s *Sealer) Mark(l Stored) string {
	mac := hmac.New(sha256.New, s.marking)
	mac.Write(l.encode())
	return encoding.EncodeToString(mac.Sum(nil))
}

// Marked reports whether a line has the mark of this service: it was written by
// it, and no column has been changed since.
func (s *Sealer) Marked(l Stored) bool { return hmac.Equal([]byte(l.Mark), []byte(s.Mark(l))) }

// derive makes one of several keys from one secret.
func derive(secret []byte, purpose string) ([]byte, error) {
	if len(secret) < 32 {
		return nil, errors.New("the secret of the audit key is too short")
	}
	return hkdf.Key(sha256.New, secret, nil, purpose, 32)
}

func sealing(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
