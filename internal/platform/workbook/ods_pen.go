package workbook

import (
	"bufio"
	"encoding/xml"
	"io"
)

// pen writes XML, and closes what it opened. It keeps the first error for the
// end.
type pen struct {
	out    *bufio.Writer
	opened []string
}

func newPen(w io.Writer) *pen {
	p := &pen{out: bufio.NewWriter(w)}
	p.out.WriteString(xml.Header)
	return p
}

// open begins an element with attributes, each a name and a value.
func (p *pen) open(name string, attributes ...string) {
	p.start(name, attributes)
	p.out.WriteString(">")
	p.opened = append(p.opened, name)
}

func (p *pen) close() {
	last := len(p.opened) - 1
	p.out.WriteString("</" + p.opened[last] + ">")
	p.opened = p.opened[:last]
}

// one writes an element with nothing in it.
func (p *pen) one(name string, attributes ...string) {
	p.start(name, attributes)
	p.out.WriteString("/>")
}

// text writes an element with a text in it.
func (p *pen) text(name, text string, attributes ...string) {
	p.open(name, attributes...)
	p.escaped(text)
	p.close()
}

func (p *pen) start(name string, attributes []string) {
	p.out.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		p.out.WriteString(" " + attributes[i] + `="`)
		p.escaped(attributes[i+1])
		p.out.WriteString(`"`)
	}
}

func (p *pen) escaped(text string) {
	xml.EscapeText(p.out, []byte(text)) // the writer keeps its error for finish
}

func (p *pen) finish() error { return p.out.Flush() }

// document begins one of the parts of an OpenDocument file.
func (p *pen) document(name string) {
	const oasis = "urn:oasis:names:tc:opendocument:xmlns:"
	p.open(name, "xmlns:office", oasis+"office:1.0", "xmlns:style", oasis+"style:1.0", "xmlns:text", oasis+"text:1.0",
		"xmlns:table", oasis+"table:1.0", "xmlns:fo", oasis+"xsl-fo-compatible:1.0", "xmlns:number", oasis+"datastyle:1.0",
		"xmlns:meta", oasis+"meta:1.0", "xmlns:svg", oasis+"svg-compatible:1.0", "xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:xlink", "http://www.w3.org/1999/xlink", "office:version", "1.3")
}
