package xmlscan

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// unescape undoes the five entities of XML and numbered characters, and knows
// no others; ends of line become LF, as XML 1.0 section 2.11 asks.
func unescape(dst, raw []byte) ([]byte, error) {
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		special := raw[i]
		raw = raw[i+1:]
		if special == '\r' {
			dst = append(dst, '\n')
			raw = bytes.TrimPrefix(raw, []byte("\n"))
			continue
		}
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return nil, ErrMalformed
		}
		r := entity(string(raw[:end]))
		if r <= 0 {
			return nil, ErrMalformed
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[end+1:]
	}
	return dst, nil
}

func entity(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	base, digits := 10, name
	if len(digits) < 2 || digits[0] != '#' {
		return 0
	}
	digits = digits[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil {
		return 0
	}
	return rune(n)
}
