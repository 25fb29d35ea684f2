package filestest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
)

// containers are zips whose directory lies, or leads out of it.
func containers() []Hostile {
	book := func(name, says string, data []byte) Hostile { return Hostile{name, "cohort.xlsx", xlsx, data, says} }
	encrypted := With()
	for _, at := range []struct {
		mark string
		flag int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		encrypted[bytes.Index(encrypted, []byte(at.mark))+at.flag] |= 1
	}
	return []Hostile{
		book("name that leads out", "damaged", With(Part{"../../../../tmp/out", "x"})),
		book("name from the root", "damaged", With(Part{"/etc/cron.d/out", "x"})),
		book("name with backslashes", "damaged", With(Part{`..\..\out`, "x"})),
		book("name of a device", "", With(Part{"CON", "x"}, Part{"xl/NUL.xml", "x"})),
		book("name with a zero byte", "", With(Part{"xl/a\x00b.xml", "x"})),
		book("name of ten thousand letters", "", With(Part{"xl/" + strings.Repeat("n", 10_000), "x"})),
		book("two parts of one name", "damaged", Zipped(append(Book{Sheets: []string{Inline(row...)}}.Parts(), Part{"XL/workbook.xml", "x"})...)),
		book("link to another file", "", linked()),
		book("zip with a password", "password", encrypted),
		book("words before the zip", "not a spreadsheet", append([]byte("#!/bin/sh\n"), With()...)),
		book("comment of sixty kilobytes", "", commented(strings.Repeat("c", 60_000))),
		book("binary workbook", ".xlsb", Zipped(Part{"_rels/.rels", "<x/>"}, Part{"xl/workbook.bin", "x"})),
		book("document of a word processor", "Word", Zipped(Part{"_rels/.rels", "<x/>"}, Part{"word/document.xml", "x"})),
		book("OpenDocument", "OpenDocument", Zipped(Part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, Part{"content.xml", "<x/>"})),
		book("workbook that is related to itself", "no text", With(Part{"xl/_rels/workbook.xml.rels",
			`<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/></Relationships>`})),
		book("worksheet on another server", "no text", With(Part{"xl/_rels/workbook.xml.rels",
			`<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="http://127.0.0.1:1/sheet.xml" TargetMode="External"/></Relationships>`})),
	}
}

func goodParts() []Part {
	return Book{Sheets: []string{Inline(header...) + Inline(row...)}}.Parts()
}

// linked has a part that is a symbolic link.
func linked() []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range goodParts() {
		f, _ := w.Create(p.Name)
		f.Write([]byte(p.Content))
	}
	h := &zip.FileHeader{Name: "xl/link.xml"}
	h.SetMode(fs.ModeSymlink | 0o777)
	f, _ := w.CreateHeader(h)
	f.Write([]byte("/etc/passwd"))
	w.Close()
	return out.Bytes()
}

func commented(text string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range goodParts() {
		f, _ := w.Create(p.Name)
		f.Write([]byte(p.Content))
	}
	w.SetComment(text)
	w.Close()
	return out.Bytes()
}

// damaged are good workbooks that were cut short at each of their parts, or
// changed on the way.
func damaged() []Hostile {
	good := With()
	var out []Hostile
	for i, at := range []int{4, 10, 30, len(good) / 4, len(good) / 2, len(good) * 3 / 4, len(good) - 60, len(good) - 22, len(good) - 1} {
		out = append(out, Hostile{fmt.Sprintf("cut short, %d of 9", i+1), "cohort.xlsx", xlsx, good[:at], "damaged"})
	}
	changed := bytes.Clone(good)
	for i := 40; i < 80; i++ {
		changed[i] ^= 0x55
	}
	return append(out, Hostile{"changed on the way", "cohort.xlsx", xlsx, changed, "damaged"})
}

