package files

import (
	"strings"
	"unicode"
)

// guard puts an apostrophe before text that a spreadsheet program would
// calculate. unguard(guard(s)) is s for every s.
func guard(text string) string {
	if active(text) {
		return "'" + text
	}
	return text
}

// unguard takes away the apostrophe where guard would have put it.
func unguard(text string) string {
	if strings.HasPrefix(text, "'") && active(text) {
		return text[1:]
	}
	return text
}

// active reports whether text, however many apostrophes stand before it, could
// be taken for a formula: it begins with = + - @ (or their full-width forms,
// which some programs convert), alone or after white space, or with a tab or an
// end of line. The list is OWASP's for CSV injection. Apostrophes are looked
// through so that a guarded text is active exactly when the text itself is;
// unguard depends on that.
func active(text string) bool {
	text = strings.TrimLeft(text, "'")
	if text == "" {
		return false
	}
	if strings.IndexByte("\t\r\n", text[0]) >= 0 {
		return true
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})
	return startsFormula(text) && !negativeNumber(text)
}

func startsFormula(text string) bool {
	for _, r := range text {
		return strings.ContainsRune("=+-@＝＋－＠", r)
	}
	return false
}

// negativeNumber is a minus sign, digits, and at most one decimal point
// between digits.
func negativeNumber(text string) bool {
	digits, ok := strings.CutPrefix(text, "-")
	whole, fraction, pointed := strings.Cut(digits, ".")
	return ok && allDigits(whole) && (!pointed || allDigits(fraction))
}

func allDigits(text string) bool {
	for _, b := range []byte(text) {
		if b < '0' || b > '9' {
			return false
		}
	}
	return text != ""
}

// printable replaces what neither format can carry: control characters other
// than tab and ends of line, and bytes that are not UTF-8, become U+FFFD; old
// page and line separators become spaces.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\v' || r == '\f':
			return ' '
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
