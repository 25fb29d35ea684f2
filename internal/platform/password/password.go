// Package password keeps passwords as Argon2id hashes, and computes no more
// than a few at a time: each takes some forty milliseconds of a core and 19 MiB
// on purpose, and when five hundred people come at nine o'clock, they wait in
// line while everybody else's pages go on.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// cost is what a hash costs whoever computes it.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// present is the least that OWASP recommends for Argon2id: 19 MiB, two passes,
// one thread (OWASP Password Storage Cheat Sheet, read November 2026).
var present = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltLength = 16 // bytes, as RFC 9106 recommends
	sumLength  = 32
)

// Seats is how many hashes are computed at a time where nobody says otherwise.
const Seats = 2

// Queue computes hashes, a few at a time and in turn.
type Queue struct{ seats chan struct{} }

// NewQueue is a queue in which so many are computed at a time.
func NewQueue(seats int) *Queue { return &Queue{make(chan struct{}, seats)} }

// Turn waits for a seat, or until the caller has gone, and gives what leaves it
// again. Whoever sits may compare and hash.
func (q *Queue) Turn(ctx context.Context) (leave func(), err error) {
	select {
	case q.seats <- struct{}{}:
		return func() { <-q.seats }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Hash waits for a seat and gives the form in which a password is kept.
func (q *Queue) Hash(ctx context.Context, text string) (string, error) {
	leave, err := q.Turn(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return Make(text), nil
}

// Make is the form in which a password is kept. It is for whoever sits: see
// [Queue.Turn].
func Make(text string) string {
	salt := make([]byte, saltLength)
	rand.Read(salt)
	return write(present, salt, present.sum(text, salt))
}

// Matches tells whether a password is the one that is kept. It is for whoever
// sits: see [Queue.Turn].
func Matches(kept, text string) (bool, error) {
	c, salt, want, err := read(kept)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(c.sum(text, salt), want) == 1, nil
}

// IsWeaker reports whether a hash was made more cheaply than they are made now,
// and should be made anew when its password is next given.
func IsWeaker(kept string) bool {
	c, _, _, err := read(kept)
	return err != nil || c != present
}

// Dummy is the hash of a password that nobody has: whoever gives an address
// that is not known here waits as long as everybody else.
const Dummy = "$argon2id$v=19$m=19456,t=2,p=1$YXN5ZSBkdW1teSBzYWx0IQ$EwjvLNVyePy8a+Sm4AYt5cYyQUdD06Ba1QreS2tWTPU"

func (c cost) sum(text string, salt []byte) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(text)), salt, c.passes, c.memory, c.threads, sumLength)
}

var plain = base64.RawStdEncoding

// write and read use the form of the reference implementation.
func write(c cost, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		plain.EncodeToString(salt), plain.EncodeToString(sum))
}

// The most that a kept password may cost to compare: one that asks for more was
// not kept by us.
const (
	mostMemory = 1 << 20 // KiB
	mostPasses = 64
)

var errForm = errors.New("a password is kept in a form that cannot be read")

func read(kept string) (c cost, salt, sum []byte, err error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errForm
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); n != 3 || err != nil || c.passes < 1 || c.threads < 1 || c.memory > mostMemory || c.passes > mostPasses {
		return c, nil, nil, errForm
	}
	if salt, err = plain.DecodeString(parts[4]); err != nil {
		return c, nil, nil, errForm
	}
	if sum, err = plain.DecodeString(parts[5]); err != nil || len(sum) != sumLength {
		return c, nil, nil, errForm
	}
	return c, salt, sum, nil
}
