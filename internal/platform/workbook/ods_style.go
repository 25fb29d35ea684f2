package workbook

import (
	"fmt"
	"strconv"
	"strings"
)

// styles writes the named styles that the pages use, in the order in which they
// are met.
func (p *pen) styles(pages []page) {
	p.document("office:document-styles")
	p.open("office:font-face-decls")
	p.one("style:font-face", "style:name", fontName, "svg:font-family", fontName, "style:font-family-generic", "swiss", "style:font-pitch", "variable")
	p.close()
	p.open("office:styles")
	p.open("style:default-style", "style:family", "table-cell")
	p.one("style:text-properties", "style:font-name", fontName, "fo:font-size", points(fontSize), "fo:language", "en", "fo:country", "GB")
	p.close()
	p.open("number:text-style", "style:name", "as-text")
	p.one("number:text-content")
	p.close()
	p.one("style:style", "style:name", "Default", "style:family", "table-cell")
	for _, s := range stylesOf(pages) {
		p.cellStyle(s)
	}
	p.close()
	p.open("office:automatic-styles")
	p.open("style:page-layout", "style:name", "sheet")
	p.one("style:page-layout-properties", "style:print-orientation", "landscape", "fo:page-width", "29.7cm", "fo:page-height", "21cm", "style:scale-to-X", "1", "style:scale-to-Y", "0")
	p.close()
	p.close()
	p.open("office:master-styles")
	p.one("style:master-page", "style:name", "Default", "style:page-layout-name", "sheet")
	p.close()
	p.close()
}

func points(size float64) string { return strconv.FormatFloat(size, 'f', -1, 64) + "pt" }

func stylesOf(pages []page) (out []style) {
	seen := map[style]bool{}
	see := func(cells []cell) {
		for _, c := range cells {
			if s := c.style(); !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	for _, p := range pages {
		see(p.lines)
		if p.table == nil {
			continue
		}
		see(p.table.head)
		for _, row := range p.table.rows {
			see(row)
		}
	}
	return out
}

// shown is the name of a style as people see it.
func (s style) shown() string {
	if name, _ := s.named(); name != "" {
		return name
	}
	if s.look == asFigure && s.percent {
		return fmt.Sprintf("Percent %d", s.decimals)
	}
	if s.look == asFigure {
		return fmt.Sprintf("Figure %d", s.decimals)
	}
	return map[look]string{asLine: "Line", asParagraph: "Paragraph", asHead: "Column heading", asHeadFigures: "Column heading of figures",
		asWords: "Words", asSymbol: "Symbol"}[s.look]
}

// key is the name of a style in the file, where a space is written by its code.
func (s style) key() string { return strings.ReplaceAll(s.shown(), " ", "_20_") }

func (p *pen) cellStyle(s style) {
	data := "as-text"
	if s.look == asFigure {
		data = "as-" + s.key()
		p.numberStyle(s, data)
	}
	p.open("style:style", "style:name", s.key(), "style:display-name", s.shown(), "style:family", "table-cell", "style:parent-style-name", "Default", "style:data-style-name", data)
	wrap, align := "no-wrap", "start"
	if s.wraps() {
		wrap = "wrap"
	}
	if s.toTheRight() {
		align = "end"
	}
	cells := []string{"fo:wrap-option", wrap, "style:vertical-align", "top", "style:text-align-source", "fix"}
	if s.look == asHead || s.look == asHeadFigures {
		cells = append(cells, "fo:border-bottom", "1pt solid #000000")
	}
	p.one("style:table-cell-properties", cells...)
	p.one("style:paragraph-properties", "fo:text-align", align, "fo:margin-left", "0cm")
	text := []string{"style:font-name", fontName, "fo:font-size", points(s.size()), "fo:language", "en", "fo:country", "GB"}
	if s.bold() {
		text = append(text, "fo:font-weight", "bold")
	}
	if s.look == asLink {
		text = append(text, "fo:color", "#"+strings.ToLower(linkColour), "style:text-underline-style", "solid", "style:text-underline-width", "auto", "style:text-underline-color", "font-color")
	}
	p.one("style:text-properties", text...)
	p.close()
}

func (p *pen) numberStyle(s style, name string) {
	kind := "number:number-style"
	if s.percent {
		kind = "number:percentage-style"
	}
	decimals := strconv.Itoa(s.decimals)
	p.open(kind, "style:name", name)
	p.one("number:number", "number:decimal-places", decimals, "number:min-decimal-places", decimals, "number:min-integer-digits", "1", "number:grouping", "true")
	if s.percent {
		p.text("number:text", "%")
	}
	p.close()
}
