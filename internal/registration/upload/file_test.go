package upload_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

// What people really send, from its bytes to the plan.
func TestFiles(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	marked := string(h.csv(person(1, "given_name", "Zoë", "family_name", "O’Brien")))
	bare := strings.TrimPrefix(marked, "\ufeff")
	windows := strings.NewReplacer("ë", "\xeb", "’", "\x92").Replace(bare)
	for name, data := range map[string]string{
		"UTF-8 with a mark":    marked,
		"UTF-8 without":        bare,
		"UTF-16":               utf16LE(bare),
		"Windows-1252":         windows,
		"semicolons":           strings.ReplaceAll(bare, ",", ";"),
		"tabs":                 strings.ReplaceAll(bare, ",", "\t"),
		"ends of line of Unix": strings.ReplaceAll(bare, "\r\n", "\n"),
		"a title above":        "Newly qualified social workers 2026\r\n\r\n" + bare,
		"empty rows below":     bare + strings.Repeat(strings.Repeat(",", 20)+"\r\n", 50),
		"a column of errors":   strings.Replace(bare, "\r\n", ",Errors\r\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			sheet := h.read(t, []byte(data))
			plan, err := h.Check(ctx, ours, sheet)
			if err != nil {
				t.Fatal(err)
			}
			if counts(plan) != [4]int{1, 0, 0, 0} || plan.Lines[0].Name != "Zoë O’Brien" || len(plan.AllWarnings()) > 0 {
				t.Errorf("plan = %+v", plan)
			}
		})
	}
}

func utf16LE(text string) string {
	var out bytes.Buffer
	binary.Write(&out, binary.LittleEndian, utf16.Encode([]rune("\ufeff"+text)))
	return out.String()
}

func TestWorkbook(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	p := person(1, "regulator_number", "#1001", "date_of_birth", "#36246", "starts_on", "1 Sept 2026", "hours", "#22.2",
		"qualified_year", "#2026", "full_time_hours", "=37", "eligibility_agency", "#0")
	sheet, err := h.ReadSheet("cohort.xlsx", bytes.NewReader(h.xlsx(t, p)), int64(len(h.xlsx(t, p))))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := h.Check(ctx, ours, sheet)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, f := range plan.Problems() {
		keys[f.Key] = f.Reason
	}
	// The date of birth is a number without the format of a date.
	if len(keys) != 2 || !strings.Contains(keys["full_time_hours"], "formula") || !strings.Contains(keys["date_of_birth"], "own number for a date") {
		t.Errorf("problems = %v", keys)
	}
	if plan.Lines[0].Number != "SW1001" {
		t.Errorf("number = %q", plan.Lines[0].Number)
	}
	t.Run("real dates", func(t *testing.T) {
		p["date_of_birth"], p["full_time_hours"], p["starts_on"] = "d36246", "#37", "d46266"
		data := h.xlsx(t, p)
		sheet, err := h.ReadSheet("cohort.xlsx", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		u, err := h.Stage(ctx, ours, sheet)
		if err != nil {
			t.Fatal(err)
		}
		if counts(u.Plan) != [4]int{1, 0, 0, 0} {
			t.Fatalf("plan = %+v", u.Plan.Problems())
		}
		h.confirm(t, u)
		if h.count(t, `enrolments e join nqsws n on n.person_id = e.person_id where e.starts_on = '2026-09-01' and n.date_of_birth = '1999-03-27'`) != 1 {
			t.Error("the dates of the workbook were not kept")
		}
	})
}

// xlsx is a workbook such as a spreadsheet program saves: text in lines, # for
// a number, d for a real date, = for a formula.
func (h house) xlsx(t *testing.T, people ...map[string]string) []byte {
	t.Helper()
	columns := upload.Read(h.Columns())
	var rows strings.Builder
	write := func(row int, cell func(c upload.Column) string) {
		fmt.Fprintf(&rows, `<row r="%d">`, row)
		for i, c := range columns {
			fmt.Fprintf(&rows, cell(c), fmt.Sprintf("%s%d", files.Letter(i), row))
		}
		rows.WriteString("</row>")
	}
	text := func(s string) string { return `<c r="%s" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	write(1, func(c upload.Column) string { return text(strings.ReplaceAll(c.Header, "'", "&apos;")) })
	for i, p := range people {
		write(i+2, func(c upload.Column) string {
			switch value := p[c.Key]; {
			case strings.HasPrefix(value, "#"):
				return `<c r="%s"><v>` + value[1:] + `</v></c>`
			case strings.HasPrefix(value, "d4") || strings.HasPrefix(value, "d3"):
				return `<c r="%s" s="1"><v>` + value[1:] + `</v></c>`
			case strings.HasPrefix(value, "="):
				return `<c r="%s"><f>30+7</f><v>` + value[1:] + `</v></c>`
			default:
				return text(value)
			}
		})
	}
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + space + ` xmlns:r="` + office + `"><sheets><sheet name="Cohort" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet ` + space + `><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + space + `><sheetData>` + rows.String() + `</sheetData></worksheet>`,
	} {
		part, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	z.Close()
	return out.Bytes()
}

func TestRefusedFiles(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	for name, data := range map[string]string{
		"a web page named .csv": "<html><table><tr><td>First name</td></tr></table></html>",
		"empty":                 "",
		"a PDF":                 "%PDF-1.7 and so on",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.ReadSheet("cohort.csv", strings.NewReader(data), int64(len(data)))
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("err = %v, want a refusal", err)
			}
		})
	}
}
