// Package fault gives every failure a kind, so that one place can show it.
//
// A function that refuses says why in a whole sentence which the person at the
// screen can act on. The platform turns the [Kind] into a page or an exit
// status once; nobody else does.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure an error is.
type Kind int

const (
	// Internal is our own mistake: shown as a reference, explained in the log.
	Internal Kind = iota
	// Invalid can be put right by the person who typed it.
	Invalid
	// NotFound is no such record, or another organisation's.
	NotFound
	// Forbidden is theirs to see, but not this role's to do.
	Forbidden
	// Conflict is changed by someone else, or already closed.
	Conflict
	// Unavailable is right, and cannot be done just now: the same again will do,
	// in a while.
	Unavailable
)

// Error is a failure with a kind and a sentence for the person.
type Error struct {
	Kind Kind
	Text string
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Text }

// New makes an error of a kind; format and args give its sentence.
func New(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// KindOf tells the kind of an error, Internal when nobody gave it one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	var p Problems
	if errors.As(err, &p) {
		return Invalid
	}
	return Internal
}

// Problem is one thing wrong with what was typed, beside the field it is in.
type Problem struct {
	Field string // the name of the form field, or of the spreadsheet column
	Text  string // a whole sentence: what is wrong and how to mend it
}

// Problems is everything wrong with one form, in the order of the page.
type Problems []Problem

// Error joins the sentences.
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, one := range p {
		texts[i] = one.Text
	}
	return strings.Join(texts, "; ")
}

// If adds a problem when wrong is true.
func (p *Problems) If(wrong bool, field, format string, args ...any) {
	if wrong {
		*p = append(*p, Problem{field, fmt.Sprintf(format, args...)})
	}
}

// Err is nil when nothing is wrong.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// For gives the message beside a field, or nothing.
func (p Problems) For(field string) string {
	for _, one := range p {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// ProblemsOf takes the problems out of an error; nil when it holds none.
func ProblemsOf(err error) Problems {
	var p Problems
	if errors.As(err, &p) {
		return p
	}
	return nil
}
