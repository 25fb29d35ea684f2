package files

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func utf16Bytes(text string, bigEndian bool) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if bigEndian {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return out
}

func TestReadCSV(t *testing.T) {
	people := [][]string{{"Name", "Town"}, {"Zoë O’Hara", "Köln"}}
	plain := "Name,Town\nZoë O’Hara,Köln\n"
	tests := []struct {
		name     string
		data     string
		want     [][]string
		encoding string
	}{
		{"UTF-8", plain, people, "UTF-8"},
		{"UTF-8 with mark", "\ufeff" + plain, people, "UTF-8"},
		{"Windows-1252", "Name,Town\r\nZo\xeb O\x92Hara,K\xf6ln\r\n", people, "Windows-1252"},
		{"UTF-16LE with mark", string(utf16Bytes("\ufeff"+plain, false)), people, "UTF-16LE"},
		{"UTF-16BE with mark", string(utf16Bytes("\ufeff"+plain, true)), people, "UTF-16BE"},
		{"UTF-16LE without mark", string(utf16Bytes("Name,Town\nAnn,Bath\n", false)), [][]string{{"Name", "Town"}, {"Ann", "Bath"}}, "UTF-16LE"},
		{"UTF-16BE without mark", string(utf16Bytes("Name,Town\nAnn,Bath\n", true)), [][]string{{"Name", "Town"}, {"Ann", "Bath"}}, "UTF-16BE"},
		{"semicolons", "a;b,c;d\n1;2,5;3,5\n", [][]string{{"a", "b,c", "d"}, {"1", "2,5", "3,5"}}, ""},
		{"semicolons below a title with a comma", "Cohort, 2026\na;b;c;d\n1;2;3;4\n", [][]string{{"Cohort, 2026"}, {"a", "b", "c", "d"}, {"1", "2", "3", "4"}}, ""},
		{"tabs", "a\tb\n1\t2", [][]string{{"a", "b"}, {"1", "2"}}, ""},
		{"one column", "a\n1\n", [][]string{{"a"}, {"1"}}, ""},
		{"delimiters inside quotation marks do not count", "\"a,b,c\";d\n1;2\n", [][]string{{"a,b,c", "d"}, {"1", "2"}}, ""},
		{"sep line", "sep=;\r\na;b\r\n1,5;2\r\n", [][]string{{"a", "b"}, {"1,5", "2"}}, ""},
		{"sep line against the majority", "sep=;\na,x,y;b\n1;2\n", [][]string{{"a,x,y", "b"}, {"1", "2"}}, ""},
		{"sep as a column name", "sep=;,b\n1,2\n", [][]string{{"sep=;", "b"}, {"1", "2"}}, ""},
		{"CR alone", "a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}, ""},
		{"no end of last line", "a,b\n1,", [][]string{{"a", "b"}, {"1", ""}}, ""},
		{"doubled quotation marks", "a,b\n\"say \"\"hello\"\"\",2\n", [][]string{{"a", "b"}, {`say "hello"`, "2"}}, ""},
		{"quotation mark inside a cell", "a,b\n5\" nail,2\n", [][]string{{"a", "b"}, {`5" nail`, "2"}}, ""},
		{"text after a closing quotation mark", "a,b\n\"x\"y,2\n", [][]string{{"a", "b"}, {`xy`, "2"}}, ""},
		{"end of line inside a cell", "a,b\n\"x\r\ny\",2\n", [][]string{{"a", "b"}, {"x\r\ny", "2"}}, ""},
		{"short row", "a,b,c\n1\n", [][]string{{"a", "b", "c"}, {"1", "", ""}}, ""},
		{"blank columns at the end", "a,b,,\n1,2,,\n", [][]string{{"a", "b"}, {"1", "2"}}, ""},
		{"guarded text", "a,b\n'=1+1,'@x\n", [][]string{{"a", "b"}, {"=1+1", "@x"}}, ""},
		{"an apostrophe that guards nothing", "a,b\n'90s,'-5\n", [][]string{{"a", "b"}, {"'90s", "'-5"}}, ""},
		{"leading zeros and long numbers stay", "a,b\n0007,12345678901234567890\n", [][]string{{"a", "b"}, {"0007", "12345678901234567890"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sheet := mustRead(t, []byte(tt.data))
			if got := table(sheet); !sameTable(got, tt.want) {
				t.Errorf("read %q, want %q", got, tt.want)
			}
			if tt.encoding != "" && sheet.Encoding != tt.encoding {
				t.Errorf("encoding %s, want %s", sheet.Encoding, tt.encoding)
			}
			if sheet.Format != CSV {
				t.Errorf("format %q", sheet.Format)
			}
		})
	}
}

func TestRowNumbersAreThoseOfTheSpreadsheet(t *testing.T) {
	tests := []struct {
		name   string
		data   string
		header int
		rows   []int
	}{
		{"plain", "a\n1\n2\n", 1, []int{2, 3}},
		{"blank rows between", "a,b\n1,2\n,\n\n3,4\n", 1, []int{2, 5}},
		{"blank rows at the end", "a\n1\n\n\n\n", 1, []int{2}},
		{"blank rows before the header", "\n\na\n1\n", 3, []int{4}},
		{"end of line inside a cell", "a\n\"x\ny\nz\"\n2\n", 1, []int{2, 3}},
		{"sep line is not a row", "sep=,\na,b\n1,2\n", 1, []int{2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sheet := mustRead(t, []byte(tt.data))
			var got []int
			for _, row := range sheet.Rows {
				got = append(got, row.Number)
			}
			if sheet.HeaderRow != tt.header || !slices.Equal(got, tt.rows) {
				t.Errorf("header %d rows %v, want %d and %v", sheet.HeaderRow, got, tt.header, tt.rows)
			}
		})
	}
}

func TestTextBeyondTheHeaderIsAProblemOfThatRow(t *testing.T) {
	sheet := mustRead(t, []byte("a,b\n1,2\nSmith, John,2\n1,2,,,x\n3,4,,\n"))
	want := []string{"", "column C", "column E", ""}
	for i, row := range sheet.Rows {
		if (want[i] == "") != (row.Problem == "") || !strings.Contains(row.Problem, want[i]) {
			t.Errorf("row %d: problem %q, want %q", row.Number, row.Problem, want[i])
		}
	}
	if got := texts(sheet.Rows[1].Cells); !slices.Equal(got, []string{"Smith", " John", "2"}) {
		t.Errorf("cells beyond the header were lost: %q", got)
	}
}

func TestHeadedByPassesOverTitles(t *testing.T) {
	isHeader := HeadedBy(func(cells []string) bool { return slices.Contains(cells, "Surname") })
	sheet := mustRead(t, []byte("Registrations 2026\n\nFirst name,Surname\nAnn,Ash\n"), isHeader)
	if sheet.HeaderRow != 3 || len(sheet.Rows) != 1 || sheet.Rows[0].Number != 4 {
		t.Errorf("header row %d, rows %+v", sheet.HeaderRow, sheet.Rows)
	}
	without := mustRead(t, []byte("First,Last\nAnn,Ash\nBea,Bell\n"), isHeader)
	if without.HeaderRow != 1 || len(without.Rows) != 2 {
		t.Errorf("no header found: header row %d, %d rows; want 1 and 2", without.HeaderRow, len(without.Rows))
	}
	late := strings.Repeat("title\n", searchRows) + "Surname\nAsh\n"
	if sheet := mustRead(t, []byte(late), isHeader); sheet.HeaderRow != 1 || len(sheet.Rows) != searchRows+1 {
		t.Errorf("header below the rows searched: header row %d, %d rows", sheet.HeaderRow, len(sheet.Rows))
	}
}

func TestRefuseCSV(t *testing.T) {
	tests := []struct{ name, data, word string }{
		{"nothing", "", "empty"},
		{"only white space", "\n \n,,\n", "no text"},
		{"only a mark", "\ufeff", "no text"},
		{"quotation mark never closed", "a,b\n1,2\n3,\"x\n4,5\n", "cell B3"},
		{"zero bytes", "a,b\n1,\x00\n", "not a spreadsheet"},
		{"zero bytes after a mark", "\ufeffa,b\n1,\x00\n", "not a spreadsheet"},
		{"random bytes", "\x81\x92\x03\x04\x05\xfe\xdc\xba\x01", "cannot be read"},
		{"control bytes and Windows-1252", "a,b\n\xe9,\x02\n", "not a spreadsheet"},
		{"mark of UTF-8 on other bytes", "\ufeffa,b\n\xe9,1\n", "CSV UTF-8"},
		{"UTF-16 cut short", "\xff\xfea\x00,\x00b", "cut short"},
		{"web page", "<!DOCTYPE html><html><table><tr><td>a", "web page"},
		{"web page after white space", "\r\n  <table><tr><td>a", "web page"},
		{"web page in UTF-16", string(utf16Bytes("\ufeff<html><body>", false)), "web page"},
		{"web archive", "MIME-Version: 1.0\nContent-Type: multipart/related\n", "web page"},
		{"XHTML", `<?xml version="1.0"?><!DOCTYPE html><html>`, "web page"},
		{"Excel 2003 XML", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "Excel 2003"},
		{"other XML", `<?xml version="1.0"?><people/>`, "XML file"},
		{"JSON", "[\n {\"name\": \"Ann\"}]\n", "JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes([]byte(tt.data))
			wantRefused(t, err, tt.word)
		})
	}
}

func TestLimitsOfCSVComeInPairs(t *testing.T) {
	limits := Limits{Bytes: 2048, Rows: 3, EmptyRows: 4, Columns: 5, CellBytes: 10}
	tests := []struct {
		name      string
		good, bad string
		word      string
	}{
		{"bytes", "a,b\n" + strings.Repeat(",", 2044), "a,b\n" + strings.Repeat(",", 2045), "2 KB"},
		{"rows", "a\n1\n2\n3\n", "a\n1\n2\n3\n4\n", "3 rows"},
		{"empty rows", "a\n1\n\n\n\n\n", "a\n1\n\n\n\n\n\n", "4 empty rows"},
		{"rows of delimiters", "a\n1\n,,\n,,\n,,\n,,\n", "a\n1\n,,\n,,\n,,\n,,\n,,\n", "4 empty rows"},
		{"columns", "a,b,c,d,e\n", "a,b,c,d,e,f\n", "F1"},
		{"blank columns", "a,b,c,d,e,,,,,,\n", "a,b,c,d,e,,,,,,x\n", "K1"},
		{"cell", "a\n1234567890\n", "a\n12345678901\n", "A2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Read("a.csv", strings.NewReader(tt.good), int64(len(tt.good)), limits); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			_, err := Read("a.csv", strings.NewReader(tt.bad), int64(len(tt.bad)), limits)
			wantRefused(t, err, tt.word)
		})
	}
}

