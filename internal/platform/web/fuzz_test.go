package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/asye/internal/platform/ui"
	"golang.org/x/net/html"
)

// A notice that comes in a cookie says words, whatever is in it.
func FuzzNoticeCookie(f *testing.F) {
	w := httptest.NewRecorder()
	setFlash(w, ui.Notice{Kind: ui.Success, Heading: "Saved", Text: "It is kept."}, false)
	f.Add(w.Result().Cookies()[0].Value)
	f.Add("eyJIZWFkaW5nIjoiPHNjcmlwdD4ifQ")
	f.Add("%00")
	f.Fuzz(func(t *testing.T, value string) {
		if n := readFlash(value); n != nil && n.Link != nil {
			t.Fatalf("%q leads to %q", value, n.Link.Href)
		}
	})
}

// No token is taken that the session's key has not made.
func FuzzFormToken(f *testing.F) {
	r := &Request{Visitor: Visitor{FormKey: "key"}}
	for _, seed := range []string{r.Token(), "a.b", ".", "", strings.Repeat("a", 5000)} {
		f.Add(seed, "another key")
	}
	f.Fuzz(func(t *testing.T, token, key string) {
		nonce, mac, _ := strings.Cut(token, ".")
		if MadeBy(key, token) != (nonce != "" && mac == sign(key, nonce)) {
			t.Fatalf("%q is taken for one of the key %q", token, key)
		}
	})
}

// What was typed is put back into a form as text: it makes no element.
func FuzzRefill(f *testing.F) {
	const page = `<html><body><form method="post" action="/here"><input name="a" value="x"><textarea name="b">y</textarea>
		<select name="c"><option value="1">One</option></select><input type="radio" name="d" value="1"><input type="hidden" name="_form" value="t"></form></body></html>`
	f.Add("<script>sing()</script>", `"><img src=x onerror=sing()>`, "1")
	f.Add("</textarea><script>", "\n\nnew lines", "2")
	f.Fuzz(func(t *testing.T, one, two, three string) {
		k := Kept{Action: "/here", Fields: url.Values{"a": {one}, "b": {two}, "c": {three}, "d": {three}, "_form": {one}}}
		filled, found, err := refill(page, "/here", k)
		if err != nil || !found {
			t.Fatalf("%v, %v", found, err)
		}
		if before, after := elements(t, page), elements(t, filled); before != after {
			t.Fatalf("%d elements become %d:\n%s", before, after, filled)
		}
		if !strings.Contains(filled, `name="_form" value="t"`) {
			t.Fatalf("the token is written over:\n%s", filled)
		}
	})
}

func elements(t *testing.T, page string) (n int) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for e := range root.Descendants() {
		if e.Type == html.ElementNode {
			n++
		}
	}
	return n
}

// The network of a request is one, whatever the headers say.
func FuzzNetwork(f *testing.F) {
	f.Add("192.0.2.1:1", "203.0.113.9, 198.51.100.2", true)
	f.Add("[2001:db8::1%eth0]:1", "", false)
	f.Add("nonsense", ",,", true)
	f.Fuzz(func(t *testing.T, remote, forwarded string, proxied bool) {
		r := &http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {forwarded}}}
		if got := Network(r, Proxy(proxied)); !proxied && strings.HasPrefix(remote, "192.0.2.1:") && got != "192.0.2.1" {
			t.Fatalf("%q with %q is the network %q", remote, forwarded, got)
		} else if a, err := netip.ParseAddr(got); err == nil && a.Zone() != "" {
			t.Fatalf("%q has a zone", got)
		}
	})
}

// A browser is named in a few words, whatever it says of itself.
func FuzzUserAgent(f *testing.F) {
	for _, seed := range []string{"Mozilla/5.0 (Windows NT 10.0) Chrome/156 Safari/537", "<script>", "", "\xff\x00", strings.Repeat("Edg", 10_000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, agent string) {
		if d := Device(agent); d == "" || len(d) > 60 || !utf8.ValidString(d) || strings.ContainsAny(d, "<>\"'") {
			t.Fatalf("%q is called %q", agent, d)
		}
	})
}
