package prose

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Read reads a document. It fails on what a page cannot draw, on a heading that
// stands where none can, and on two headings with one anchor.
func Read(markdown string) (Document, error) {
	r := reader{source: []byte(markdown), anchors: map[string]bool{}}
	root := goldmark.New().Parser().Parse(text.NewReader(r.source))
	for block := root.FirstChild(); block != nil; block = block.NextSibling() {
		if err := r.block(block); err != nil {
			return Document{}, fmt.Errorf("line %d of a document: %w", r.line(block), err)
		}
	}
	if r.document.Title == "" {
		return Document{}, fmt.Errorf("a document has no title")
	}
	return r.document, nil
}

type reader struct {
	source   []byte
	document Document
	anchors  map[string]bool
}

// line is the line on which a block begins, or the first of its parts that has
// one.
func (r *reader) line(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return bytes.Count(r.source[:n.Lines().At(0).Start], []byte("\n")) + 1
		}
	}
	return 0
}

func (r *reader) block(n ast.Node) error {
	switch n := n.(type) {
	case *ast.Heading:
		return r.heading(n)
	case *ast.Paragraph:
		p, err := r.paragraph(n)
		if err != nil {
			return err
		}
		return r.put(p)
	}
	return fmt.Errorf("a page cannot show a %s", n.Kind())
}

func (r *reader) heading(n *ast.Heading) error {
	p, err := r.paragraph(n)
	if err != nil {
		return err
	}
	h := Heading{p.String(), Anchor(p.String())}
	if h.Anchor == "" || r.anchors[h.Anchor] {
		return fmt.Errorf("the heading %q has no anchor of its own", h.Text)
	}
	r.anchors[h.Anchor] = true
	d := &r.document
	switch {
	case n.Level == 1 && d.Title == "":
		d.Title = h.Text
	case n.Level == 2 && d.Title != "":
		d.Sections = append(d.Sections, Section{Heading: h})
	case n.Level == 3 && len(d.Sections) > 0:
		last := &d.Sections[len(d.Sections)-1]
		last.Parts = append(last.Parts, Part{Heading: h})
	default:
		return fmt.Errorf("the heading %q cannot stand here: a document has one title, sections, and parts of them", h.Text)
	}
	return nil
}

// put adds a paragraph to what was begun last.
func (r *reader) put(p Paragraph) error {
	d := &r.document
	switch {
	case d.Title == "":
		return fmt.Errorf("text stands before the title")
	case len(d.Sections) == 0:
		d.Intro = append(d.Intro, p)
		return nil
	}
	section := &d.Sections[len(d.Sections)-1]
	if len(section.Parts) == 0 {
		section.Text = append(section.Text, p)
		return nil
	}
	part := &section.Parts[len(section.Parts)-1]
	part.Text = append(part.Text, p)
	return nil
}

func (r *reader) paragraph(n ast.Node) (Paragraph, error) {
	if only, ok := n.FirstChild().(*ast.Emphasis); ok && only.Level == 1 && only.NextSibling() == nil {
		spans, err := r.spans(only, Plain)
		return Paragraph{Spans: spans, Aside: true}, err
	}
	spans, err := r.spans(n, Plain)
	return Paragraph{Spans: spans}, err
}

// spans are the stretches of text in a block, or in an emphasis of one.
func (r *reader) spans(parent ast.Node, style Style) (out []Span, err error) {
	add := func(text string, style Style) {
		if last := len(out) - 1; last >= 0 && out[last].Style == style {
			out[last].Text += text
		} else {
			out = append(out, Span{text, style})
		}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			add(r.words(n), style)
		case *ast.String:
			add(string(n.Value), style)
		case *ast.CodeSpan:
			inner, err := r.spans(n, Code)
			if err != nil {
				return nil, err
			}
			for _, s := range inner {
				add(s.Text, Code)
			}
		case *ast.Emphasis:
			inner, err := r.spans(n, map[int]Style{1: Emphasis, 2: Strong}[n.Level])
			if err != nil {
				return nil, err
			}
			for _, s := range inner {
				add(s.Text, s.Style)
			}
		default:
			return nil, fmt.Errorf("a page cannot show a %s", n.Kind())
		}
	}
	return out, nil
}

// words is a text without the backslashes of Markdown; the end of a line is a
// space.
func (r *reader) words(n *ast.Text) string {
	value := n.Segment.Value(r.source)
	text := string(value)
	if !n.IsRaw() {
		text = string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		text += " "
	}
	return text
}
