package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/asye/internal/platform/ui"
)

// FuzzRequest sends any request to the whole service, as a coordinator with a
// good form token: it is answered, with its headers, and never with a failure.
func FuzzRequest(f *testing.F) {
	if testing.Short() {
		f.Skip("opens the whole service")
	}
	o := newTour(f, plainly)
	o.open()
	o.hire()
	b := o.as(cora)
	token, session := b.Get("/account").Field(ui.FormField), b.Held("asye_session")
	for _, r := range o.service.mux().Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		f.Add(method, strings.NewReplacer("{$}", "", "{", "", "}", "").Replace(path), "q=a&page=2&_kept=x", "version=1&reason=x&step=save", "application/x-www-form-urlencoded")
	}
	f.Add("POST", "/upload", "", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n--x--", "multipart/form-data; boundary=x")
	f.Add("GET", "/registrations/%00", "%zz", "", "")
	f.Add("POST", "/registrations/../home", "\xff", "a=\x00", "text/plain")
	f.Fuzz(func(t *testing.T, method, path, query, body, kind string) {
		r, ok := requestOf(method, path, query, body)
		if !ok {
			return
		}
		if method == http.MethodPost && strings.HasPrefix(kind, "application/x-www-form-urlencoded") && !endsSession(r.URL.Path) {
			r, _ = requestOf(method, path, query, ui.FormField+"="+token+"&"+body)
		}
		r.Header.Set("Content-Type", kind)
		r.AddCookie(&http.Cookie{Name: "asye_session", Value: session})
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Fatalf("%s %s?%s gives %d:\n%s", method, path, query, w.Code, strings.Join(o.log.lines, ""))
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Fatalf("%s %s comes without its headers", method, path)
		}
	})
}

// endsSession reports whether a form that is sent there could end the session
// with which the fuzzer goes on: it is sent without a good token.
func endsSession(path string) bool {
	return strings.HasPrefix(path, "/sign-") || strings.HasPrefix(path, "/account") || strings.HasPrefix(path, "/roles")
}

// requestOf is a request as a server would hand it on: one that it cannot read
// never comes so far.
func requestOf(method, path, query, body string) (r *http.Request, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // httptest panics where a server answers 400 by itself
		}
	}()
	if method == "" || !strings.HasPrefix(path, "/") || strings.ContainsAny(path+query+method, " \r\n\t#?") {
		return nil, false
	}
	return httptest.NewRequest(method, path+"?"+query, strings.NewReader(body)), true
}
