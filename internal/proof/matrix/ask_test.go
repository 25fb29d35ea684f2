package matrix

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"example.org/asye/internal/platform/ui"
)

// answer is what came back.
type answer struct {
	status   int
	location string
	kind     string // the content type
	body     string
}

// get asks for a page as a reader.
func (w *world) get(r *reader, path string) answer { return w.ask(r, http.MethodGet, path, nil) }

// post sends a form as a reader, with a token of their own.
func (w *world) post(r *reader, path string, typed url.Values) answer {
	form := url.Values{ui.FormField: {w.token(r)}}
	for name, values := range typed {
		form[name] = values
	}
	return w.ask(r, http.MethodPost, path, form)
}

func (w *world) ask(r *reader, method, path string, form url.Values) answer {
	req := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	req.Host = "asye.example.org"
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.cookie != "" {
		req.AddCookie(&http.Cookie{Name: "__Host-asye_session", Value: r.cookie})
	}
	out := httptest.NewRecorder()
	w.Mux.ServeHTTP(out, req)
	return answer{out.Code, out.Header().Get("Location"), out.Header().Get("Content-Type"), out.Body.String()}
}

var tokenField = regexp.MustCompile(`name="` + ui.FormField + `" value="([^"]+)"`)

// token is a token for the forms of a reader. What it is spent on is taken back
// after each step, so that one does for all.
func (w *world) token(r *reader) string {
	if token := w.tokens[r.name]; token != "" {
		return token
	}
	page := "/sign-in"
	if r.scope.IsSignedIn() && r.is != "visitor" {
		page = "/account"
	}
	found := tokenField.FindStringSubmatch(w.get(r, page).body)
	if found == nil {
		w.t.Fatalf("the page %s has no form for %s", page, r.name)
	}
	w.tokens[r.name] = found[1]
	return found[1]
}

// plain is an answer without what differs from one time to the next: the tokens
// of forms, and the identifier that was asked for.
func (a answer) plain(ids ...string) answer {
	a.body = tokenField.ReplaceAllString(a.body, "")
	for _, id := range ids {
		a.body = strings.ReplaceAll(a.body, id, "")
		a.location = strings.ReplaceAll(a.location, url.QueryEscape(id), "")
		a.location = strings.ReplaceAll(a.location, id, "")
	}
	return a
}