// texts are CSV files with what is no text, or means something else elsewhere.
func texts() []Hostile {
	head, line := strings.Join(header, ","), strings.Join(row, ",")
	text := func(name, says, data string) Hostile { return Hostile{name, "cohort.csv", csv, []byte(data), says} }
	return []Hostile{
		text("zero bytes", "not a spreadsheet", head+"\r\n\x00\x00\x00,"+line),
		text("bytes that are no text", "cannot be read", "\xef\xbb\xbf"+head+"\r\n\xc0\xaf\xc0\xae,"+line),
		text("UTF-16", "", "\xff\xfe"+string(wide(head+"\r\n"+line))),
		text("UTF-16, cut in the middle of a letter", "cut short", "\xff\xfe"+string(wide(head+"\r\n"+line))+"x"),
		text("UTF-7", "", head+"\r\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-,"+line),
		text("commands of a terminal", "", head+"\r\n\x1b]0;owned\x07\x1b[2J,"+line),
		text("text that runs backwards", "", head+"\r\n\u202egnp.exe\u202c,"+line),
		text("marks piled upon a letter", "", head+"\r\na"+strings.Repeat("\u0301", 4000)+","+line),
		text("formulas", "", head+"\r\n"+`=cmd|'/c calc'!A0,@SUM(1+9)*cmd|'/c calc'!A0,"=HYPERLINK(""http://127.0.0.1:1/?x=""&A1,""click"")",+1,-1`),
		text("script in every cell", "", head+"\r\n"+strings.Repeat(`"<script>alert(1)</script>",`, len(header))),
		text("SQL in every cell", "", head+"\r\n"+strings.Repeat(`'); drop table people; --,`, len(header))),
		{"name that leads out", "../../../etc/passwd", csv, []byte(head + "\r\n" + line), ""},
		{"name with a script", `"><img src=x onerror=alert(1)>.csv`, csv, []byte(head + "\r\n" + line), ""},
		{"name with an end of line", "cohort.csv\r\nSet-Cookie: a=b", csv, []byte(head + "\r\n" + line), ""},
		{"name of five thousand letters", strings.Repeat("n", 5000) + ".csv", csv, []byte(head + "\r\n" + line), ""},
	}
}

// contents are workbooks with what a spreadsheet program would run or fetch:
// here they are text.
func contents() []Hostile {
	book := func(name, says string, parts ...Part) Hostile {
		return Hostile{name, "cohort.xlsx", xlsx, With(parts...), says}
	}
	cells := func(xml string) Part {
		return Part{sheet1, "<worksheet><sheetData>" + Inline(header...) + xml + "</sheetData></worksheet>"}
	}
	return []Hostile{
		book("cells with formulas", "", cells(`<row><c><f>WEBSERVICE("http://127.0.0.1:1/")</f><v>1</v></c><c t="str"><f>cmd|'/c calc'!A0</f><v>Okafor</v></c></row>`)),
		book("formula of a whole column", "", cells(`<row><c><f t="array" ref="A2:A1048576">A1:A1048576*1</f><v>1</v></c></row>`)),
		book("links to other workbooks", "", Part{"xl/externalLinks/externalLink1.xml", `<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`}),
		book("connection to a database", "", Part{"xl/connections.xml", `<connections><connection type="1"><dbPr connection="DRIVER=SQL Server;SERVER=127.0.0.1"/></connection></connections>`}),
		{"macros", "cohort.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", With(Part{"xl/vbaProject.bin", string(compound("VBA"))}), ""},
		book("control of a program", "", Part{"xl/activeX/activeX1.bin", "x"}, Part{"xl/embeddings/oleObject1.bin", string(compound("Package"))}),
		book("numbers that are none", "", cells(`<row><c><v>1e999</v></c><c><v>-0</v></c><c><v>NaN</v></c><c t="d"><v>99999-99-99</v></c></row>`)),
		book("dates before time and after it", "", cells(`<row><c s="1"><v>-1e15</v></c><c s="1"><v>1e15</v></c></row>`)),
		book("shared text that is not there", "damaged", cells(`<row><c t="s"><v>4294967295</v></c></row>`)),
		book("cell beyond the last column", "damaged", cells(`<row><c r="ZZZZZZ1"><v>1</v></c></row>`)),
		book("rows backwards", "damaged", cells(`<row r="9"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>`)),
	}
}
