package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// What is not text never reaches a handler: PostgreSQL would refuse it, and the
// page would look broken.
func TestWhatIsNotText(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return web.Visitor{FormKey: "k"}, nil },
		d, d.Clock(), slog.New(slog.DiscardHandler))
	m.Form("/x/{id}", policy.Everyone(), web.Plain, web.Passing, func(w http.ResponseWriter, r *web.Request) error {
		return r.Render(w, ui.Form(ui.FormOptions{Token: r.Token()}))
	})
	send := func(r *http.Request) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		m.ServeHTTP(w, r)
		return w
	}
	page := send(httptest.NewRequest("GET", "/x/1?q=%C3%A9", nil))
	token := regexp.MustCompile(`name="_form" value="([^"]+)"`).FindStringSubmatch(page.Body.String())
	if page.Code != 200 || token == nil {
		t.Fatalf("%d %s", page.Code, page.Body)
	}
	for _, path := range []string{"/x/1?q=%00", "/x/1?q=%ff", "/x/1?%00=1", "/x/%00", "/x/%ff"} {
		if w := send(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, w.Code)
		}
	}
	for body, want := range map[string]int{"note=%C3%A9": 200, "note=%00": 422, "note=%ff": 422} {
		r := httptest.NewRequest("POST", "/x/1", strings.NewReader("_form="+token[1]+"&"+body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if w := send(r); w.Code != want {
			t.Errorf("POST %s: %d, want %d", body, w.Code, want)
		}
	}
}
