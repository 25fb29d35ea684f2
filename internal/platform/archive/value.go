package archive

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// A raw value is nil, a string (text, date, instant, JSON), an int64, a bool, a
// []byte or a float64, as the kind of its column says.

// How a value begins in the stream and under the hash.
const (
	absent  = 0
	present = 1
	unread  = 2 // under the hash only: text that is not what its column says, taken as it is
)

// appendRow writes a row as it is.
func appendRow(to []byte, columns []db.Column, row []any) ([]byte, error) {
	for i, c := range columns {
		if row[i] == nil {
			to = append(to, absent)
			continue
		}
		to = append(to, present)
		var err error
		if to, err = appendValue(to, c, row[i]); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func appendValue(to []byte, c db.Column, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		if c.Kind != db.Integer && c.Kind != db.Boolean && c.Kind != db.Bytes && c.Kind != db.Real {
			return appendText(to, v), nil
		}
	case int64:
		if c.Kind == db.Integer {
			return binary.AppendVarint(to, v), nil
		}
	case bool:
		if c.Kind == db.Boolean && v {
			return append(to, 1), nil
		} else if c.Kind == db.Boolean {
			return append(to, 0), nil
		}
	case []byte:
		if c.Kind == db.Bytes {
			return appendText(to, string(v)), nil
		}
	case float64:
		if c.Kind == db.Real {
			return binary.BigEndian.AppendUint64(to, math.Float64bits(v)), nil
		}
	}
	return nil, fmt.Errorf("the column %s holds %T, which is no %s", c.Name, v, c.Kind)
}

func appendText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// parseRow reads what appendRow wrote, and refuses anything before or after it.
func parseRow(from []byte, columns []db.Column) ([]any, error) {
	row := make([]any, len(columns))
	for i, c := range columns {
		if len(from) == 0 || from[0] > present {
			return nil, errDamaged
		}
		mark := from[0]
		from = from[1:]
		if mark == absent {
			continue
		}
		var err error
		if row[i], from, err = parseValue(from, c.Kind); err != nil {
			return nil, err
		}
	}
	if len(from) > 0 {
		return nil, errDamaged
	}
	return row, nil
}

func parseValue(from []byte, kind db.Kind) (any, []byte, error) {
	switch kind {
	case db.Integer:
		v, n := binary.Varint(from)
		if n <= 0 {
			return nil, nil, errDamaged
		}
		return v, from[n:], nil
	case db.Boolean:
		if len(from) == 0 || from[0] > 1 {
			return nil, nil, errDamaged
		}
		return from[0] == 1, from[1:], nil
	case db.Real:
		if len(from) < 8 {
			return nil, nil, errDamaged
		}
		return math.Float64frombits(binary.BigEndian.Uint64(from)), from[8:], nil
	}
	size, n := binary.Uvarint(from)
	if n <= 0 || size > uint64(len(from)-n) {
		return nil, nil, errDamaged
	}
	text, rest := from[n:n+int(size)], from[n+int(size):]
	if kind == db.Bytes {
		return append([]byte{}, text...), rest, nil
	}
	return string(text), rest, nil
}

// writeCanonical writes a row in the form that is the same on both engines:
// instants in UTC to the microsecond, JSON with its names sorted. scratch is
// used again for the next row.
func writeCanonical(to io.Writer, scratch []byte, columns []db.Column, row []any) ([]byte, error) {
	scratch = scratch[:0]
	for i, c := range columns {
		if row[i] == nil {
			scratch = append(scratch, absent)
			continue
		}
		v, mark := canonical(c.Kind, row[i])
		scratch = append(scratch, mark)
		var err error
		if scratch, err = appendValue(scratch, c, v); err != nil {
			return scratch, err
		}
	}
	_, err := to.Write(scratch)
	return scratch, err
}

// canonical is the form of a value that is the same on both engines. Text that
// is not what its column says is taken as it is, and marked.
func canonical(kind db.Kind, v any) (any, byte) {
	text, ok := v.(string)
	if !ok {
		return v, present
	}
	switch kind {
	case db.Instant:
		var i asye.Instant
		if i.UnmarshalText([]byte(text)) != nil || i.IsZero() {
			return v, unread
		}
		return i.String(), present
	case db.Date:
		if d, err := asye.ParseDate(text); err != nil || d.ISO() != text {
			return v, unread
		}
	case db.JSON:
		canon, ok := canonicalJSON(text)
		if !ok {
			return v, unread
		}
		return canon, present
	}
	return v, present
}
