package app

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/proof"
	htmlparse "golang.org/x/net/html"
)

// promised are the headers of every answer, whatever it is and to whomever. Each
// with what it must say.
var promised = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), browsing-topics=()",
	"X-Robots-Tag":                 "noindex, nofollow",
}

// heads looks at the headers of every answer, and at the source of every page.
type heads struct {
	mu      sync.Mutex
	secure  bool // the service is reached over HTTPS
	answers int
	pages   int
	wrong   map[string]bool
}

func (h *heads) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		h.look(r, answer.Result(), answer.Body.String())
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		io.Copy(w, answer.Body)
	})
}

func (h *heads) look(r *http.Request, res *http.Response, body string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answers++
	where := fmt.Sprintf("%s %s (%d)", r.Method, r.Pattern, res.StatusCode)
	say := func(format string, args ...any) { h.wrong[where+": "+fmt.Sprintf(format, args...)] = true }
	for name, want := range promised {
		if got := res.Header.Values(name); len(got) != 1 || got[0] != want {
			say("%s is %q", name, got)
		}
	}
	transport := ""
	if h.secure {
		transport = "max-age=31536000"
	}
	if got := res.Header.Get("Strict-Transport-Security"); got != transport {
		say("Strict-Transport-Security is %q", got)
	}
	want := "no-store"
	if strings.HasPrefix(r.URL.Path, "/assets/") && res.StatusCode == http.StatusOK {
		want = "public, max-age=31536000, immutable"
	}
	if got := res.Header.Get("Cache-Control"); got != want {
		say("Cache-Control is %q", got)
	}
	for _, c := range res.Cookies() {
		h.cookie(c, say)
	}
	h.content(res, body, say)
}

func (h *heads) cookie(c *http.Cookie, say func(string, ...any)) {
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure != h.secure {
		say("the cookie %s is set as %q", c.Name, c.Raw)
	}
	if h.secure != strings.HasPrefix(c.Name, "__Host-") {
		say("the cookie is called %s", c.Name)
	}
}

// content looks at what a body says it is, and at what is in a page.
func (h *heads) content(res *http.Response, body string, say func(string, ...any)) {
	kind := res.Header.Get("Content-Type")
	switch {
	case body == "" && res.StatusCode != http.StatusOK:
	case kind == "":
		say("does not say what it is")
	case strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8"):
		say("is %q, without charset", kind)
	case res.Header.Get("Content-Disposition") != "" && strings.HasPrefix(kind, "text/html"):
		say("is a file to keep, and a page")
	}
	if !strings.HasPrefix(kind, "text/html") || body == "" {
		return
	}
	h.pages++
	root, err := htmlparse.Parse(strings.NewReader(body))
	if err != nil {
		say("is no HTML: %v", err)
		return
	}
	for n := range root.Descendants() {
		if bad := inline(n); bad != "" {
			say("has %s", bad)
		}
	}
}

// inline is what a page must not have in it: a script or a style of its own, or
// anything of another site.
func inline(n *htmlparse.Node) string {
	if n.Type != htmlparse.ElementNode {
		return ""
	}
	value := func(name string) string {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
		return ""
	}
	switch n.Data {
	case "style", "base", "iframe", "frame", "object", "embed", "applet":
		return "an element " + n.Data
	case "script":
		if value("src") == "" {
			return "an inline script"
		}
	case "meta":
		if value("http-equiv") != "" {
			return "a meta element that stands for a header"
		}
	}
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			return "an attribute " + a.Key
		}
		loads := slices.Contains([]string{"src", "srcset", "data", "action", "formaction", "poster", "background"}, a.Key) || n.Data == "link" && a.Key == "href"
		if loads && a.Val != "" && !(strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//")) && !strings.HasPrefix(a.Val, "#") {
			return fmt.Sprintf("an attribute %s that leads to %q", a.Key, a.Val)
		}
		if scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":"); a.Key == "href" && (scheme == "javascript" || scheme == "data" || scheme == "vbscript") {
			return "a link to " + scheme
		}
	}
	return ""
}

