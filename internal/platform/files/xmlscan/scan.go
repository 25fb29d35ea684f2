// Package xmlscan reads the small part of XML that office documents use, from
// people nobody has vouched for: no document types, no entities but the five of
// XML, a bound on depth and on the length of everything, one token in memory.
// encoding/xml takes about three times as long over a worksheet, with nine
// allocations for every cell.
package xmlscan

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"example.org/asye/internal/platform/fault"
)

const (
	// MaxDepth is how deep elements may lie in one another; a worksheet needs
	// about ten.
	MaxDepth = 32
	// MaxToken is the most bytes between < and >, or of one run of text. A full
	// cell of Excel, 32,767 characters, is far smaller.
	MaxToken = 256 << 10

	maxAttributes = 64 // of one element; a worksheet needs about ten
)

var (
	// ErrMalformed says that the document is damaged or is not XML.
	ErrMalformed = errors.New("xml is not well formed")
	// ErrDoctype refuses a document type declaration, with which entities are
	// made to expand.
	ErrDoctype = fault.New(fault.Invalid, "This workbook has a document type declaration inside it, which no spreadsheet program writes, so it was not opened. Copy the rows into a new workbook, save it and upload that one.")
	// ErrStrange refuses what is beyond the limits of this package.
	ErrStrange = fault.New(fault.Invalid, "This workbook is built in a way that no spreadsheet program uses, so it was not opened. Copy the rows into a new workbook, save it and upload that one.")
)

// Token is the kind of thing that Scanner.Next has read.
type Token int

// The kinds of token. An empty element gives a Start and then an End. Comments
// and processing instructions are passed over.
const (
	End Token = iota
	Start
	Text
	Done // the document ended, and ended well
)

// Scanner reads one document in UTF-8.
type Scanner struct {
	in      *bufio.Reader
	Name    []byte // local name of the element that starts or ends
	attrs   []attribute
	raw     []byte // text of a Text, not yet unescaped
	literal bool   // raw is CDATA
	open    []byte // names of the open elements, one after the other
	marks   []int  // where each of them begins
	closing bool   // an empty element has started and its end is to be told
	spill   []byte
	budget  *int
}

type attribute struct{ name, value []byte }

// New reads a document from r, with or without a byte order mark. Budget is how
// many elements, comments and the like may still be read, in this document and
// in any other that shares it; each takes one away.
func New(r io.Reader, budget *int) *Scanner {
	x := &Scanner{in: bufio.NewReaderSize(r, MaxToken), budget: budget}
	if mark, _ := x.in.Peek(3); string(mark) == "\ufeff" {
		x.in.Discard(3)
	}
	return x
}

// Next reads on. Name, attributes and text are good until it is called again.
func (x *Scanner) Next() (Token, error) {
	if x.closing {
		x.closing = false
		return End, x.pop(x.open[x.marks[len(x.marks)-1]:])
	}
	for {
		first, err := x.in.ReadByte()
		if err == io.EOF && len(x.marks) == 0 {
			return Done, nil
		}
		if err != nil {
			return 0, orXML(err)
		}
		x.in.UnreadByte()
		if first != '<' {
			return Text, x.readText()
		}
		kind, skip, err := x.markup()
		if err != nil || !skip {
			return kind, err
		}
	}
}

func (x *Scanner) readText() error {
	raw, err := x.in.ReadSlice('<')
	if err == io.EOF {
		x.raw, x.literal = raw, false
		return nil
	}
	if err != nil {
		return orXML(err)
	}
	x.raw, x.literal = raw[:len(raw)-1], false
	return x.in.UnreadByte()
}

func (x *Scanner) markup() (kind Token, skip bool, err error) {
	tag, err := x.tag()
	if err != nil {
		return 0, false, err
	}
	if tag[1] == '/' {
		return End, false, x.pop(trimRight(tag[2 : len(tag)-1]))
	}
	if *x.budget--; *x.budget < 0 {
		return 0, false, ErrStrange
	}
	switch tag[1] {
	case '?':
		return 0, true, nil
	case '!':
		return x.declaration(tag)
	}
	return Start, false, x.push(tag[1 : len(tag)-1])
}

func (x *Scanner) declaration(tag []byte) (kind Token, skip bool, err error) {
	switch {
	case bytes.HasPrefix(tag, []byte("<!--")):
		return 0, true, nil
	case bytes.HasPrefix(tag, []byte("<![CDATA[")):
		x.raw, x.literal = tag[9:len(tag)-3], true
		return Text, false, nil
	}
	return 0, false, ErrDoctype
}

// tag reads from < to the > that ends the markup.
func (x *Scanner) tag() ([]byte, error) {
	piece, err := x.in.ReadSlice('>')
	if err != nil || len(piece) < 3 {
		return nil, orXML(err)
	}
	var quote byte
	if whole(piece, piece, &quote) {
		return piece, nil
	}
	x.spill = append(x.spill[:0], piece...)
	for {
		if piece, err = x.in.ReadSlice('>'); err != nil {
			return nil, orXML(err)
		}
		if x.spill = append(x.spill, piece...); len(x.spill) > MaxToken {
			return nil, ErrStrange
		}
		if whole(x.spill, piece, &quote) {
			return x.spill, nil
		}
	}
}

