package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
)

// part is one file to be put into a zip built by a test.
type part struct{ name, content string }

func zipped(parts ...part) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		method := zip.Deflate
		if len(p.content) < 1000 {
			method = zip.Store // which fuzzing needs for its speed
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
		if err != nil {
			panic(err)
		}
		f.Write([]byte(p.content))
	}
	w.Close()
	return out.Bytes()
}

// liar makes a zip in which one part says it is smaller than it is.
func liar(name string, content []byte, declared uint64, others ...part) []byte {
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
		f, _ := w.Create(p.name)
		f.Write([]byte(p.content))
	}
	w.Close()
	return out.Bytes()
}

// book is a workbook to be built by hand: what stands in sheetData, and the
// optional parts.
type book struct {
	sheets []string // the content of sheetData, one worksheet each
	names  []string // of the sheets; Sheet1 and so on when there are none
	states []string // of the sheets
	shared string   // the content of sst
	styles string   // the content of styleSheet
	props  string   // the attributes of workbookPr
}

func (b book) parts() []part {
	var sheets, relations strings.Builder
	var all []part
	for i, data := range b.sheets {
		name, state := fmt.Sprintf("Sheet%d", i+1), ""
		if i < len(b.names) {
			name = b.names[i]
		}
		if i < len(b.states) && b.states[i] != "" {
			state = ` state="` + b.states[i] + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, name, i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="x/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		all = append(all, part{sheetPart(i), `<worksheet><sheetData>` + data + `</sheetData></worksheet>`})
	}
	if b.shared != "" {
		relations.WriteString(`<Relationship Id="s1" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>`)
		all = append(all, part{"xl/sharedStrings.xml", `<sst>` + b.shared + `</sst>`})
	}
	if b.styles != "" {
		relations.WriteString(`<Relationship Id="s2" Type="x/styles" Target="styles.xml"/>`)
		all = append(all, part{"xl/styles.xml", `<styleSheet>` + b.styles + `</styleSheet>`})
	}
	return append(all,
		part{"_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		part{"xl/workbook.xml", `<?xml version="1.0"?><workbook><workbookPr ` + b.props + `/><sheets>` + sheets.String() + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", `<Relationships>` + relations.String() + `</Relationships>`})
}

func (b book) bytes() []byte { return zipped(b.parts()...) }

// inline is a row of text cells without positions.
func inline(cells ...string) string {
	row := "<row>"
	for _, text := range cells {
		row += `<c t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	return row + "</row>"
}

func readBytes(data []byte, choose ...Choice) (*Sheet, error) {
	return Read("cohort.csv", bytes.NewReader(data), int64(len(data)), Limits{}, choose...)
}

func mustRead(t *testing.T, data []byte, choose ...Choice) *Sheet {
	t.Helper()
	sheet, err := readBytes(data, choose...)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return sheet
}

// wantRefused checks that err is a sentence for the person, with a word in it.
func wantRefused(t *testing.T, err error, word string) {
	t.Helper()
	if err == nil {
		t.Fatalf("read without complaint; want a refusal with %q", word)
	}
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Invalid {
		t.Fatalf("error %v is not a sentence for the person", err)
	}
	if !strings.Contains(said.Text, word) {
		t.Errorf("sentence %q lacks %q", said.Text, word)
	}
	if !strings.HasSuffix(said.Text, ".") || strings.Count(said.Text, ".") < 2 {
		t.Errorf("sentence %q does not say what to do", said.Text)
	}
}

// table gives the header and the rows of a sheet as text.
func table(s *Sheet) [][]string {
	all := [][]string{s.Header}
	for _, row := range s.Rows {
		all = append(all, texts(row.Cells))
	}
	return all
}

func sameTable(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(x, y) })
}
