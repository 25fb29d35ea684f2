package ui

import (
	"strconv"
	"strings"
)

func (o TextareaOptions) rows() int {
	if o.Rows == 0 {
		return 5
	}
	return o.Rows
}

func (o TextareaOptions) limit() string {
	if o.MaxWords > 0 {
		return "You can enter up to " + strconv.Itoa(o.MaxWords) + " words"
	}
	return "You can enter up to " + strconv.Itoa(o.MaxLength) + " characters"
}

// describedBy puts the limit first, as it is heard first.
func (o TextareaOptions) describedBy(info string) string {
	return strings.TrimSpace(info + " " + describedBy(o.Name, o.Hint, o.Problems.For(o.Name)))
}

// startOfLine keeps a first empty line, which HTML would swallow.
func (o TextareaOptions) startOfLine() string {
	if strings.HasPrefix(o.Value, "\n") {
		return "\n"
	}
	return ""
}
