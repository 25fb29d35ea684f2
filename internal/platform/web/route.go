package web

import (
	"net/http"
	"strings"

	"example.org/asye/internal/platform/policy"
)

// Reading says what a page shows, and so what reading it leaves behind. It is
// [Plain] or made by [Personal].
type Reading struct {
	kind  string
	value string
}

// Plain is a page that shows nothing of anybody but its reader: reading it
// leaves nothing behind.
var Plain = Reading{}

// Personal is a page that shows somebody else's record, or a list of them: each
// reading becomes a line of the audit trail. kind is the kind of record
// ("enrolment", or "enrolments" for a list), and value the name in the route's
// pattern of the part that says which; empty for a list.
func Personal(kind, value string) Reading { return Reading{kind, value} }

// Kind is the kind of record that is read; empty for a plain page.
func (r Reading) Kind() string { return r.kind }

// Writing says what the form of a route does when it is sent.
type Writing int

const (
	// Nothing is a route without a form.
	Nothing Writing = iota
	// Once is a change: the form's token is spent in its transaction, with its
	// audit line, and sending the form again has no effect.
	Once
	// Passing is a draft, a session or another passing state: sending the form
	// again does no harm, and it leaves no line.
	Passing
)

// Route is one mounted route, for the list that shows the whole service.
type Route struct {
	Pattern string
	Rule    policy.Rule
	Reading Reading
	Writing Writing
	limit   int64 // the largest submission, in bytes
}

// String is the route on one line: who may, what it leaves behind, and whether
// whoever sends its form has to have shown lately that it is them.
func (r Route) String() string {
	line := r.Pattern + "  " + r.Rule.String() + "  " + r.Leaves()
	if r.NeedsProof() {
		line += "  with a fresh proof"
	}
	return line
}

// NeedsProof reports whether the form of the route needs a fresh proof of who is
// at the screen. A page that only shows never does.
func (r Route) NeedsProof() bool { return r.Writing != Nothing && r.Rule.NeedsProof() }

// Token says which form token the route asks for.
func (r Route) Token() string {
	switch r.Writing {
	case Once:
		return "of the session, spent"
	case Passing:
		return "of the session"
	}
	return "none"
}

// Leaves says in words what using the route leaves behind.
func (r Route) Leaves() string {
	switch {
	case r.Writing == Once:
		return "one change, with its audit line"
	case r.Reading.kind != "":
		return "an audit line: read " + r.Reading.kind
	case r.Writing == Passing:
		return "passing state"
	}
	return "nothing"
}

// check panics on a route that says of itself what cannot be: it is found when
// the program starts, and so by every test.
func (r Route) check() {
	if v := r.Reading.value; v != "" && !strings.Contains(r.Pattern, "{"+v+"}") {
		panic("the route " + r.Pattern + " has no part {" + v + "} that says which " + r.Reading.kind + " is read")
	}
}

// watched notes a reading before the first byte of the page leaves. Only what
// was really shown is noted: a refusal shows nothing.
type watched struct {
	http.ResponseWriter
	note func()
}

// WriteHeader notes the reading of a page that is shown.
func (w *watched) WriteHeader(status int) {
	if status == http.StatusOK && w.note != nil {
		w.note()
		w.note = nil
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write notes the reading of a page that is shown.
func (w *watched) Write(b []byte) (int, error) {
	if w.note != nil {
		w.note()
		w.note = nil
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is what http.ResponseController looks through.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
