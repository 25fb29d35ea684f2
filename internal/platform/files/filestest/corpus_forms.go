package filestest

import (
	"bytes"
	"strings"
	"unicode/utf16"
)

// entities are documents that expand, or that ask for other files.
func entities() []Hostile {
	doc := func(name, part, declared, use string) Hostile {
		body := `<?xml version="1.0"?><!DOCTYPE w [` + declared + `]><worksheet><sheetData>` + Inline(use) + `</sheetData></worksheet>`
		return Hostile{name, "cohort.xlsx", xlsx, With(Part{part, body}), "document type"}
	}
	laughs := `<!ENTITY a "lol">`
	for i := 'b'; i < 'k'; i++ {
		laughs += `<!ENTITY ` + string(i) + ` "` + strings.Repeat("&"+string(rune(i-1))+";", 10) + `">`
	}
	return []Hostile{
		doc("billion laughs", sheet1, laughs, "&j;"),
		doc("one long entity, many times", sheet1, `<!ENTITY a "`+strings.Repeat("a", 60_000)+`">`, strings.Repeat("&a;", 60_000)),
		doc("entity from a file", sheet1, `<!ENTITY a SYSTEM "file:///etc/passwd">`, "&a;"),
		doc("entity from a network", "xl/sharedStrings.xml", `<!ENTITY a SYSTEM "http://127.0.0.1:1/a">`, "&a;"),
		doc("parameter entity in the workbook", "xl/workbook.xml", `<!ENTITY % a SYSTEM "http://127.0.0.1:1/a.dtd"> %a;`, ""),
		doc("entity in the styles", "xl/styles.xml", `<!ENTITY a SYSTEM "file:///dev/zero">`, "&a;"),
		{"document type from a network", "cohort.xlsx", xlsx, With(Part{"_rels/.rels", `<!DOCTYPE r SYSTEM "http://127.0.0.1:1/a.dtd"><Relationships/>`}), "document type"},
		{"inclusion of a file", "cohort.xlsx", xlsx, With(Part{sheet1, `<worksheet xmlns:xi="http://www.w3.org/2001/XInclude"><sheetData>` + Inline(header...) +
			Inline(row...) + `</sheetData><xi:include href="file:///etc/passwd" parse="text"/></worksheet>`}), ""},
		{"processing instruction with a stylesheet", "cohort.xlsx", xlsx, With(Part{sheet1, `<?xml-stylesheet href="http://127.0.0.1:1/a.xsl"?><worksheet><sheetData>` +
			Inline(header...) + Inline(row...) + `</sheetData></worksheet>`}), ""},
		{"spreadsheet of Excel 2003 with an entity", "cohort.xml", "text/xml", []byte(`<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>` +
			`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&a;</Workbook>`), "Excel 2003"},
	}
}

// disguises are something else than they are called, or two things at once.
func disguises() []Hostile {
	good := string(sheet(Inline(row...)))
	html := "<html><body><script>alert(1)</script><table><tr><td>First name</td></tr></table></body></html>"
	return []Hostile{
		{"picture with a script", "cohort.svg", "image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "web page"},
		{"page called a spreadsheet", "cohort.xls", "application/vnd.ms-excel", []byte(html), "web page"},
		{"page called CSV", "cohort.csv", csv, []byte("\r\n\r\n  " + html), "web page"},
		{"page in one file", "cohort.mht", "multipart/related", []byte("MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + html), "web page"},
		{"PDF that is a workbook too", "cohort.xlsx", xlsx, []byte("%PDF-1.7\n" + good), "PDF"},
		{"picture that is a workbook too", "cohort.xlsx", xlsx, []byte("GIF89a\x01\x00\x01\x00" + good), "picture"},
		{"page that is a workbook too", "cohort.xlsx", "text/html", []byte(html + good), "not a spreadsheet"},
		{"workbook called a picture", "cohort.png", "image/png", []byte(good), ""},
		{"workbook called a page", "cohort.html", "text/html", []byte(good), ""},
		{"program of Windows", "cohort.csv", csv, []byte("MZ\x90\x00\x03\x00\x00\x00" + strings.Repeat("\x00\xff", 4096)), "not a spreadsheet"},
		{"program of Linux", "cohort.csv", csv, []byte("\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x01\x02", 4096)), "not a spreadsheet"},
		{"script of a shell", "cohort.csv", csv, []byte("#!/bin/sh\nrm -rf /\n"), ""},
		{"script of PHP", "cohort.php", "application/x-php", []byte("<?php system($_GET['c']); ?>"), "web page"},
		{"test virus", "cohort.csv", csv, []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`), ""},
		{"database", "cohort.csv", csv, []byte("SQLite format 3\x00" + strings.Repeat("\x00", 4096)), "database"},
		{"JSON", "cohort.json", "application/json", []byte(`[{"First name": "Amara"}]`), "JSON"},
		{"SYLK with a formula", "cohort.slk", "text/plain", []byte("ID;PWXL;N;E\nC;Y1;X1;ECALL(\"kernel32\",\"WinExec\",\"JC\",\"calc\",1)\nE\n"), "SYLK"},
		{"text document", "cohort.rtf", "application/rtf", []byte(`{\rtf1{\object\objdata 0105}}`), "RTF"},
		{"old workbook", "cohort.xls", "application/vnd.ms-excel", compound("Workbook"), ".xls)"},
		{"workbook with a password", "cohort.xlsx", xlsx, compound("EncryptedPackage"), "password"},
		{"nothing at all", "cohort.csv", csv, nil, "empty"},
		{"nothing but a mark of its encoding", "cohort.csv", csv, []byte("\xef\xbb\xbf"), "no text"},
	}
}

// compound is the start of a Microsoft compound file with one stream.
func compound(stream string) []byte {
	return []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1024) + string(wide(stream+"\x00")))
}

// wide is text in UTF-16, little endian.
func wide(text string) []byte {
	var out bytes.Buffer
	for _, unit := range utf16.Encode([]rune(text)) {
		out.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return out.Bytes()
}
