package prose

import (
	"strings"
	"unicode"
)

// Document is a text with one title and, below its introduction, sections.
type Document struct {
	Title    string
	Intro    []Paragraph
	Sections []Section
}

// Section is what stands under a heading of the second level.
type Section struct {
	Heading
	Text  []Paragraph
	Parts []Part
}

// Part is what stands under a heading of the third level.
type Part struct {
	Heading
	Text []Paragraph
}

// Heading is the words of a heading, and the anchor by which pages link to it.
type Heading struct{ Text, Anchor string }

// Paragraph is a paragraph. An aside is one that is in italics from end to end.
type Paragraph struct {
	Spans []Span
	Aside bool
}

// Span is a stretch of text in one style.
type Span struct {
	Text  string
	Style Style
}

// Style is how a span stands out.
type Style int

const (
	Plain Style = iota
	Strong
	Emphasis
	Code
)

// String is the text without its styles.
func (p Paragraph) String() string {
	var out strings.Builder
	for _, s := range p.Spans {
		out.WriteString(s.Text)
	}
	return out.String()
}

// Anchor makes the anchor of a heading, as the places where our repository is
// read make it: small letters and figures, with hyphens for spaces.
func Anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, heading)
}