func TestWriteCSV(t *testing.T) {
	var out bytes.Buffer
	rows := [][]string{{"=1+1", "-12.5", "0007"}, {"a,b", `say "x"`, "line\nline"}, {" spaced", "a;b", "'90s"}}
	if err := WriteCSV(&out, []string{"One", "Two", "Three"}, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffOne,Two,Three\r\n" +
		"'=1+1,-12.5,0007\r\n" +
		"\"a,b\",\"say \"\"x\"\"\",\"line\nline\"\r\n" +
		"\" spaced\",\"a;b\",'90s\r\n"
	if out.String() != want {
		t.Errorf("wrote %q\nwant  %q", out.String(), want)
	}
}

func TestGuard(t *testing.T) {
	active := []string{"=1", "+44 7700", "-x", "-", "--1", "-1-1", "-.5", "-5.", "-1e9", "@SUM", "\tx", "\rx", "\nx", " =1", "\u00a0=1", "\u200b=1",
		"＝1", "＋1", "－1", "＠x", "'=1", "''=1", "' =1", "'\t"}
	inert := []string{"", "a", "-5", "-12.50", "'", "''", "'90s", "'-5", "a=b", "1-2", "#N/A", " a", "\u200ba"}
	for _, text := range active {
		if guard(text) != "'"+text {
			t.Errorf("guard(%q) = %q, want an apostrophe before it", text, guard(text))
		}
	}
	for _, text := range inert {
		if guard(text) != text {
			t.Errorf("guard(%q) = %q, want it as it is", text, guard(text))
		}
	}
	for _, text := range append(active, inert...) {
		if got := unguard(guard(text)); got != text {
			t.Errorf("unguard(guard(%q)) = %q", text, got)
		}
	}
}

func TestEveryCSVWrittenIsReadAsItWas(t *testing.T) {
	nasty := []string{"=HYPERLINK(\"http://x\")", "'=x", "''=x", "-5", "'-5", "a\"b", "\"", "a\r\nb", "\rb", "x ", "é", "日本", "sep=;", "<b>", "{}", "[]", "''", "\t", ";"}
	for _, first := range nasty {
		t.Run(fmt.Sprintf("%q", first), func(t *testing.T) {
			want := [][]string{{first, "Second"}}
			for _, text := range nasty {
				want = append(want, []string{text, "x"})
			}
			if strings.TrimSpace(first) == "" {
				want[0][0] = "Head"
			}
			var out bytes.Buffer
			if err := WriteCSV(&out, want[0], slices.Values(want[1:])); err != nil {
				t.Fatal(err)
			}
			if got := table(mustRead(t, out.Bytes())); !sameTable(got, want) {
				t.Errorf("read  %q\nwrote %q", got, want)
			}
		})
	}
}
