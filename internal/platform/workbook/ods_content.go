package workbook

import (
	"fmt"
	"slices"

	"example.org/asye/internal/platform/files"
)

// content writes the worksheets, and the ranges that are tables.
func (p *pen) content(pages []page) {
	p.document("office:document-content")
	p.open("office:automatic-styles")
	p.open("style:style", "style:name", "sheet", "style:family", "table", "style:master-page-name", "Default")
	p.one("style:table-properties", "table:display", "true", "style:writing-mode", "lr-tb")
	p.close()
	p.open("style:style", "style:name", "row", "style:family", "table-row")
	p.one("style:table-row-properties", "style:use-optimal-row-height", "true")
	p.close()
	for _, width := range widthsOf(pages) {
		p.open("style:style", "style:name", columnStyle(width), "style:family", "table-column")
		p.one("style:table-column-properties", "style:column-width", fmt.Sprintf("%.1fmm", float64(width)*millimetres))
		p.close()
	}
	p.close()
	p.open("office:body")
	p.open("office:spreadsheet")
	for _, one := range pages {
		p.sheet(one)
	}
	p.ranges(pages)
	p.close()
	p.close()
	p.close()
}

// millimetres is how wide a figure of our size is.
const millimetres = 2.4

func columnStyle(width int) string { return fmt.Sprintf("column%d", width) }

func widthsOf(pages []page) (out []int) {
	for _, p := range pages {
		out = append(out, p.widths...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (p *pen) sheet(s page) {
	p.open("table:table", "table:name", s.name, "table:style-name", "sheet")
	for _, width := range s.widths {
		p.one("table:table-column", "table:style-name", columnStyle(width))
	}
	for _, c := range s.lines {
		p.row([]cell{c})
	}
	if s.table != nil {
		p.open("table:table-header-rows")
		p.row(s.table.head)
		p.close()
		for _, row := range s.table.rows {
			p.row(row)
		}
	}
	p.close()
}

func (p *pen) row(cells []cell) {
	p.open("table:table-row", "table:style-name", "row")
	for _, c := range cells {
		p.cell(c)
	}
	p.close()
}

func (p *pen) cell(c cell) {
	kind := []string{"table:style-name", c.style().key(), "office:value-type", "string"}
	if c.isFigure() {
		kind[3] = "float"
		if c.kind == percent {
			kind[3] = "percentage"
		}
		kind = append(kind, "office:value", c.text)
	}
	p.open("table:table-cell", kind...)
	p.open("text:p")
	switch {
	case c.to != "":
		p.text("text:a", c.String(), "xlink:type", "simple", "xlink:href", "#'"+c.to+"'.A1")
	case c.out != "":
		p.text("text:a", c.String(), "xlink:type", "simple", "xlink:href", c.out)
	default:
		p.escaped(c.String())
	}
	p.close()
	p.close()
}

// ranges names the tables, by the first and the last cell of each.
func (p *pen) ranges(pages []page) {
	p.open("table:database-ranges")
	for _, s := range pages {
		if s.table == nil {
			continue
		}
		top := len(s.lines) + 1
		address := fmt.Sprintf("'%[1]s'.A%[2]d:'%[1]s'.%[3]s%[4]d", s.name, top, files.Letter(len(s.table.head)-1), top+len(s.table.rows))
		p.one("table:database-range", "table:name", s.table.name, "table:target-range-address", address,
			"table:contains-header", "true", "table:display-filter-buttons", "false")
	}
	p.close()
}
