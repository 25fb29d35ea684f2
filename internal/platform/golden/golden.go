// Package golden compares what a test made with a file that a person has read.
//
// The files are in the folder testdata of the package under test and end in
// .golden. `go test -update`, or `make golden` for all, rewrites them; whoever
// does so reads the difference before it is committed. What is compared must be
// the same in every run: the clock and the identifiers of a test stand still.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "rewrite the golden files instead of comparing with them")

// Text compares a text with testdata/name.golden.
func Text(t testing.TB, name, got string) {
	t.Helper()
	File(t, filepath.Join("testdata", filepath.FromSlash(name)+".golden"), got)
}

// File compares a text with a file that has a place of its own, such as a page
// of the documentation that is made from the code. The path is seen from the
// folder of the test.
func File(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		if err := write(path, got); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("there is no %s yet: make it with make golden, and read it", path)
	}
	if line, have, wanted := difference(got, string(want)); line > 0 {
		t.Errorf("%s differs from line %d on:\n got: %s\nwant: %s\nIf the new text is right, run make golden and read the difference", path, line, have, wanted)
	}
}

// HTML compares a page, laid out with one tag on a line so that differences can
// be read.
func HTML(t testing.TB, name, page string) {
	t.Helper()
	text, err := Lay(page)
	if err != nil {
		t.Fatal(err)
	}
	Text(t, name, text)
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// difference finds the first line in which two texts differ; 0 when none does.
func difference(got, want string) (line int, have, wanted string) {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		have, wanted := at(a, i), at(b, i)
		if have != wanted {
			return i + 1, have, wanted
		}
	}
	return 0, "", ""
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "(the end)"
}

// empty are the tags that have no end.
var empty = map[string]bool{"area": true, "br": true, "col": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "wbr": true}

// Lay lays out a page with one tag or text on a line, indented by its depth.
func Lay(page string) (string, error) {
	var out strings.Builder
	depth := 0
	tokens := html.NewTokenizer(strings.NewReader(page))
	line := func(text string) { out.WriteString(strings.Repeat("  ", max(depth, 0)) + text + "\n") }
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); err.Error() != "EOF" {
				return "", err
			}
			return out.String(), nil
		case html.TextToken:
			if text := strings.Join(strings.Fields(string(tokens.Raw())), " "); text != "" {
				line(text)
			}
		case html.StartTagToken:
			raw := string(tokens.Raw())
			tag, _ := tokens.TagName()
			line(raw)
			if !empty[string(tag)] {
				depth++
			}
		case html.EndTagToken:
			depth--
			line(string(tokens.Raw()))
		default:
			line(string(tokens.Raw()))
		}
	}
}
