package employers

import (
	"fmt"
	"strconv"
	"strings"
)

// Years counts the registrations of an employer that have not ended, by where
// each stands. The words are those of a registration's status.
type Years struct{ UnderWay, Paused, NotStarted, Overdue int }

// Total is all of them.
func (y Years) Total() int { return y.UnderWay + y.Paused + y.NotStarted + y.Overdue }

// and adds those of another employer.
func (y Years) and(z Years) Years {
	return Years{y.UnderWay + z.UnderWay, y.Paused + z.Paused, y.NotStarted + z.NotStarted, y.Overdue + z.Overdue}
}

// String says in a sentence how many there are and where they stand.
func (y Years) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{{y.UnderWay, "under way"}, {y.Paused, "paused"}, {y.NotStarted, "not started"}, {y.Overdue, "with an outcome overdue"}} {
		if part.n > 0 {
			parts = append(parts, strconv.Itoa(part.n)+" "+part.text)
		}
	}
	switch y.Total() {
	case 0:
		return "No registrations here are still to end."
	case 1:
		return "1 registration here is still to end: " + parts[0] + "."
	}
	return fmt.Sprintf("%d registrations here are still to end: %s.", y.Total(), strings.Join(parts, ", "))
}
