package workbook

import (
	"strings"
	"unicode/utf8"
)

// Text is as large as the guidance asks for at least; black on white, links in
// a dark blue with a line under them.
const (
	fontName    = "Arial"
	fontSize    = 12
	titleSize   = 16
	headingSize = 14
	linkColour  = "003078"
)

// style is how a cell is drawn, with what its number needs.
type style struct {
	look     look
	percent  bool
	decimals int
}

func (c cell) style() style {
	if c.look != asFigure {
		return style{look: c.look}
	}
	return style{asFigure, c.kind == percent, c.decimals}
}

func (s style) bold() bool {
	return s.look == asTitle || s.look == asHeading || s.look == asHead || s.look == asHeadFigures
}

func (s style) toTheRight() bool {
	return s.look == asHeadFigures || s.look == asSymbol || s.look == asFigure
}

// wraps reports whether long text goes over several lines. Lines above a table
// run on to the right instead, where nothing stands.
func (s style) wraps() bool { return s.look != asTitle && s.look != asLine && s.look != asLink }

func (s style) size() float64 {
	switch s.look {
	case asTitle:
		return titleSize
	case asHeading:
		return headingSize
	}
	return fontSize
}

// named is the style by which programs know headings and links; empty when the
// look has none.
func (s style) named() (name string, number int) {
	switch s.look {
	case asTitle:
		return "Heading 1", 16
	case asHeading:
		return "Heading 2", 17
	case asLink:
		return "Hyperlink", 8
	}
	return "", 0
}

// height is how high a cell has to be, in points, in a column of so many
// characters. Bold letters are wider, and programs differ: there is room left.
func (c cell) height(width int) float64 {
	s, lines := c.style(), 1
	room, taken := width*9/10, 0
	if s.bold() {
		room = width * 8 / 10
	}
	for _, word := range strings.Fields(c.String()) {
		length := utf8.RuneCountInString(word)
		if taken > 0 && taken+1+length > room {
			lines, taken = lines+1, 0
		}
		lines += length / max(room, 1) // a word longer than the line is broken
		taken += length + min(taken, 1)
	}
	if !s.wraps() {
		lines = 1
	}
	return float64(lines) * s.size() * 1.35
}

func (b Book) keywords() string {
	var out []string
	for _, word := range b.Keywords {
		out = append(out, clean(word))
	}
	return strings.Join(out, ", ")
}
