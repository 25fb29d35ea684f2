package arch

import (
	"fmt"
	"sort"
)

// Check is one rule of the house.
type Check struct {
	Name string // one word or two, as exceptions.go uses it
	Find func(*Tree) []Finding
}

// Finding is one place that breaks a rule.
type Finding struct {
	Path    string
	Line    int    // 0 when it is about the whole file or folder
	Subject string // what an exception names: a path, or a path and a function
	Text    string // a sentence: what is wrong, and how to mend it
}

// String is the finding on one line.
func (f Finding) String() string {
	if f.Line == 0 {
		return f.Path + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Text)
}

// Checks are all the rules that are held.
func Checks() []Check {
	return []Check{
		{"imports", imports}, {"roles", roles}, {"sql place", sqlPlace}, {"names", names},
		{"calls", calls}, {"file length", fileLength}, {"function length", functionLength},
		{"parameters", parameters}, {"nesting", nesting}, {"package length", packageLength},
		{"writers", writers}, {"organisation", organisation}, {"scope", scopes},
		{"migrations", migrations}, {"rules", ruleNumbers}, {"views", views},
		{"words", words}, {"workplace", workplace}, {"generated", generated}, {"tested", tested}, {"audit lines", auditLines},
	}
}

// Apply runs a check and sets its exceptions aside. An exception that nothing
// needs comes back as a finding.
func Apply(t *Tree, c Check, except map[string]string) []Finding {
	var out []Finding
	used := map[string]bool{}
	for _, f := range c.Find(t) {
		if _, listed := except[f.Subject]; listed {
			used[f.Subject] = true
			continue
		}
		out = append(out, f)
	}
	for subject := range except {
		if !used[subject] {
			out = append(out, Finding{Path: subject, Text: "has an exception from \"" + c.Name +
				"\" that it no longer needs: take it out of internal/arch/exceptions.go"})
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		return out[i].Path < out[j].Path || out[i].Path == out[j].Path && out[i].Line < out[j].Line
	})
	return out
}

// finding is about a place in a Go file; its subject is the file.
func (t *Tree) finding(f *File, line int, text string, args ...any) Finding {
	return Finding{Path: f.Path, Line: line, Subject: f.Path, Text: fmt.Sprintf(text, args...)}
}
