package registration

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// Number is a Social Work England registration number: SW and one to six
// digits, the first not 0, in capitals. The zero Number is none, and is stored
// as NULL. Source: field list of the Department for Education's social work
// induction programme service.
type Number string

// longestShown is the longest text, in bytes, that a message repeats.
const longestShown = 40

var numberForm = regexp.MustCompile(`^SW[1-9][0-9]{0,5}$`)

// ParseNumber reads a number as somebody types it. Spaces, small letters and a
// missing SW are forgiven. The error is a whole sentence with an example.
func ParseNumber(text string) (Number, error) {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	if bare == "" {
		return "", errors.New("Enter the Social Work England number, like SW12345")
	}
	number := asciiUpper(bare)
	if bare[0] >= '0' && bare[0] <= '9' {
		number = "SW" + number
	}
	if !numberForm.MatchString(number) {
		if len(text) > longestShown {
			return "", errors.New("This is too long for a Social Work England number. " +
				"Write SW and up to six digits, the first not 0, like SW12345")
		}
		return "", fmt.Errorf("%q is not a Social Work England number. "+
			"Write SW and up to six digits, the first not 0, like SW12345", text)
	}
	return Number(number), nil
}

// asciiUpper leaves letters of other alphabets alone, because some of them
// become S or W when they are made capitals.
func asciiUpper(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, text)
}

// String is the number as it is shown: SW12345, or nothing.
func (n Number) String() string { return string(n) }

// Value stores the number as text, and no number as NULL.
func (n Number) Value() (driver.Value, error) {
	if n == "" {
		return nil, nil
	}
	return string(n), nil
}

// Scan reads what either database engine gives back, and refuses what is not a
// number.
func (n *Number) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		*n = ""
		return nil
	case string:
		return n.scan(v)
	case []byte:
		return n.scan(string(v))
	}
	return fmt.Errorf("a Social Work England number cannot be read from %T", from)
}

var errStored = errors.New("what is stored as a Social Work England number is not one")

func (n *Number) scan(text string) error {
	if text == "" {
		*n = ""
		return nil
	}
	if !numberForm.MatchString(text) {
		return errStored // and not what it is: errors go into the log
	}
	*n = Number(text)
	return nil
}
