package db

import (
	"fmt"
	"strings"
)

// Conditions is a WHERE under construction; the zero value is none. Each text names its arguments as
// $%d, in order.
type Conditions struct {
	texts []string
	Args  []any // of the whole statement, in the order of their numbers
}

// Add puts one more condition under the AND.
func (c *Conditions) Add(text string, args ...any) {
	numbers := make([]any, len(args))
	for i := range args {
		numbers[i] = len(c.Args) + i + 1
	}
	c.texts = append(c.texts, fmt.Sprintf(text, numbers...))
	c.Args = append(c.Args, args...)
}

// Next adds arguments and gives their placeholders.
func (c *Conditions) Next(args ...any) []string {
	out := make([]string, len(args))
	for i, a := range args {
		c.Args = append(c.Args, a)
		out[i] = fmt.Sprintf("$%d", len(c.Args))
	}
	return out
}

// Where is the clause, from " where " on; empty where there is no condition.
func (c *Conditions) Where() string {
	if len(c.texts) == 0 {
		return ""
	}
	return " where " + strings.Join(c.texts, " and ")
}
