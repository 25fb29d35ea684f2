package files

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf16"
)

const saveAs = " Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that file."

var errPassword = refuse("This workbook is protected with a password. Open it, remove the password (File, Info, Protect Workbook, Encrypt with Password), save it and upload it again.")

// signatures are the first bytes of files that people upload by mistake, from
// each format's own specification.
var signatures = []struct {
	offset   int
	bytes    string
	sentence string
}{
	{0, "%PDF-", "This is a PDF document, not a spreadsheet. Upload the workbook or CSV file that it was made from."},
	{0, "\x89PNG\r\n\x1a\n", pictureSentence},
	{0, "\xff\xd8\xff", pictureSentence},
	{0, "GIF87a", pictureSentence},
	{0, "GIF89a", pictureSentence},
	{0, "II*\x00", pictureSentence},
	{0, "MM\x00*", pictureSentence},
	{8, "WEBP", pictureSentence},
	{4, "ftyp", pictureSentence},
	{0, "{\\rtf", "This is a text document (RTF), not a spreadsheet. Copy the table into a spreadsheet, save it as an Excel workbook (.xlsx) and upload that file."},
	{0, "\x1f\x8b", packedSentence},
	{0, "7z\xbc\xaf\x27\x1c", packedSentence},
	{0, "Rar!\x1a\x07", packedSentence},
	{0, "ID;PWXL", "This is a spreadsheet in the old SYLK format." + saveAs},
	{0, "SQLite format 3\x00", "This is a database, not a spreadsheet. Save the table as a CSV file and upload that file."},
}

const (
	pictureSentence = "This is a picture or a film, not a spreadsheet. Upload the workbook or CSV file that has the rows in it."
	packedSentence  = "This is a packed archive, not a spreadsheet. Unpack it and upload the spreadsheet that is inside."
	pageSentence    = "This is a web page, whatever its name says: some systems export a web page and call it a spreadsheet." + saveAs
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// refuseForeign names the files that are known not to be spreadsheets we read.
func refuseForeign(data []byte) error {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return compoundSentence(data)
	}
	for _, s := range signatures {
		if len(data) > s.offset && bytes.HasPrefix(data[s.offset:], []byte(s.bytes)) {
			return refuse("%s", s.sentence)
		}
	}
	return nil
}

// compoundSentence tells apart what Microsoft's compound files hold, by the
// names of the streams in their directory ([MS-CFB] 2.6.1, UTF-16).
func compoundSentence(data []byte) error {
	has := func(stream string) bool {
		name := make([]byte, 0, 2*len(stream))
		for _, unit := range utf16.Encode([]rune(stream)) {
			name = append(name, byte(unit), byte(unit>>8))
		}
		return bytes.Contains(data, append(name, 0, 0))
	}
	switch {
	case has("EncryptedPackage"):
		return errPassword
	case has("Workbook"), has("Book"):
		return refuse("This is a workbook in the old Excel format (.xls).%s", saveAs)
	case has("WordDocument"):
		return refuse("This is a Word document, not a spreadsheet. Copy the table into a spreadsheet, save it as an Excel workbook (.xlsx) and upload that file.")
	}
	return refuse("This is an old Microsoft Office file that is not a workbook. Upload an Excel workbook (.xlsx) or a CSV file.")
}

// refuseForeignText names the texts that are not CSV: web pages, XML and JSON.
func refuseForeignText(text string) error {
	start := strings.TrimSpace(text[:min(len(text), 2048)])
	lower := strings.ToLower(start)
	switch {
	case start == "":
		return nil
	case strings.HasPrefix(lower, "mime-version:"):
		return refuse("%s", pageSentence)
	case start[0] == '<' && len(start) > 1 && isMarkup(start[1]):
		return markupSentence(lower)
	case (start[0] == '{' || start[0] == '[') && json.Valid([]byte(text)):
		return refuse("This is a JSON file, not a spreadsheet. Save the rows as an Excel workbook (.xlsx) or as CSV UTF-8, and upload that file.")
	}
	return nil
}

func isMarkup(c byte) bool {
	return c == '!' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func markupSentence(lower string) error {
	page := strings.HasPrefix(lower, "<!doctype html") || strings.Contains(lower, "<html") || strings.Contains(lower, "<table")
	switch {
	case strings.Contains(lower, "office:spreadsheet"):
		return refuse("This is a spreadsheet in the old XML format of Excel 2003.%s", saveAs)
	case page, !strings.HasPrefix(lower, "<?xml"):
		return refuse("%s", pageSentence)
	}
	return refuse("This is an XML file, not a spreadsheet.%s", saveAs)
}

// zipSentence tells apart the other kinds of document that are zip files. It
// is nil when the parts are those of an XLSX workbook.
func zipSentence(has func(part string) bool) error {
	switch {
	case has("xl/workbook.bin"):
		return refuse("This is a binary Excel workbook (.xlsb).%s", saveAs)
	case has("_rels/.rels") && (has("word/document.xml") || has("ppt/presentation.xml")):
		return refuse("This is a Word document or a presentation, not a spreadsheet. Copy the table into a spreadsheet, save it as an Excel workbook (.xlsx) and upload that file.")
	case has("_rels/.rels"):
		return nil
	case has("index/document.iwa"), has("index.zip"):
		return refuse("This is an Apple Numbers, Pages or Keynote file. In Numbers choose File, Export To, Excel (or CSV), and upload the exported file.")
	case has("mimetype") && has("content.xml"):
		return refuse("This is an OpenDocument file, such as LibreOffice saves (.ods).%s", saveAs)
	}
	return refuse("This is a zip file, not a spreadsheet. Unpack it and upload the workbook or CSV file that is inside.")
}
