package workbook

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// page is a worksheet as both formats draw it: lines below each other in column
// A, and after them at most one table.
type page struct {
	name   string
	lines  []cell
	table  *grid
	widths []int // of the columns, in characters
}

// grid is a table: its name in the file, its headings and what is below them.
type grid struct {
	name string
	head []cell
	rows [][]cell
}

// cell is a value, how it looks and where it leads.
type cell struct {
	Value
	look look
	to   string // another worksheet, by its name
	out  string // an address outside the workbook
}

// look is how a cell is drawn.
type look int

const (
	asTitle     look = iota
	asHeading        // of a part of the cover
	asLine           // runs on over the cells beside it, which are empty
	asParagraph      // is wrapped
	asLink
	asHead        // of a column of words
	asHeadFigures // of a column of figures
	asWords
	asSymbol
	asFigure
)

const widest = 60 // characters of a column, above which text is wrapped

// pages lays a book out.
func (b Book) pages() []page {
	out := []page{b.cover(), b.contents()}
	if rows := b.notes(); len(rows) > 0 {
		out = append(out, page{name: "Notes", lines: []cell{line("Notes", asTitle), line("This worksheet contains one table.", asLine), back()},
			table: &grid{"table_notes", heads("Note or symbol", "What it means"), rows}, widths: []int{18, 90}})
	}
	for _, s := range b.Sheets {
		out = append(out, s.page())
	}
	return out
}

func line(text string, l look) cell { return cell{Value: Text(text), look: l} }

func back() cell {
	return cell{Value: Text("Go to the table of contents"), look: asLink, to: "Contents"}
}

func heads(texts ...string) (out []cell) {
	for _, text := range texts {
		out = append(out, line(text, asHead))
	}
	return out
}

func (b Book) cover() page {
	lines := []cell{line(b.Title, asTitle), line(b.Subject, asParagraph)}
	for _, text := range b.Cover {
		lines = append(lines, line(text, asParagraph))
	}
	lines = append(lines, line("What it covers", asHeading), line("Programme: "+b.Programme, asParagraph), line("Coverage: "+b.Coverage, asParagraph),
		line("Who made it", asHeading), line("Made by: "+b.By, asParagraph), line("Date: "+b.Date.String(), asParagraph),
		line("Whom to ask", asHeading))
	contact := line(b.Contact, asParagraph)
	if contact.out = target(contact.text); contact.out != "" {
		contact.look = asLink
	}
	return page{name: "Cover", lines: append(lines, contact, line("What is inside", asHeading), back()), widths: []int{90}}
}

// contents lists the worksheets after it, with links.
func (b Book) contents() page {
	g := &grid{"table_contents", heads("Worksheet", "What it contains"), nil}
	entry := func(name, title string) {
		g.rows = append(g.rows, []cell{{Value: Text(name), look: asLink, to: name}, line(title, asWords)})
	}
	if len(b.notes()) > 0 {
		entry("Notes", "Notes and symbols")
	}
	for _, s := range b.Sheets {
		entry(s.Name, s.Title)
	}
	return page{name: "Contents", lines: []cell{line("Table of contents", asTitle), line("This worksheet contains one table.", asLine)},
		table: g, widths: []int{34, 90}}
}

// notes are the rows of the worksheet of notes: those of the book, then the
// symbols that its tables use.
func (b Book) notes() (rows [][]cell) {
	for n, note := range b.Notes {
		rows = append(rows, []cell{line(fmt.Sprintf("note %d", n+1), asWords), line(note.Text, asWords)})
	}
	for _, s := range used(b.Sheets...) {
		rows = append(rows, []cell{{Value: Mark(s), look: asWords}, line(s.Meaning(), asWords)})
	}
	return rows
}

// used are the symbols that stand in tables.
func used(sheets ...Sheet) (out []Symbol) {
	seen := map[Symbol]bool{}
	for _, sheet := range sheets {
		for _, row := range sheet.Rows {
			for _, v := range row {
				seen[Symbol(v.text)] = seen[Symbol(v.text)] || v.kind == symbol
			}
		}
	}
	for _, s := range Symbols {
		if seen[s] {
			out = append(out, s)
		}
	}
	return out
}

func (s Sheet) page() page {
	p := page{name: s.Name, lines: []cell{line(s.Title, asTitle), line("This worksheet contains one table. "+s.explained(), asLine)},
		table: &grid{name: "table_" + strings.ToLower(s.Name)}}
	for _, text := range s.Intro {
		p.lines = append(p.lines, line(text, asLine))
	}
	p.lines = append(p.lines, line("Source: "+s.Source, asLine), back())
	for c, column := range s.Columns {
		l := asHead
		if column.Kind == Figures {
			l = asHeadFigures
		}
		p.table.head = append(p.table.head, line(column.Head, l))
		p.widths = append(p.widths, s.width(c))
	}
	for _, row := range s.Rows {
		p.table.rows = append(p.table.rows, drawn(row, s.Columns))
	}
	return p
}

// explained says what of a sheet the notes explain.
func (s Sheet) explained() string {
	var parts []string
	if s.refers() {
		parts = append(parts, "It refers to notes")
	}
	if symbols := used(s); len(symbols) > 0 {
		var names []string
		for _, symbol := range symbols {
			names = append(names, symbol.String())
		}
		parts = append(parts, "cells without a number have a symbol: "+strings.Join(names, ", "))
	}
	if len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + ". What they mean is in the worksheet Notes."
}

// refers reports whether a sheet refers to a note.
func (s Sheet) refers() bool {
	texts := append([]string{s.Title, s.Source}, s.Intro...)
	for _, c := range s.Columns {
		texts = append(texts, c.Head)
	}
	for _, text := range texts {
		if reference.MatchString(text) {
			return true
		}
	}
	return false
}

func drawn(row []Value, columns []Column) (out []cell) {
	for c, v := range row {
		l := asWords
		switch {
		case v.isFigure():
			l = asFigure
		case v.kind == symbol && columns[c].Kind == Figures:
			l = asSymbol
		}
		out = append(out, cell{Value: v, look: l})
	}
	return out
}

// width makes room for the longest cell of a column and the longest word of
// its heading.
func (s Sheet) width(c int) int {
	most := 0
	for _, row := range s.Rows {
		most = max(most, utf8.RuneCountInString(row[c].String()))
	}
	for _, word := range strings.Fields(s.Columns[c].Head) {
		most = max(most, utf8.RuneCountInString(word))
	}
	return min(max(most+3, 14), widest)
}