// whole reports whether tag, which ends in piece, is all of the markup that it
// begins: a > inside quotation marks, a comment or CDATA does not end it. The
// open quotation mark is carried from piece to piece.
func whole(tag, piece []byte, quote *byte) bool {
	switch tag[1] {
	case '?':
		return len(tag) >= 4 && bytes.HasSuffix(tag, []byte("?>"))
	case '!':
		return wholeDeclaration(tag)
	case '/':
		return true
	}
	for _, b := range piece {
		if b == *quote {
			*quote = 0
		} else if *quote == 0 && (b == '"' || b == '\'') {
			*quote = b
		}
	}
	return *quote == 0
}

func wholeDeclaration(tag []byte) bool {
	switch {
	case bytes.HasPrefix(tag, []byte("<!--")):
		return len(tag) >= 7 && bytes.HasSuffix(tag, []byte("-->"))
	case bytes.HasPrefix(tag, []byte("<![CDATA[")):
		return bytes.HasSuffix(tag, []byte("]]>"))
	}
	return true
}

func (x *Scanner) push(tag []byte) error {
	if tag[len(tag)-1] == '/' {
		x.closing, tag = true, tag[:len(tag)-1]
	}
	end := 0
	for end < len(tag) && !space(tag[end]) {
		end++
	}
	if end == 0 {
		return ErrMalformed
	}
	if len(x.marks) >= MaxDepth {
		return ErrStrange
	}
	x.marks = append(x.marks, len(x.open))
	x.open = append(x.open, tag[:end]...)
	x.Name = local(tag[:end])
	return x.readAttributes(tag[end:])
}

func (x *Scanner) pop(name []byte) error {
	last := len(x.marks) - 1
	if last < 0 || !bytes.Equal(name, x.open[x.marks[last]:]) {
		return ErrMalformed
	}
	x.Name = local(name)
	x.open, x.marks = x.open[:x.marks[last]], x.marks[:last]
	return nil
}

func (x *Scanner) readAttributes(text []byte) error {
	x.attrs = x.attrs[:0]
	for {
		text = trimLeft(text)
		if len(text) == 0 {
			return nil
		}
		equals := bytes.IndexByte(text, '=')
		if equals <= 0 || len(x.attrs) >= maxAttributes {
			return ErrMalformed
		}
		name := trimRight(text[:equals])
		text = trimLeft(text[equals+1:])
		if len(text) < 2 || text[0] != '"' && text[0] != '\'' {
			return ErrMalformed
		}
		end := bytes.IndexByte(text[1:], text[0])
		if end < 0 {
			return ErrMalformed
		}
		x.attrs = append(x.attrs, attribute{name, text[1 : 1+end]})
		text = text[end+2:]
	}
}

func space(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// trimLeft and trimRight know the four characters of white space in XML. They
// run several times for every cell, where bytes.TrimLeft showed in a profile.
func trimLeft(text []byte) []byte {
	for len(text) > 0 && space(text[0]) {
		text = text[1:]
	}
	return text
}

func trimRight(text []byte) []byte {
	for len(text) > 0 && space(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// Attr is the raw value of the attribute of exactly that name, prefix and all;
// nil when there is none.
func (x *Scanner) Attr(name string) []byte {
	for _, a := range x.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

// AttrText is the value of an attribute with its escapes undone.
func (x *Scanner) AttrText(name string) string {
	value, err := unescape(nil, x.Attr(name))
	if err != nil {
		return ""
	}
	return string(value)
}

// PrefixedAttr is the value of the attribute of that local name which has a
// prefix, whatever the prefix: r:id rather than id.
func (x *Scanner) PrefixedAttr(name string) string {
	for _, a := range x.attrs {
		if prefixed := len(local(a.name)) < len(a.name); prefixed && string(local(a.name)) == name {
			return x.AttrText(string(a.name))
		}
	}
	return ""
}

// Each calls do at the start of every element of the name.
func (x *Scanner) Each(name string, do func() error) error {
	for {
		kind, err := x.Next()
		if err != nil || kind == Done {
			return err
		}
		if kind != Start || string(x.Name) != name {
			continue
		}
		if err := do(); err != nil {
			return err
		}
	}
}

// AppendText adds the text just read to dst, with escapes undone.
func (x *Scanner) AppendText(dst []byte) ([]byte, error) {
	if x.literal {
		return append(dst, x.raw...), nil
	}
	return unescape(dst, x.raw)
}

// local is a name without its prefix.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// orXML names the failures of the reader that mean bad XML.
func orXML(err error) error {
	switch err {
	case nil, io.EOF:
		return ErrMalformed
	case bufio.ErrBufferFull:
		return ErrStrange
	}
	return err
}
