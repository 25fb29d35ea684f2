package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"example.org/asye/internal/platform/fault"
	"filippo.io/age"
	"filippo.io/age/armor"
)

// Keys are the public keys to which archives are encrypted. Whoever has the
// private half of one can read them; the service itself cannot.
type Keys struct {
	Names      []string // as they were given: age1…
	recipients []age.Recipient
}

// ParseKeys reads public keys of age with spaces or commas between them.
func ParseKeys(text string) (Keys, error) {
	var k Keys
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,\n\t\r", r) }) {
		if strings.HasPrefix(strings.ToUpper(name), "AGE-SECRET-KEY-") {
			return Keys{}, errors.New("this is a private key. Give the public one, which begins with age1, and keep the private one away from the service")
		}
		list, err := age.ParseRecipients(strings.NewReader(name))
		if err != nil || len(list) != 1 {
			return Keys{}, fmt.Errorf("%q is no public key of age, which begins with age1", name)
		}
		k.Names, k.recipients = append(k.Names, name), append(k.recipients, list[0])
	}
	return k, nil
}

// IsZero reports that there is no key.
func (k Keys) IsZero() bool { return len(k.recipients) == 0 }

// NewKey makes a pair of keys: the private one, to be kept away from the
// service, and the public one for the settings.
func NewKey() (private, public string, err error) {
	k, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return k.String(), k.Recipient().String(), nil
}

// Identities are private keys.
type Identities []age.Identity

// ReadIdentities reads the private keys in a file, one on a line.
func ReadIdentities(path string) (Identities, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "The file with the private key cannot be read: %s", err)
	}
	defer f.Close()
	list, err := age.ParseIdentities(f)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s holds no private key of age that can be read: a line that begins with AGE-SECRET-KEY-. "+
			"If the file is itself encrypted, decrypt it first", path)
	}
	return list, nil
}

// Sealed is an encrypted archive that is being written.
type Sealed struct {
	io.WriteCloser
	witness *witness
}

// Seal encrypts what is written to it, with age, to keys. Close ends it, and
// does not close what it is written to.
func Seal(to io.Writer, k Keys) (*Sealed, error) {
	w := &witness{Recipient: k.recipients[0]}
	out, err := age.Encrypt(to, append([]age.Recipient{w}, k.recipients[1:]...)...)
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be encrypted to these keys: %w", err)
	}
	return &Sealed{out, w}, nil
}

// Open decrypts what was just sealed, without any private key: the key of the
// one file is still in memory, and nowhere else.
func (s *Sealed) Open(from io.Reader) (io.Reader, error) {
	return age.Decrypt(from, age.NewInjectedFileKeyIdentity(s.witness.fileKey))
}

// witness is a recipient that remembers the key of the file.
type witness struct {
	age.Recipient
	fileKey []byte
}

func (w *witness) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	w.fileKey = append([]byte{}, fileKey...)
	return w.Recipient.Wrap(fileKey)
}

// WrapWithLabels says of the recipient within with which others it may stand.
func (w *witness) WrapWithLabels(fileKey []byte) ([]*age.Stanza, []string, error) {
	w.fileKey = append([]byte{}, fileKey...)
	if labelled, ok := w.Recipient.(age.RecipientWithLabels); ok {
		return labelled.WrapWithLabels(fileKey)
	}
	stanzas, err := w.Recipient.Wrap(fileKey)
	return stanzas, nil, err
}

// How a file begins that age has encrypted, as bytes and as text.
const (
	sealedBegins  = "age-encryption.org/"
	armoredBegins = armor.Header
)

// Unseal decrypts a file where it is encrypted, and gives one that is not as it
// is. sealed tells which.
func Unseal(from io.Reader, keys Identities) (plain io.Reader, sealed bool, err error) {
	buffered := bufio.NewReaderSize(from, 64<<10)
	head, _ := buffered.Peek(len(armoredBegins))
	var source io.Reader = buffered
	switch {
	case strings.HasPrefix(string(head), armoredBegins):
		source = armor.NewReader(buffered)
	case !strings.HasPrefix(string(head), sealedBegins):
		return buffered, false, nil
	}
	if len(keys) == 0 {
		return nil, true, fault.New(fault.Invalid, "The backup is encrypted. Name the file with the private key: --identity KEYFILE")
	}
	plain, err = age.Decrypt(source, keys...)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return nil, true, fault.New(fault.Invalid, "The private key does not fit: the backup was encrypted to another one. "+
			"Or the beginning of the backup is damaged")
	case err != nil:
		return nil, true, damage(unexpected(err))
	}
	return plain, true, nil
}

// unexpected finds an end that came too early, which age tells in words only.
func unexpected(err error) error {
	if strings.Contains(err.Error(), "EOF") {
		return io.ErrUnexpectedEOF
	}
	return err
}
