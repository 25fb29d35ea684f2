package columnstest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/columns"
)

const (
	space   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	links   = `http://schemas.openxmlformats.org/package/2006/relationships`
	office  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	content = `http://schemas.openxmlformats.org/package/2006/content-types`
)

// parts are what a workbook needs around its worksheet. The second format of a
// cell is that of a date.
var parts = map[string]string{
	"[Content_Types].xml": `<Types xmlns="` + content + `"/>`,
	"_rels/.rels": `<Relationships xmlns="` + links + `"><Relationship Id="r1" Type="` + office +
		`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook ` + space + ` xmlns:r="` + office + `"><sheets><sheet name="Cohort" sheetId="1" r:id="r1"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + links + `"><Relationship Id="r1" Type="` + office +
		`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`,
	"xl/styles.xml": `<styleSheet ` + space + `><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
}

// XLSX is a workbook such as a spreadsheet program saves: text in lines, "#37"
// for a number, "d36246" for a real date, "=37" for a formula that gives 37.
func XLSX(t testing.TB, people ...Cells) []byte {
	t.Helper()
	read := List(t).Read()
	rows := row(1, columns.Headers(read))
	for i, p := range people {
		texts := make([]string, len(read))
		for j, c := range read {
			texts[j] = p[c.Key]
		}
		rows += row(i+2, texts)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, text string) {
		part, err := z.Create(name)
		if err == nil {
			_, err = part.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range parts {
		add(name, text)
	}
	add("xl/worksheets/sheet1.xml", `<worksheet `+space+`><sheetData>`+rows+`</sheetData></worksheet>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func row(number int, texts []string) string {
	cells := ""
	for i, text := range texts {
		cells += cell(fmt.Sprintf("%s%d", files.Letter(i), number), text)
	}
	return fmt.Sprintf(`<row r="%d">%s</row>`, number, cells)
}

func cell(at, text string) string {
	switch {
	case strings.HasPrefix(text, "#"):
		return `<c r="` + at + `"><v>` + text[1:] + `</v></c>`
	case strings.HasPrefix(text, "d3"), strings.HasPrefix(text, "d4"):
		return `<c r="` + at + `" s="1"><v>` + text[1:] + `</v></c>`
	case strings.HasPrefix(text, "="):
		return `<c r="` + at + `"><f>30+7</f><v>` + text[1:] + `</v></c>`
	}
	return `<c r="` + at + `" t="inlineStr"><is><t>` + html.EscapeString(text) + `</t></is></c>`
}
