package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// canonicalJSON is JSON with nothing in it that is only a matter of writing:
// no spaces, names sorted, the last of two that are the same, numbers by their
// value. It is the same for a text and for what PostgreSQL's jsonb made of that
// text. It reports false for what is no JSON, or what jsonb could not hold.
func canonicalJSON(text string) (string, bool) {
	if !utf8.ValidString(text) || loneSurrogate(text) {
		return "", false
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return "", false
	}
	if _, err := d.Token(); err != io.EOF {
		return "", false
	}
	var out bytes.Buffer
	if !writeJSON(&out, v) {
		return "", false
	}
	return out.String(), true
}

func writeJSON(out *bytes.Buffer, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return writeObject(out, v)
	case []any:
		out.WriteByte('[')
		for i, one := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			if !writeJSON(out, one) {
				return false
			}
		}
		out.WriteByte(']')
	case json.Number:
		text, ok := canonicalNumber(string(v))
		out.WriteString(text)
		return ok
	case string:
		return writeString(out, v)
	case bool:
		if v {
			out.WriteString("true")
		} else {
			out.WriteString("false")
		}
	case nil:
		out.WriteString("null")
	}
	return true
}

func writeObject(out *bytes.Buffer, v map[string]any) bool {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	out.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			out.WriteByte(',')
		}
		if !writeString(out, name) {
			return false
		}
		out.WriteByte(':')
		if !writeJSON(out, v[name]) {
			return false
		}
	}
	out.WriteByte('}')
	return true
}

// writeString refuses the zero byte, which PostgreSQL cannot keep.
func writeString(out *bytes.Buffer, s string) bool {
	if strings.ContainsRune(s, 0) {
		return false
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return false
	}
	out.Truncate(out.Len() - 1) // the encoder ends with a line
	return true
}

// longestNumber is how many digits a number may have, written out in full.
const longestNumber = 2000

// canonicalNumber writes a number out in full, with no zeros that mean nothing.
func canonicalNumber(text string) (string, bool) {
	text, negative := strings.CutPrefix(text, "-")
	mantissa, power, _ := strings.Cut(strings.ToLower(text), "e")
	whole, part, _ := strings.Cut(mantissa, ".")
	exponent, err := strconv.Atoi(cmp.Or(power, "0"))
	if err != nil || exponent > longestNumber || exponent < -longestNumber || len(mantissa) > longestNumber {
		return "", false
	}
	digits, point := whole+part, len(whole)+exponent
	if point < 0 {
		digits, point = strings.Repeat("0", -point)+digits, 0
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	out := cmp.Or(strings.TrimLeft(digits[:point], "0"), "0")
	if part := strings.TrimRight(digits[point:], "0"); part != "" {
		out += "." + part
	}
	if negative && out != "0" {
		out = "-" + out
	}
	return out, true
}

// loneSurrogate finds half a character written as \ud83d, which Go would put
// something else for and PostgreSQL refuses.
func loneSurrogate(text string) bool {
	for i := 0; i+5 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if text[i+1] != 'u' {
			i++ // the other letter is escaped, be it a backslash
			continue
		}
		switch first := half(text[i:]); {
		case first == high && i+11 < len(text) && half(text[i+6:]) == low:
			i += 11
		case first != none:
			return true
		}
	}
	return false
}

// surrogate is which half of a character an escape is.
type surrogate int

const (
	none surrogate = iota
	high
	low
)

func half(text string) surrogate {
	if !strings.HasPrefix(text, `\u`) || text[2]|0x20 != 'd' {
		return none
	}
	switch text[3] | 0x20 {
	case '8', '9', 'a', 'b':
		return high
	case 'c', 'd', 'e', 'f':
		return low
	}
	return none
}
