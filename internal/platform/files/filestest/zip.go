// Package filestest makes files to be read: workbooks part by part, and the
// corpus of hostile files that no upload may come to harm by.
package filestest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"strings"
)

// Part is one file to be put into a zip.
type Part struct{ Name, Content string }

// Zipped makes a zip of parts.
func Zipped(parts ...Part) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		method := zip.Deflate
		if len(p.Content) < 1000 {
			method = zip.Store // which fuzzing needs for its speed
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.Name, Method: method})
		if err != nil {
			panic(err)
		}
		f.Write([]byte(p.Content))
	}
	w.Close()
	return out.Bytes()
}

// Liar makes a zip in which one part says it is smaller than it is.
func Liar(name string, content []byte, declared uint64, others ...Part) []byte {
	var packed bytes.Buffer
	inner := zip.NewWriter(&packed)
	f, _ := inner.Create(name)
	f.Write(content)
	inner.Close()
	source, _ := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	raw, _ := source.File[0].OpenRaw()

	var out bytes.Buffer
	w := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: source.File[0].CompressedSize64, UncompressedSize64: declared}
	lie, err := w.CreateRaw(header)
	if err != nil {
		panic(err)
	}
	buffer := new(bytes.Buffer)
	buffer.ReadFrom(raw)
	lie.Write(buffer.Bytes())
	for _, p := range others {
		f, _ := w.Create(p.Name)
		f.Write([]byte(p.Content))
	}
	w.Close()
	return out.Bytes()
}

// Book is a workbook to be built by hand: what stands in sheetData, and the
// optional parts.
type Book struct {
	Sheets []string // the content of sheetData, one worksheet each
	Names  []string // of the sheets; Sheet1 and so on when there are none
	States []string // of the sheets
	Shared string   // the content of sst
	Styles string   // the content of styleSheet
	Props  string   // the attributes of workbookPr
}

// Parts are the parts of the workbook.
func (b Book) Parts() []Part {
	var sheets, relations strings.Builder
	var all []Part
	for i, data := range b.Sheets {
		name, state := fmt.Sprintf("Sheet%d", i+1), ""
		if i < len(b.Names) {
			name = b.Names[i]
		}
		if i < len(b.States) && b.States[i] != "" {
			state = ` state="` + b.States[i] + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, name, i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="x/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		all = append(all, Part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet><sheetData>` + data + `</sheetData></worksheet>`})
	}
	if b.Shared != "" {
		relations.WriteString(`<Relationship Id="s1" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>`)
		all = append(all, Part{"xl/sharedStrings.xml", `<sst>` + b.Shared + `</sst>`})
	}
	if b.Styles != "" {
		relations.WriteString(`<Relationship Id="s2" Type="x/styles" Target="styles.xml"/>`)
		all = append(all, Part{"xl/styles.xml", `<styleSheet>` + b.Styles + `</styleSheet>`})
	}
	return append(all,
		Part{"_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		Part{"xl/workbook.xml", `<?xml version="1.0"?><workbook><workbookPr ` + b.Props + `/><sheets>` + sheets.String() + `</sheets></workbook>`},
		Part{"xl/_rels/workbook.xml.rels", `<Relationships>` + relations.String() + `</Relationships>`})
}

// Bytes is the workbook.
func (b Book) Bytes() []byte { return Zipped(b.Parts()...) }

// Inline is a row of text cells without positions.
func Inline(cells ...string) string {
	row := "<row>"
	for _, text := range cells {
		row += `<c t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	return row + "</row>"
}
