package app

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// long reports whether a net runs in its long form, from its make target: it
// then goes against its twins too, and keeps what it saw.
func long() bool { return os.Getenv("ASYE_PROOF") != "" }

// rounds is how often a net does something: ROUNDS of the make target, or what
// fits into an ordinary test run.
func rounds(name string, ordinarily int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && long() {
		return n
	}
	return ordinarily
}

// broken is the program with one mistake in it.
type broken struct {
	what  string // in words, as they stand on the page of nets
	says  string // what the net must say of it
	pages string // the pages that it is on, where the net need not look at others
	edits []proof.Edit
}

// mistake is a twin that differs in one place.
func mistake(what, says, file, old, new string) broken {
	return broken{what: what, says: says, edits: []proof.Edit{{File: file, Old: old, New: new}}}
}

// and is a twin that differs in one more place.
func (b broken) and(file, old, new string) broken {
	b.edits = append(b.edits, proof.Edit{File: file, Old: old, New: new})
	return b
}

// on is a twin that is seen on some pages.
func (b broken) on(pages string) broken {
	b.pages = pages
	return b
}

// noticed runs a net in its short form against each twin, and tells of them in
// one line. It fails where the net lets one through, or fails for another
// reason than the mistake.
func noticed(t *testing.T, net string, twins ...broken) string {
	t.Helper()
	var names []string
	for _, one := range twins {
		t.Setenv("PAGES", one.pages)
		out := proof.Noticed(t, "./internal/app", "^"+net+"$", one.edits...)
		if !strings.Contains(out, one.says) {
			t.Errorf("the twin %q fails %s without a word of %q:\n%.2000s", one.what, net, one.says, out)
		}
		names = append(names, one.what)
		t.Logf("twin: %s", one.what)
	}
	return fmt.Sprintf("%d mistakes, one at a time (%s): each noticed", len(twins), strings.Join(names, "; "))
}
