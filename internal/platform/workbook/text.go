package workbook

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes one line of a text: single spaces, none at the ends, and nothing
// that XML cannot carry.
func clean(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF:
			return utf8.RuneError
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

const longestLink = 2000 // Excel keeps 2,079 characters of an address

// target is where a contact leads: an address to write to or a page; empty when
// it is neither.
func target(contact string) string {
	if len(contact) > longestLink {
		return ""
	}
	switch name, host, isMail := strings.Cut(contact, "@"); {
	case strings.HasPrefix(contact, "https://") && !strings.Contains(contact, " "):
		return contact
	case isMail && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(contact, " ?&%:/<>\"'"):
		return "mailto:" + contact
	}
	return ""
}
