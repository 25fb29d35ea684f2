package files

import (
	"strconv"
	"strings"
	"time"

	"example.org/asye/internal/platform/files/xmlscan"
)

// maxStyles is more than the 65,490 cell formats that Excel allows.
const maxStyles = 70_000

// numberStyle is what a cell's format says about its number.
type numberStyle struct {
	date  bool
	zeros int // at least so many digits are shown, as with the format 000000
}

// readStyles gives the number style of each cell format, in the order in which
// cells refer to them.
func readStyles(x *xmlscan.Scanner) ([]numberStyle, error) {
	custom := map[int]numberStyle{}
	var styles []numberStyle
	inFormats := false
	for {
		kind, err := x.Next()
		if err != nil || kind == xmlscan.Done {
			return styles, err
		}
		if string(x.Name) == "cellXfs" {
			inFormats = kind == xmlscan.Start
		}
		if kind != xmlscan.Start {
			continue
		}
		switch {
		case string(x.Name) == "numFmt":
			custom[number(x.Attr("numFmtId"))] = styleOf(x.AttrText("formatCode"))
		case inFormats && string(x.Name) == "xf":
			styles = append(styles, styleNumbered(number(x.Attr("numFmtId")), custom))
		}
		if len(styles) > maxStyles || len(custom) > maxStyles {
			return nil, xmlscan.ErrStrange
		}
	}
}

// styleNumbered knows the formats that have a number and no code in the file
// (ECMA-376 part 1, 18.8.30): 14 to 17 and 22 are dates, 27 to 36 and 50 to 58
// are dates in East Asian editions.
func styleNumbered(id int, custom map[int]numberStyle) numberStyle {
	if style, ok := custom[id]; ok {
		return style
	}
	date := 14 <= id && id <= 17 || id == 22 || 27 <= id && id <= 31 || id == 36 || 50 <= id && id <= 58
	return numberStyle{date: date}
}

// styleOf reads a format code such as dd/mm/yyyy;@ or 000000. Letters in
// quotation marks, in brackets or after a backslash are shown as they are.
func styleOf(code string) numberStyle {
	code, _, _ = strings.Cut(code, ";")
	if code != "" && strings.Trim(code, "0") == "" {
		return numberStyle{zeros: min(len(code), 30)}
	}
	bare := strings.ToLower(bareCode(code))
	if bare == "general" {
		return numberStyle{}
	}
	month := strings.Contains(bare, "m") && !strings.ContainsAny(bare, "hs")
	return numberStyle{date: month || strings.ContainsAny(bare, "yd")}
}

func bareCode(code string) string {
	var bare strings.Builder
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			i += len(upTo(code[i+1:], '"')) + 1
		case code[i] == '[':
			inside := upTo(code[i+1:], ']')
			if strings.Trim(inside, "hmsHMS") == "" {
				bare.WriteString("h") // elapsed time such as [mm]:ss, not a month
			}
			i += len(inside) + 1
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		default:
			bare.WriteByte(code[i])
		}
	}
	return bare.String()
}

// upTo is the text before the closing character, or all of it.
func upTo(text string, closing byte) string {
	before, _, _ := strings.Cut(text, string(closing))
	return before
}

// numberCell says what a typed number is: a date, or its digits as a person
// would write them.
func numberCell(raw string, style numberStyle, from1904 bool) Cell {
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil || strings.Trim(raw, "0123456789+-.eE") != "" {
		return Cell{Text: cellText([]byte(raw))}
	}
	if style.date {
		if cell, ok := dateNumbered(value, from1904); ok {
			return cell
		}
	}
	text := raw
	if !allDigits(strings.TrimPrefix(raw, "-")) {
		text = plainNumber(value)
	}
	for len(text) < style.zeros && allDigits(text) {
		text = "0" + text
	}
	return Cell{Text: text, Numeric: true}
}

// plainNumber writes the fifteen digits that a spreadsheet program shows, in
// full and without exponent, so that 0.1+0.2 is 0.3 and not 0.30000000000000004.
func plainNumber(value float64) string {
	shown, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		shown = value
	}
	return strconv.FormatFloat(shown, 'f', -1, 64)
}

// dateNumbered counts days from 31 December 1899, where Excel has a 29 February
// 1900 that never was, or from 1 January 1904 in workbooks that began on a
// Macintosh. The time of day is left out.
func dateNumbered(value float64, from1904 bool) (Cell, bool) {
	const lastDay = 2_958_465 // 31 December 9999
	if !(value >= 0 && value < lastDay+1) {
		return Cell{}, false
	}
	days := int(value)
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	} else if days < 60 {
		days++
	}
	date := first.AddDate(0, 0, days)
	if !from1904 && (int(value) == 0 || int(value) == 60) || date.Year() > 9999 {
		return Cell{}, false
	}
	return DateCell(date.Date()), true
}

// number reads a whole number of at most eight digits; -1 when it is none.
func number(raw []byte) int {
	if len(raw) == 0 || len(raw) > 8 {
		return -1
	}
	n := 0
	for _, b := range raw {
		if b < '0' || b > '9' {
			return -1
		}
		n = n*10 + int(b-'0')
	}
	return n
}
