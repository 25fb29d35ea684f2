package programme

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"regexp"

	"example.org/asye/internal/platform/fault"
)

var keyForm = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

// IsKey reports whether text is written as the keys of rules are: small letters,
// digits and hyphens, like final-review.
func IsKey(text string) bool { return keyForm.MatchString(text) }

// Checker holds a file of rules to what every such file keeps: keys that are
// written in one way and stand once, and a source or an assumption for each rule
// (PRG-3). The first thing wrong is its error.
type Checker struct {
	File    string // its name
	What    string // what it is a file of: "programme"
	sources map[string]SourceNote
	err     error
}

// Err is the first thing wrong; nil when nothing is.
func (c *Checker) Err() error { return c.err }

// Must refuses the file unless ok; the reason is the rest of a sentence.
func (c *Checker) Must(ok bool, reason string, args ...any) {
	if !ok && c.err == nil {
		c.err = Refuse(c.What, c.File, reason, args...)
	}
}

// Once refuses a key that is badly written or already in the list.
func (c *Checker) Once(seen map[string]bool, list, key string) {
	c.Must(IsKey(key), "the key %q in its %s is not one. Use small letters, digits and hyphens, like final-review", key, list)
	c.Must(!seen[key], "the key %q stands twice in its %s. Give each its own key", key, list)
	seen[key] = true
}

// ListSources learns the sources that the rules may name.
func (c *Checker) ListSources(all []SourceNote) {
	seen := map[string]bool{}
	c.sources = map[string]SourceNote{}
	for _, s := range all {
		c.Once(seen, "sources", s.Tag)
		c.Must(s.Title != "", "its source %q has no title. Add one that a reader can look for", s.Tag)
		c.sources[s.Tag] = s
	}
}

// Basis refuses a rule that names no source, and fills in the title of one that
// does.
func (c *Checker) Basis(b *Basis, what string) {
	if b.Assumed {
		c.Must(b.Source == "", "%s has a source and is also assumed. Keep one of the two", what)
		c.Must(b.Note != "", "%s is assumed and does not say why. Add a note", what)
		return
	}
	c.Must(b.Source != "", `%s has no source. Name one of its sources, or write "assumed": true with a note`, what)
	s, ok := c.sources[b.Source]
	c.Must(ok, "%s names a source %q that is not in its list of sources. Add the source, or mend the tag", what, b.Source)
	b.Title, b.Address = s.Title, s.Address
}

// ReadFile reads one file of rules into T; a word that T does not know is
// refused, and so is anything after the end.
func ReadFile[T any](directory fs.FS, name, what string) (T, error) {
	var v T
	text, err := fs.ReadFile(directory, name)
	if err != nil {
		return v, Refuse(what, name, "it cannot be read: %v", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, Refuse(what, name, "%v. Compare it with the files that are built in", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return v, Refuse(what, name, "there is something after the end of the %s. Keep one %s version in each file", what, what)
	}
	return v, nil
}

// Refuse makes the error about one file; the reason is the rest of a sentence.
func Refuse(what, name, reason string, args ...any) error {
	return fault.New(fault.Invalid, "The %s file %s cannot be used: "+reason, append([]any{what, name}, args...)...)
}
