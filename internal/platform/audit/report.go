package audit

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/lines"
)

// Fault is a kind of thing that can be wrong.
type Fault string

// What can be wrong.
const (
	Changed    Fault = "changed"    // a line is not what it was
	Gone       Fault = "gone"       // a line is no longer there
	Added      Fault = "added"      // a line is there that the service did not write
	Tree       Fault = "tree"       // the stored hashes do not agree with each other
	Unlike     Fault = "unlike"     // the chain is not the one that a checkpoint covers
	Short      Fault = "short"      // a checkpoint covers more lines than there are
	Uncovered  Fault = "uncovered"  // lines stand in the chain that no checkpoint covers
	Worthless  Fault = "worthless"  // a checkpoint is not signed by this service
	WrongKey   Fault = "wrong key"  // the chain is signed by another key than the one here
	Unreadable Fault = "unreadable" // a row cannot be read at all
)

// Finding is one thing that is wrong, and where.
type Finding struct {
	Fault Fault
	Line  int64  // its number, from 1; 0 when it is about none
	Text  string // a whole sentence
}

// mostFindings is how many are kept; the others are counted.
const mostFindings = 100

// Report is what looking at everything found.
type Report struct {
	Lines       int64 // with a number
	Waiting     int64 // without one yet
	Checkpoints int   // in the database
	Outside     int   // from outside, signed by this service
	Through     asye.Instant
	Findings    []Finding
	More        int      // findings that are not among them
	Remarks     []string // what is not wrong, and worth knowing
}

// Sound reports whether nothing is wrong.
func (r *Report) Sound() bool { return len(r.Findings) == 0 }

func (r *Report) find(f Fault, number int64, text string, args ...any) {
	if len(r.Findings) >= mostFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{f, number + 1, fmt.Sprintf(text, args...)})
}

func (r *Report) note(f Fault, text string, args ...any) { r.find(f, -1, text, args...) }

func (r *Report) remark(text string, args ...any) {
	r.Remarks = append(r.Remarks, fmt.Sprintf(text, args...))
}

// called names a line: its number, its day, what it tells of and which record.
func called(number int64, l lines.Stored) string {
	text := "Line " + figure(number+1) + ", of " + dayOf(l.RecordedAt) + " (" + l.What
	if l.Subject != "" {
		text += ", " + l.Kind + " " + l.Subject
	}
	return text + ")"
}

// dayOf is the day in London on which a line says it was written.
func dayOf(recordedAt string) string {
	var at asye.Instant
	if err := at.UnmarshalText([]byte(recordedAt)); err != nil || at.IsZero() {
		return "no day that can be read"
	}
	return clock.DateOf(at).String()
}

// figure writes a number as people read it: 1,204.
func figure(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted is a number with its noun.
func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return figure(n) + " " + noun + "s"
}

// String is the report in plain sentences.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s in the chain", counted(r.Lines, "line"))
	if !r.Through.IsZero() {
		fmt.Fprintf(&b, ", covered by a checkpoint of %s", clock.Moment(r.Through))
	}
	fmt.Fprintf(&b, ". %s in the database, %s from outside.\n", counted(int64(r.Checkpoints), "checkpoint"), figure(int64(r.Outside)))
	for _, f := range r.Findings {
		b.WriteString("Found: " + f.Text + ".\n")
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "Found: %s more of the same kinds.\n", figure(int64(r.More)))
	}
	for _, remark := range r.Remarks {
		b.WriteString("Note: " + remark + ".\n")
	}
	if r.Sound() {
		b.WriteString("Nothing was changed, left out or put in.\n")
	}
	return b.String()
}
