package files

import (
	"io"
	"strings"
)

func readCSV(data []byte, limits Limits, c choices) (*Sheet, error) {
	text, encoding, err := decode(data)
	if err != nil {
		return nil, err
	}
	if err := refuseForeignText(text); err != nil {
		return nil, err
	}
	delimiter, text := delimiterOf(text)
	sheet := &Sheet{Format: CSV, Encoding: encoding, Delimiter: rune(delimiter)}
	rows := &collector{limits: limits, match: c.header, sheet: sheet}
	p := &csvParser{text: text, delimiter: delimiter, limits: limits}
	for p.pos < len(p.text) {
		if err := p.record(); err != nil {
			return nil, err
		}
		if err := rows.add(p.row, p.cells); err != nil {
			return nil, err
		}
	}
	return sheet, rows.finish()
}

// delimiterOf finds the character between the columns. Excel writes and obeys
// a first line such as sep=; and does not count it as a row. Without that
// line it is whichever of comma, semicolon and tab the header has most of.
func delimiterOf(text string) (delimiter byte, rest string) {
	if len(text) > 4 && strings.EqualFold(text[:4], "sep=") {
		line := text[5:]
		isLine := line == "" || line[0] == '\r' || line[0] == '\n'
		if strings.IndexByte(delimiters, text[4]) >= 0 && isLine {
			return text[4], skipLine(line)
		}
	}
	return commonest(countDelimiters(text)), text
}

const delimiters = ",;\t" // in the order in which a tie is decided

// countDelimiters counts each delimiter, outside quotation marks, on each of
// the first lines.
func countDelimiters(text string) [][len(delimiters)]int {
	counts := make([][len(delimiters)]int, 1)
	quoted := false
	for _, b := range []byte(text) {
		if b == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		line := len(counts) - 1
		if b == '\n' || b == '\r' {
			counts = append(counts, [len(delimiters)]int{})
		} else if i := strings.IndexByte(delimiters, b); i >= 0 {
			counts[line][i]++
		}
		if line > 2*searchRows {
			break
		}
	}
	return counts
}

// commonest decides by the first line that has at least half as many
// delimiters as the fullest line: the header, and not a title above it.
func commonest(counts [][len(delimiters)]int) byte {
	sum := func(line [len(delimiters)]int) int { return line[0] + line[1] + line[2] }
	most := 0
	for _, line := range counts {
		most = max(most, sum(line))
	}
	for _, line := range counts {
		if 2*sum(line) < most {
			continue
		}
		best := 0
		for i := range line {
			if line[i] > line[best] {
				best = i
			}
		}
		return delimiters[best]
	}
	return delimiters[0]
}

// skipLine removes one end of line.
func skipLine(text string) string {
	if after, ok := strings.CutPrefix(text, "\r\n"); ok {
		return after
	}
	return text[min(1, len(text)):]
}

// csvParser reads records the way spreadsheet programs do: rows end in CR, LF
// or both; a quotation mark counts only at the start of a cell.
type csvParser struct {
	text      string
	pos       int
	delimiter byte
	limits    Limits
	row       int // number of the record last read; the first is 1
	cells     []Cell
}

// record reads one row into p.cells, which the next call uses again.
func (p *csvParser) record() error {
	p.row++
	p.cells = p.cells[:0]
	for column := 0; ; column++ {
		text, err := p.cell(column)
		if err != nil {
			return err
		}
		p.cells, err = place(p.cells, p.row, column, Cell{Text: unguard(text)}, p.limits)
		if err != nil {
			return err
		}
		if p.pos >= len(p.text) || p.text[p.pos] != p.delimiter {
			p.pos = len(p.text) - len(skipLine(p.text[p.pos:]))
			return nil
		}
		p.pos++
	}
}

// cell reads up to the next delimiter or end of line, which stays unread.
func (p *csvParser) cell(column int) (string, error) {
	if p.pos >= len(p.text) || p.text[p.pos] != '"' {
		return p.plain(), nil
	}
	p.pos++
	text, err := p.quoted()
	if err != nil {
		return "", refuse("The quotation mark that opens cell %s%d is never closed. Put a quotation mark at the end of that cell, or remove the one at its start, and upload the file again.",
			Letter(column), p.row)
	}
	if rest := p.plain(); rest != "" {
		text += rest
	}
	return text, nil
}

// quoted reads to the closing quotation mark and past it; a doubled one stands
// for one.
func (p *csvParser) quoted() (string, error) {
	var text strings.Builder
	for {
		i := strings.IndexByte(p.text[p.pos:], '"')
		if i < 0 {
			return "", io.ErrUnexpectedEOF
		}
		part := p.text[p.pos : p.pos+i]
		p.pos += i + 1
		doubled := p.pos < len(p.text) && p.text[p.pos] == '"'
		if !doubled && text.Len() == 0 {
			return part, nil
		}
		text.WriteString(part)
		if !doubled {
			return text.String(), nil
		}
		text.WriteByte('"')
		p.pos++
	}
}

func (p *csvParser) plain() string {
	start := p.pos
	for p.pos < len(p.text) {
		b := p.text[p.pos]
		if b == p.delimiter || b == '\n' || b == '\r' {
			break
		}
		p.pos++
	}
	return p.text[start:p.pos]
}
