package files

import (
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Media types to send files with.
const (
	ContentTypeCSV  = "text/csv; charset=utf-8; header=present"
	ContentTypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ContentTypeJSON = "application/json; charset=utf-8"
)

// maxName keeps a name, with a folder before it, within what file systems take.
const maxName = 120

// SafeName makes a name for a file out of whatever a browser or a person gave:
// without folders, without control characters or the ones that Windows refuses,
// not hidden, not a device, and of at most 120 bytes with its extension kept.
// A name of which nothing is left becomes "file".
func SafeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return -1
		case strings.ContainsRune(`<>:"|?*;%`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	name = shorten(name)
	if name == "" {
		return "file"
	}
	if isDevice(name) {
		return "_" + name
	}
	return name
}

func shorten(name string) string {
	stem, extension := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 10 {
		stem, extension = name[:dot], name[dot:]
	}
	for len(stem)+len(extension) > maxName {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	return strings.TrimRight(stem, ". ") + extension
}

// isDevice knows the names that Windows keeps for devices, with any extension.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimSpace(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "COM" || stem[:3] == "LPT") && '0' <= stem[3] && stem[3] <= '9'
}

// Attachment is the Content-Disposition that makes a browser save a file under
// the name, which is first made safe. Names beyond ASCII are encoded (RFC 6266).
func Attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": SafeName(name)})
}

// nameWith puts words before the extension, and gives the file the extension of
// its format.
func nameWith(name, words string, format Format) string {
	stem := name
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		stem = name[:dot]
	}
	return SafeName(stem + words + "." + string(format))
}
