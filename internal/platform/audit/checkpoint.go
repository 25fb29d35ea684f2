package audit

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is one signed statement: at this moment the chain had so many
// lines, and this hash covers them all.
type Checkpoint struct {
	Name string // of the chain
	Size int64
	Root tlog.Hash
	At   asye.Instant
	Note string // as it was signed, signature and all
	From string // where it was found: "the database", or a file
}

// text is what is signed: the form of C2SP's tlog-checkpoint, with the moment
// as a line of our own.
func (c Checkpoint) text() string {
	return c.Name + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n" + c.At.String() + "\n"
}

// sign makes the note of a checkpoint.
func (k Key) sign(c Checkpoint) (Checkpoint, error) {
	signer, err := k.signer()
	if err != nil {
		return c, err
	}
	c.Name = k.Name
	signed, err := note.Sign(&note.Note{Text: c.text()}, signer)
	c.Note = string(signed)
	return c, err
}

// The ways in which a checkpoint can be worth nothing.
var (
	errOtherKey  = errors.New("it is signed by another key: it belongs to another service, or the key of this one has been exchanged")
	errSignature = errors.New("its signature is wrong: it was forged or damaged")
	errForm      = errors.New("it is no checkpoint: it was forged or damaged")
)

// open checks the signature of a note and reads it. One that is worth nothing is
// read as far as it can be, so that it can be named.
func open(text, public string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the public key cannot be read: %w", err)
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	var invalid *note.InvalidSignatureError
	var other *note.UnverifiedNoteError
	c, bad := parse(text)
	switch {
	case errors.As(err, &invalid):
		return c, errSignature
	case errors.As(err, &other):
		return c, errOtherKey
	case err != nil || bad != nil || c.text() != opened.Text:
		return c, errForm
	}
	return c, nil
}

// parse reads what a note says.
func parse(text string) (Checkpoint, error) {
	c := Checkpoint{Note: text}
	lines := strings.SplitN(text, "\n", 5)
	if len(lines) < 5 {
		return c, errForm
	}
	c.Name = lines[0]
	var errs [3]error
	c.Size, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	c.Root, errs[1] = tlog.ParseHash(lines[2])
	errs[2] = c.At.UnmarshalText([]byte(lines[3]))
	return c, errors.Join(errs[:]...)
}

// signaturePrefix begins the last line of each note.
const signaturePrefix = "— "

// splitNotes finds the notes in a text that may hold many, one after the other,
// and words around them, such as a letter.
func splitNotes(text []byte) []string {
	var out []string
	var block []string // since the last empty line
	var before []string
	for _, raw := range bytes.Split(text, []byte("\n")) {
		line := strings.TrimSuffix(string(raw), "\r")
		switch {
		case strings.HasPrefix(line, signaturePrefix) && len(before) > 0 && len(block) == 0:
			out = append(out, strings.Join(before, "\n")+"\n\n"+line+"\n")
			before = nil
		case line == "":
			before, block = block, nil
		default:
			block = append(block, line)
		}
	}
	return out
}

// Letter is the words with which a checkpoint is mailed to whoever keeps it.
func (c Checkpoint) Letter(service string) string {
	return "This is the checkpoint of the audit trail of " + service + ", of " + clock.Moment(c.At) + ".\n" +
		"It says how many lines the trail had, and covers every one of them.\n\n" +
		"Keep this message. With it, nobody can later change or shorten the trail\nwithout being found out. It names no person and holds no secret.\n\n" +
		c.Note +
		"\nTo hold the trail against it, save the lines above as a file and run:\n\n  asye audit verify --checkpoint FILE\n"
}