// knock asks for what the tour does not: every route as nobody and as somebody
// who may not, in every method, what is not there, and files.
func (h *heads) knock(o *tour) {
	paths := []string{"/", "/no-such-page", "//home", "/home/", "/../home", "/healthz", "/readyz", "/assets/", "/assets/none.css", "/assets/theme.css",
		ui.StylesheetPath(), ui.ScriptPath(), ui.IconPath(), ui.BootPath(), "/registrations/%FF", "/registrations/%00", "/find?q=%FF"}
	for _, r := range o.service.mux().Routes() {
		_, path, _ := strings.Cut(r.Pattern, " ")
		paths = append(paths, strings.NewReplacer("{$}", "", "{", "", "}", "").Replace(path))
	}
	nobody, analyst := o.nobody(), o.as(omar)
	for _, path := range paths {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"} {
			nobody.Try(httptest.NewRequest(method, path, nil))
		}
		analyst.Try(httptest.NewRequest(http.MethodGet, path, nil))
	}
}

// signOut leaves, and sees that the browser is told to forget.
func (h *heads) signOut(o *tour) {
	page := o.as(nia).Get("/home").Is(200)
	form := page.Forms()[0]
	r := httptest.NewRequest(http.MethodPost, form.Action, strings.NewReader(form.Values().Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if out := o.as(nia).Try(r); out.Status != http.StatusSeeOther || out.Header.Get("Clear-Site-Data") != `"cache", "storage"` {
		o.Errorf("PAG-4 signing out gives %d and clears %q", out.Status, out.Header.Get("Clear-Site-Data"))
	}
}

// TestNetHeaders: every answer of the service has the full set of headers: each
// page, refusal, redirection, download and file, to everybody, over HTTP and
// over HTTPS, and when nothing works any more.
func TestNetHeaders(t *testing.T) {
	answers, pages, routes := 0, 0, 0
	for at, secure := range map[string]bool{"http://localhost:8080": false, "https://asye.example.org": true} {
		h := &heads{secure: secure, wrong: map[string]bool{}}
		o := newTourAt(t, at, plainly, h.watch)
		o.all()
		h.knock(o)
		h.signOut(o)
		b := o.as(cora)
		o.service.close()
		for _, page := range []string{"/home", "/registrations", "/no-such-page"} {
			if b.Get(page); b.Status < http.StatusInternalServerError {
				t.Errorf("%s without a database gives %d", page, b.Status)
			}
		}
		o.nobody().Get("/readyz").Is(http.StatusServiceUnavailable)
		for _, one := range slices.Sorted(maps.Keys(h.wrong)) {
			t.Error("PAG-1, PAG-2, PAG-3 " + one)
		}
		answers, pages, routes = answers+h.answers, pages+h.pages, len(o.service.mux().Routes())
	}
	if !long() {
		return
	}
	proof.Keep(t, proof.Result{Net: "headers", Part: proof.HostileInput, Command: "make net-headers",
		Promise: "Every answer forbids the browser what could harm: foreign scripts, frames, other sites, caches",
		Saw: fmt.Sprintf("%d routes, %d answers (of every method, to everybody, over HTTP and HTTPS, with the database gone), %d pages: "+
			"all with the full set of headers, none with an inline script or style or anything of another site", routes, answers, pages),
		Twin: noticed(t, "TestNetHeaders", headerTwins()...)})
}

// headerTwins leave out one protection each.
func headerTwins() []broken {
	const send, account = "internal/platform/web/send.go", "internal/account/routes.go"
	out := []broken{
		mistake("inline scripts allowed", "Content-Security-Policy", send, "script-src 'self';", "script-src 'self' 'unsafe-inline';"),
		mistake("no content policy", "Content-Security-Policy", send, `h.Set("Content-Security-Policy", contentPolicy)`, `_ = contentPolicy`),
		mistake("assets that are never cached", "Cache-Control", "internal/platform/ui/assets.go", `h.Set("Cache-Control", keep)`, `_ = keep`),
		mistake("no Clear-Site-Data at sign-out", "clears", account, `w.Header().Set("Clear-Site-Data", `, `w.Header().Set("X-Nothing", `),
		mistake("a session cookie that scripts can read", "the cookie", account, "MaxAge: int(lasts.Seconds()),\n\t\tHttpOnly: true", "MaxAge: int(lasts.Seconds()),\n\t\tHttpOnly: false"),
		mistake("an inline style", "an attribute style", "internal/platform/ui/layout_templ.go", `<body class=\"govuk-template__body\">`, `<body style=\"margin:0\" class=\"govuk-template__body\">`),
	}
	for _, name := range []string{"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
		"Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control", "X-Robots-Tag", "Strict-Transport-Security"} {
		out = append(out, mistake("no "+name, name, send, `h.Set("`+name+`"`, `h.Set("X-Nothing"`))
	}
	return out
}
