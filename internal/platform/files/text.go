package files

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const saveUTF8 = " Open it in your spreadsheet program, save it as CSV UTF-8, and upload that file."

var (
	errBinary   = refuse("This is not a spreadsheet that can be read. Upload an Excel workbook (.xlsx) or a CSV file.")
	errBadChars = refuse("Some characters in this file cannot be read.%s", saveUTF8)
)

// decode turns the bytes of a text file into UTF-8, and names the encoding
// they were in.
func decode(data []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		text, err = decodeMarked(data[3:])
		return text, "UTF-8", err
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		text, err = decodeUTF16(data[2:], 0)
		return text, "UTF-16LE", err
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err = decodeUTF16(data[2:], 1)
		return text, "UTF-16BE", err
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return decodeUnmarked16(data)
	}
	if utf8.Valid(data) {
		return string(data), "UTF-8", nil
	}
	text, err = decodeWindows(data)
	return text, "Windows-1252", err
}

func decodeMarked(data []byte) (string, error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return "", errBinary
	}
	if !utf8.Valid(data) {
		return "", errBadChars
	}
	return string(data), nil
}

// decodeUnmarked16 takes text with zero bytes for UTF-16 when the zeros are
// where English text has them: in every second byte and nowhere else.
func decodeUnmarked16(data []byte) (text, encoding string, err error) {
	sample := data[:min(len(data), 4096)&^1]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	most := len(sample) / 2 * 3 / 4
	switch {
	case zeros[0] == 0 && zeros[1] > most:
		text, err = decodeUTF16(data, 0)
		return text, "UTF-16LE", err
	case zeros[1] == 0 && zeros[0] > most:
		text, err = decodeUTF16(data, 1)
		return text, "UTF-16BE", err
	}
	return "", "", errBinary
}

// decodeUTF16 reads pairs of bytes of which the one at index high comes last
// in the pair when high is 0 (little endian) and first when it is 1.
func decodeUTF16(data []byte, high int) (string, error) {
	if len(data)%2 != 0 {
		return "", refuse("This file was cut short in the middle of a character.%s", saveUTF8)
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+high]) | uint16(data[2*i+1-high])<<8
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, 0) {
		return "", errBinary
	}
	return text, nil
}

// windows1252 are the characters of bytes 0x80 to 0x9f in Windows-1252, from
// Unicode's table WINDOWS/CP1252.TXT; zero where there is none.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func decodeWindows(data []byte) (string, error) {
	var text strings.Builder
	text.Grow(len(data) + len(data)/8)
	for _, b := range data {
		r := rune(b)
		if 0x80 <= b && b <= 0x9f {
			r = windows1252[b-0x80]
		}
		if r == 0 {
			return "", errBadChars
		}
		if r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1f", r) {
			return "", errBinary
		}
		text.WriteRune(r)
	}
	return text.String(), nil
}
