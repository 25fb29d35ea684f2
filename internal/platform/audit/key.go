package audit

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// keyForm is the first word of a key as it is written into its file.
const keyForm = "asye-audit-key-1"

// Key is the audit key of one service. From its secret come the key that signs
// checkpoints, and the secret with which the database seals and marks lines. It
// is kept apart from the database.
type Key struct {
	Name string // of the chain that it signs: "asye-3f9a1c2e"
	root []byte
}

// NewKey makes a key, with a name of its own.
func NewKey() Key {
	random := make([]byte, 36)
	rand.Read(random)
	return Key{"asye-" + hex.EncodeToString(random[:4]), random[4:]}
}

// ParseKey reads a key as [Key.String] writes it. Lines that begin with # are
// left aside.
func ParseKey(text string) (Key, error) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) != 3 || words[0] != keyForm {
			continue
		}
		root, err := base64.RawURLEncoding.DecodeString(words[2])
		if err == nil && len(root) == 32 && !strings.Contains(words[1], "+") {
			return Key{words[1], root}, nil
		}
	}
	return Key{}, errors.New("this is no audit key: a key is one line that begins with " + keyForm)
}

// String is the key on one line. It is a secret.
func (k Key) String() string {
	return keyForm + " " + k.Name + " " + base64.RawURLEncoding.EncodeToString(k.root)
}

// IsZero reports whether this is no key at all.
func (k Key) IsZero() bool { return k.root == nil }

// Secret is what the database needs to seal and mark lines.
func (k Key) Secret() []byte { return k.derive("asye audit database 1") }

func (k Key) derive(purpose string) []byte {
	out, err := hkdf.Key(sha256.New, k.root, nil, purpose, 32)
	if err != nil {
		panic(err) // 32 bytes can always be made
	}
	return out
}

// Public is the public half, by which anybody can check a checkpoint.
func (k Key) Public() string {
	public := ed25519.NewKeyFromSeed(k.derive("asye audit signature 1")).Public().(ed25519.PublicKey)
	text, err := note.NewEd25519VerifierKey(k.Name, public)
	if err != nil {
		panic(err) // the length of an Ed25519 key is right
	}
	return text
}

// signer signs checkpoints.
func (k Key) signer() (note.Signer, error) {
	hash := strings.Split(k.Public(), "+")[1]
	private := append([]byte{1}, k.derive("asye audit signature 1")...) // 1 stands for Ed25519
	return note.NewSigner("PRIVATE+KEY+" + k.Name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(private))
}

// ErrNoKey is a key that is not where it should be.
var ErrNoKey = errors.New("there is no audit key")

// ReadKey reads the key from its file; [ErrNoKey] where there is none.
func ReadKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Key{}, fmt.Errorf("%w in %s", ErrNoKey, path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("the audit key cannot be read: %w", err)
	}
	k, err := ParseKey(string(text))
	if err != nil {
		return k, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

const keyComment = `# The audit key of an asye service. It signs the audit trail, and seals what the
# trail says of people. Without it those texts cannot be read, by anybody, ever.
# Keep a copy in a safe place, and not with the backups of the database.
`

// MakeKey makes a key and its file, which must not be there yet. Of two
// programs that do so at the same moment, the second reads what the first made.
func MakeKey(path string) (Key, error) {
	k := NewKey()
	if err := WriteKey(path, k); errors.Is(err, fs.ErrExist) {
		return ReadKey(path)
	} else if err != nil {
		return k, err
	}
	return k, nil
}

// WriteKey writes a key into a file of its own, which only its owner can read.
// One that is there is left as it is, and is fs.ErrExist unless it holds the
// same key.
func WriteKey(path string, k Key) error {
	wrong := func(err error) error {
		return fmt.Errorf("the audit key cannot be written: %w. Set audit_key_file to a path that can, or audit_key to a key", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return wrong(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".audit-key-*") // readable by its owner alone
	if err != nil {
		return wrong(err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(keyComment + k.String() + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Link(f.Name(), path)
	}
	if err == nil {
		err = settled(filepath.Dir(path))
	}
	if errors.Is(err, fs.ErrExist) {
		if there, reading := ReadKey(path); reading == nil && there.String() == k.String() {
			return nil
		}
	}
	if err != nil {
		return wrong(err)
	}
	return nil
}

// settled comes back once the names in a folder are on the disk: a database must
// not remember a key that a power cut could take away.
func settled(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
