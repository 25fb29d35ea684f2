package golden

import (
	"regexp"
	"strings"
	"testing"
)

// formToken is what differs in every form that is shown.
var formToken = regexp.MustCompile(`(name="_form" value=")[^"]+`)

// Page compares what a page is for, its main part, with testdata/name.golden.
// The tokens of its forms, which are never twice the same, are left out.
func Page(t testing.TB, name, page string) {
	t.Helper()
	_, from, found := strings.Cut(page, "<main")
	body, _, closed := strings.Cut(from, "</main>")
	if !found || !closed {
		t.Fatalf("%s has no main part:\n%s", name, page)
	}
	HTML(t, name, formToken.ReplaceAllString("<main"+body+"</main>", "${1}…"))
}
