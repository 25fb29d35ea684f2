package filestest

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
)

// sheet is a workbook whose one worksheet begins with a good header.
func sheet(rest string) []byte {
	return Book{Sheets: []string{Inline(header...) + rest}}.Bytes()
}

// With puts parts in place of those of a good workbook, or beside them.
func With(parts ...Part) []byte {
	all := Book{Sheets: []string{Inline(header...) + Inline(row...)}, Shared: "<si><t>a</t></si>", Styles: "<cellXfs/>"}.Parts()
	for _, p := range parts {
		replaced := false
		for i := range all {
			if all[i].Name == p.Name {
				all[i], replaced = p, true
			}
		}
		if !replaced {
			all = append(all, p)
		}
	}
	return Zipped(all...)
}

const sheet1 = "xl/worksheets/sheet1.xml"

// bombs are small and become large, or make work without end.
func bombs() []Hostile {
	book := func(name, says string, data []byte) Hostile { return Hostile{name, "cohort.xlsx", xlsx, data, says} }
	text := func(name, says, data string) Hostile { return Hostile{name, "cohort.csv", csv, []byte(data), says} }
	return []Hostile{
		book("zip bomb", "more tightly", With(Part{sheet1, strings.Repeat(" ", 50<<20)})),
		book("zip bomb in a part that nobody reads", "more tightly", With(Part{"xl/media/x.bin", strings.Repeat("\x00", 50<<20)})),
		book("bomb that unpacks to more than is allowed", "unpacks to more", With(Part{sheet1, strings.Repeat(" ", 70<<20)})),
		book("part that says it is small", "more tightly", Liar(sheet1, []byte("<worksheet>"+strings.Repeat(" ", 8<<20)), 100, Book{Sheets: []string{""}}.Parts()[1:]...)),
		book("zip within zip within zip", "zip file", nested(5)),
		book("thousands of parts", "parts inside", With(manyParts(20_000)...)),
		book("hundred thousand worksheets", "no spreadsheet program", With(Part{"xl/workbook.xml", "<workbook><sheets>" +
			noisy(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 100_000, comment) + "</sheets></workbook>"})),
		book("ten million empty rows", "empty rows", sheet(noisy("<row/>", 10_000_000, comment))),
		book("row of four million cells", "CW2", sheet("<row>"+noisy("<c><v>1</v></c>", 4_000_000, comment)+"</row>")),
		book("five million formatted cells", "cells", sheet(noisy("<row>"+strings.Repeat(`<c s="1"/>`, 100)+"</row>", 50_000, comment))),
		book("ten million shared texts", "unpacks to more", Book{Sheets: []string{Inline(header...)}, Shared: noisy("<si/>", 10_000_000, comment)}.Bytes()),
		book("one long text shown by every cell", "unpacks to more", shared()),
		book("two million merged cells", "", With(Part{sheet1, "<worksheet><sheetData>" + Inline(header...) + Inline(row...) + "</sheetData><mergeCells>" +
			noisy(`<mergeCell ref="A1:B2"/>`, 2_000_000, comment) + "</mergeCells></worksheet>"})),
		book("ten million styles", "no spreadsheet program", Book{Sheets: []string{Inline(header...) + Inline(row...)}, Styles: "<cellXfs>" + noisy("<xf/>", 10_000_000, comment) + "</cellXfs>"}.Bytes()),
		book("million formats of numbers", "", Book{Sheets: []string{Inline(header...) + Inline(row...)}, Styles: "<numFmts>" + noisy(`<numFmt numFmtId="200" formatCode="yyyy"/>`, 1_000_000, comment) + "</numFmts>"}.Bytes()),
		book("cell of thirty megabytes", "no spreadsheet program", sheet(Inline(noisy("x ", 15<<20, letters)))),
		book("cell of four million runs", "no spreadsheet program", sheet("<row><c t=\"inlineStr\"><is>"+noisy("<r><t>a</t></r>", 4_000_000, comment)+"</is></c></row>")),
		book("elements deep in one another", "no spreadsheet program", With(Part{sheet1, noisy("<a>", 15<<20, comment)})),
		book("attribute without end", "no spreadsheet program", With(Part{sheet1, `<worksheet a="` + noisy(">", 40<<20, letters)})),
		book("comment without end", "no spreadsheet program", With(Part{sheet1, "<!--" + noisy("- ", 20<<20, letters)})),
		book("comments without end", "no spreadsheet program", With(Part{sheet1, noisy("<!---->", 8<<20, comment)})),
		book("hundred thousand attributes", "no spreadsheet program", sheet("<row "+noisy(`a="b" `, 100_000, attribute)+"></row>")),
		book("entities without end", "rows", sheet(noisy("<row><c t=\"str\"><v>&lt;&#x41;&amp;&#65;</v></c></row>", 1_000_000, comment))),
		{"gzip bomb", "cohort.csv", csv, gzipped(strings.Repeat("\x00", 50<<20)), "archive"},
		text("line of ten megabytes", "longer than", strings.Repeat("a", 9<<20)),
		text("million columns", "columns", strings.Join(header, ",")+"\r\n"+strings.Repeat("x,", 1_000_000)),
		text("million rows", "rows", strings.Join(header, ",")+"\r\n"+strings.Repeat("a,b,c\r\n", 1_000_000)),
		text("quotation mark that is never closed", "quotation mark", strings.Join(header, ",")+"\r\n\""+strings.Repeat("a,b\r\n", 1_500_000)),
		text("quotation marks without end", "longer than", strings.Join(header, ",")+"\r\n"+strings.Repeat(`"`, 8<<20)),
		text("more than any upload may have", "MB", strings.Repeat("a,b,c,d\r\n", 1_300_000)),
	}
}

func manyParts(n int) []Part {
	all := make([]Part, n)
	for i := range all {
		all[i].Name = fmt.Sprintf("xl/x%d", i)
	}
	return all
}

// shared is a text that is there once, and in sixty thousand cells.
func shared() []byte {
	cells := "<row>" + strings.Repeat(`<c t="s"><v>0</v></c>`, 90) + "</row>"
	return Book{Sheets: []string{Inline(header...) + noisy(cells, 10_000, comment)}, Shared: "<si><t>" + strings.Repeat("x", 9000) + "</t></si>"}.Bytes()
}

// noisy is n times a unit, with enough noise between that it packs no tighter
// than an honest file may, as whoever knows the limit would make it.
func noisy(unit string, n int, noise func(letters string) string) string {
	const stretch, ratio = 64 << 10, 150
	draw := rand.New(rand.NewPCG(1, 2))
	var out strings.Builder
	out.Grow(n * len(unit) * 102 / 100)
	for last := 0; n > 0; n-- {
		out.WriteString(unit)
		if out.Len()-last < stretch {
			continue
		}
		raw := make([]byte, stretch/ratio)
		for i := range raw {
			raw[i] = byte(draw.Uint32())
		}
		out.WriteString(noise(base64.RawURLEncoding.EncodeToString(raw)))
		last = out.Len()
	}
	return out.String()
}

func comment(text string) string   { return "<!-- " + strings.ReplaceAll(text, "--", "__") + " -->" }
func letters(text string) string   { return text }
func attribute(text string) string { return `a="` + text + `" ` }

// nested is a zip in a zip, to a depth.
func nested(depth int) []byte {
	inner := strings.Repeat("\x00", 1<<20)
	for range depth {
		inner = string(Zipped(Part{"inner.zip", inner}, Part{"again.zip", inner}))
	}
	return []byte(inner)
}

func gzipped(text string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write([]byte(text))
	w.Close()
	return out.Bytes()
}
