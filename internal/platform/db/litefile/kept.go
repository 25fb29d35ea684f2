package litefile

import (
	"fmt"

	"example.org/asye/internal/asye"
)

// KeptName is the name under which what was replaced is kept: with the date, and
// with a number where there is one of that second already.
func KeptName(begins string, at asye.Instant, taken func(name string) bool) string {
	name := begins + at.Time().Format("20060102-150405")
	for n := 2; taken(name); n++ {
		name = fmt.Sprintf("%s%s-%d", begins, at.Time().Format("20060102-150405"), n)
	}
	return name
}
