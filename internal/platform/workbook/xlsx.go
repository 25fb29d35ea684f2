package workbook

import (
	"fmt"
	"io"
	"regexp"

	"github.com/xuri/excelize/v2"

	"example.org/asye/internal/platform/files"
)

// WriteXLSX writes the book as an Excel workbook. It writes nothing when
// something is wrong with the book, and says all of it.
func (b Book) WriteXLSX(w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	x := &xlsx{file: excelize.NewFile(), styles: map[style]int{}}
	defer x.file.Close()
	if err := x.draw(b); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := x.file.Write(w); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

type xlsx struct {
	file   *excelize.File
	styles map[style]int // made when they are first used, in the order of cells
}

func (x *xlsx) draw(b Book) error {
	if err := x.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	if err := x.describe(b); err != nil {
		return err
	}
	pages := b.pages()
	for n, p := range pages {
		if n == 0 {
			if err := x.file.SetSheetName("Sheet1", p.name); err != nil {
				return err
			}
		} else if _, err := x.file.NewSheet(p.name); err != nil {
			return err
		}
	}
	for _, p := range pages {
		if err := x.page(p); err != nil {
			return fmt.Errorf("worksheet %s: %w", p.name, err)
		}
	}
	return nil
}

// describe writes the properties of the document. The only date is the book's
// own.
func (x *xlsx) describe(b Book) error {
	day := b.Date.ISO() + "T00:00:00Z"
	if err := x.file.SetDocProps(&excelize.DocProperties{Title: clean(b.Title), Subject: clean(b.Subject), Creator: clean(b.By), LastModifiedBy: clean(b.By),
		Keywords: b.keywords(), Language: "en-GB", Created: day, Modified: day}); err != nil {
		return err
	}
	return x.file.SetAppProps(&excelize.AppProperties{Application: "asye"})
}

func (x *xlsx) page(p page) error {
	for c, width := range p.widths {
		column, err := excelize.ColumnNumberToName(c + 1)
		if err != nil {
			return err
		}
		// The width counts figures of the default size; ours are a little larger.
		if err := x.file.SetColWidth(p.name, column, column, float64(width)*fontSize/11); err != nil {
			return err
		}
	}
	for n, c := range p.lines {
		if err := x.row(p, n+1, []cell{c}); err != nil {
			return err
		}
	}
	if p.table != nil {
		if err := x.table(p); err != nil {
			return err
		}
	}
	wide, all := "landscape", 0
	one, fit := 1, true
	if err := x.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{Orientation: &wide, FitToWidth: &one, FitToHeight: &all, Size: new(9)}); err != nil {
		return err
	}
	return x.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// row writes cells and makes the row as high as their text needs: not every
// program does that by itself.
func (x *xlsx) row(p page, number int, cells []cell) error {
	height := 0.0
	for c, one := range cells {
		if err := x.cell(p.name, c+1, number, one); err != nil {
			return err
		}
		height = max(height, one.height(p.widths[c]))
	}
	return x.file.SetRowHeight(p.name, number, min(height, excelize.MaxRowHeight))
}

func (x *xlsx) table(p page) error {
	sheet, g, top := p.name, p.table, len(p.lines)+1
	for n, row := range append([][]cell{g.head}, g.rows...) {
		if err := x.row(p, top+n, row); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(g.head), top+len(g.rows))
	if err != nil {
		return err
	}
	if err := x.file.SetSheetDimension(sheet, "A1:"+last); err != nil {
		return err
	}
	if err := x.file.AddTable(sheet, &excelize.Table{Range: fmt.Sprintf("A%d:%s", top, last), Name: g.name, ShowRowStripes: new(bool)}); err != nil {
		return err
	}
	x.withoutFilters()
	return nil
}

var filters = regexp.MustCompile(`<autoFilter [^>]*>(?:</autoFilter>)?`)

// withoutFilters takes the filter buttons off the tables: they hide the ends of
// headings, and the library always adds them.
func (x *xlsx) withoutFilters() {
	x.file.Pkg.Range(func(name, content any) bool {
		if part, ok := content.([]byte); ok && tablePart.MatchString(name.(string)) {
			x.file.Pkg.Store(name, filters.ReplaceAll(part, nil))
		}
		return true
	})
}

var tablePart = regexp.MustCompile(`^xl/tables/table\d+\.xml$`)

func (x *xlsx) cell(sheet string, column, row int, c cell) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	if c.isFigure() {
		err = x.file.SetCellFloat(sheet, at, c.float(), -1, 64)
	} else {
		err = x.file.SetCellStr(sheet, at, files.Literal(c.String()))
	}
	if err != nil {
		return err
	}
	switch {
	case c.to != "":
		err = x.file.SetCellHyperLink(sheet, at, "'"+c.to+"'!A1", "Location")
	case c.out != "":
		err = x.file.SetCellHyperLink(sheet, at, c.out, "External")
	}
	if err != nil {
		return err
	}
	id, err := x.style(c.style())
	if err != nil {
		return err
	}
	return x.file.SetCellStyle(sheet, at, at, id)
}
