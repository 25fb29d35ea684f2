package web

import (
	"net/url"
	"strings"
	"testing"
)

const page = `<!DOCTYPE html><html><body><form method="get" action="/pets"><input name="q" value="x"></form>
<form method="post" action="/out"><input type="hidden" name="_form" value="fresh"><button name="name">Sign out</button></form>
<form method="post"><input type="hidden" name="_form" value="fresh"><input type="hidden" name="version" value="7">
<input name="name" value="old"><input name="two"><input name="two"><textarea name="story">old</textarea><input type="password" name="secret">
<input type="radio" name="kind" value="cat" checked><input type="radio" name="kind" value="dog">
<input type="checkbox" name="likes" value="bones"><input type="checkbox" name="likes" value="fish" checked><input type="checkbox" name="tame">
<select name="size"><option value="s" selected>S</option><option value="l">L</option></select></form></body></html>`

func fill(t *testing.T, k Kept) string {
	t.Helper()
	out, found, err := refill(page, "/pets/new", k)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	return out
}

func TestRefillPutsBackWhatWasTyped(t *testing.T) {
	out := fill(t, Kept{Action: "/pets/new", Fields: url.Values{"_form": {"stale"}, "version": {"6"}, "name": {`Rex "the" <dog>`}, "two": {"1", "2"},
		"story": {"\r\nOnce upon\r\na time </textarea><script>"}, "secret": {"do not show"}, "kind": {"dog"}, "likes": {"bones"}, "tame": {"on"}, "size": {"l"}}})
	for _, want := range []string{`name="_form" value="fresh"`, `name="version" value="6"`, `value="Rex &#34;the&#34; &lt;dog&gt;"`,
		`name="two" value="1"`, `name="two" value="2"`, "<textarea name=\"story\">\n\nOnce upon\na time &lt;/textarea&gt;&lt;script&gt;</textarea>",
		`name="kind" value="cat"/>`, `name="kind" value="dog" checked=""/>`, `value="bones" checked=""/>`, `value="fish"/>`, `name="tame" checked=""/>`,
		`<option value="s">`, `<option value="l" selected="">`, `name="q" value="x"`} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %s:\n%s", want, out)
		}
	}
	for _, bad := range []string{"stale", "do not show", ">old<", `"old"`} {
		if strings.Contains(out, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
}

func TestRefillFindsTheForm(t *testing.T) {
	for name, tt := range map[string]struct {
		k     Kept
		found bool
	}{
		"its own page":              {Kept{Action: "/pets/new", Fields: url.Values{"_form": {"x"}, "name": {"Rex"}}}, true},
		"a form with a button only": {Kept{Action: "/out", Fields: url.Values{"_form": {"x"}}}, true},
		"another address":           {Kept{Action: "/pets/old", Fields: url.Values{"_form": {"x"}, "name": {"Rex"}}}, false},
		"fields that are gone":      {Kept{Action: "/pets/new", Fields: url.Values{"_form": {"x"}, "colour": {"red"}}}, false},
	} {
		if _, found, err := refill(page, "/pets/new", tt.k); found != tt.found || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}
