package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// textFormat is the number of the format by which a cell stays text when it is
// edited (ECMA-376 part 1, 18.8.30).
const textFormat = 49

// style gives the number of a style, which it makes the first time.
func (x *xlsx) style(s style) (int, error) {
	if id, ok := x.styles[s]; ok {
		return id, nil
	}
	given := &excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Family: fontName, Size: s.size(), Bold: s.bold()},
		Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: s.wraps()}}
	if s.toTheRight() {
		given.Alignment.Horizontal = "right"
	}
	if s.look == asLink {
		given.Font.Color, given.Font.Underline = linkColour, "single"
	}
	if s.look == asHead || s.look == asHeadFigures {
		given.Border = []excelize.Border{{Type: "bottom", Color: "000000", Style: 2}}
	}
	if s.look == asFigure {
		given.NumFmt, given.CustomNumFmt = 0, new(s.format())
	}
	id, err := x.file.NewStyle(given)
	if err != nil {
		return 0, err
	}
	if name, number := s.named(); name != "" {
		x.name(id, name, number)
	}
	x.styles[s] = id
	return id, nil
}

// format is how Excel writes a number: #,##0.00 or 0.00%.
func (s style) format() string {
	format := "#,##0"
	if s.decimals > 0 {
		format += "." + strings.Repeat("0", s.decimals)
	}
	if s.percent {
		format += "%"
	}
	return format
}

// name makes a style one of the named ones, for which the library has no
// function: assistive software knows headings by them.
func (x *xlsx) name(id int, name string, number int) {
	styles := x.file.Styles
	own := styles.CellXfs.Xf[id]
	own.XfID = nil
	at := len(styles.CellStyleXfs.Xf)
	styles.CellStyleXfs.Xf = append(styles.CellStyleXfs.Xf, own)
	styles.CellStyleXfs.Count = len(styles.CellStyleXfs.Xf)
	styles.CellXfs.Xf[id].XfID = &at
	named := *styles.CellStyles.CellStyle[0]
	named.Name, named.XfID, named.BuiltInID = name, at, &number
	styles.CellStyles.CellStyle = append(styles.CellStyles.CellStyle, &named)
	styles.CellStyles.Count = len(styles.CellStyles.CellStyle)
}
