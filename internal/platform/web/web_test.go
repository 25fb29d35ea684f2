package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

var (
	coordinator = tenant.SignedIn("co", "org", asye.Coordinator)
	analyst     = tenant.SignedIn("an", "org", asye.Analyst)
)

// shop mounts a page that fails in each way, and one that counts its effects.
func shop(d *db.DB) webtest.Pages {
	return webtest.Pages{DB: d, Mount: func(m *web.Mux) {
		for path, err := range map[string]error{
			"/invalid":   fault.New(fault.Invalid, "The shoe does not fit"),
			"/missing":   fault.New(fault.NotFound, "There is no such shoe here"),
			"/forbidden": fault.New(fault.Forbidden, "Only a cobbler can do this"),
			"/stale":     db.ErrStale,
			"/broken":    errors.New("secret inner words"),
		} {
			m.Page(path, policy.Everyone(), web.Plain, func(http.ResponseWriter, *web.Request) error { return err })
		}
		m.Page("/panic", policy.Everyone(), web.Plain, func(http.ResponseWriter, *web.Request) error { panic("secret inner words") })
		m.Page("/theirs", policy.Allow(asye.Coordinator, asye.National), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
			return r.Render(w, ui.Layout(r.Page("Theirs")))
		})
		m.Form("/buy", policy.Allow(asye.Coordinator), web.Plain, web.Once, func(w http.ResponseWriter, r *web.Request) error {
			if !r.Posted() {
				return r.Render(w, ui.Form(ui.FormOptions{Token: r.Token()}))
			}
			err := d.Write(r.Context(), r.Scope, func(tx *db.Tx) error {
				return tx.Audit(r.Context(), r.Scope, db.Line{What: "shop.bought", Kind: "shoe", ID: "1"})
			})
			if err != nil {
				return err
			}
			return r.Say(w, "/bought", "Bought", "The shoe is yours.")
		})
	}}
}

func TestEachFailureHasItsPage(t *testing.T) {
	b := shop(dbtest.OpenSQLite(t, schema.All())).As(t, coordinator)
	b.Get("/invalid").Is(422, "The shoe does not fit.")
	b.Get("/missing").Is(404, "Page not found").Lacks("shoe")
	b.Get("/nowhere").Is(404, "Page not found")
	b.Get("/forbidden").Is(403, "Only a cobbler can do this.")
	b.Get("/stale").Is(409, "Someone else changed this")
	b.Get("/broken").Is(500, "give this reference").Lacks("secret")
	b.Get("/panic").Is(500, "give this reference").Lacks("secret")
}

func TestARecordOfOthersReadsLikeNone(t *testing.T) {
	b := shop(dbtest.OpenSQLite(t, schema.All())).As(t, coordinator)
	if theirs, none := b.Get("/missing").Text(), b.Get("/nowhere").Text(); theirs != none {
		t.Errorf("another's record reads\n%s\nand none\n%s", theirs, none)
	}
}

func TestPermission(t *testing.T) {
	pages := shop(dbtest.OpenSQLite(t, schema.All()))
	pages.As(t, coordinator).Get("/theirs").Is(200)
	pages.As(t, analyst).Get("/theirs").Is(403, "Coordinator, National team", "You are working as Analyst")
	pages.As(t, tenant.Nobody()).Get("/theirs?a=1&b=2").LeadsTo("/sign-in?next=%2Ftheirs%3Fa%3D1%26b%3D2")
}

func TestEveryAnswerIsHardened(t *testing.T) {
	b := shop(dbtest.OpenSQLite(t, schema.All())).As(t, coordinator)
	for _, path := range []string{"/theirs", "/buy", "/nowhere", "/broken", "/assets/none.css"} {
		h := b.Get(path).Header
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Frame-Options": "DENY",
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Permissions-Policy": "camera=()",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"X-Robots-Tag": "noindex", "Cache-Control": "no-store"} {
			if !strings.HasPrefix(h.Get(name), want) {
				t.Errorf("%s: %s is %q, want %q", path, name, h.Get(name), want)
			}
		}
		if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s allows something unsafe", path)
		}
	}
}

func TestFormsOfOthersAreRefused(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		pages := shop(d)
		b := pages.As(t, coordinator)
		b.Get("/buy").Submit("_form=").Is(403, "does not belong to your session")
		b.Get("/buy").Submit("_form=made.up").Is(403)
		token := b.Get("/buy").Field("_form")
		elsewhere := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) {
			return web.Visitor{Scope: coordinator, FormKey: "another session"}, nil
		}, d, d.Clock(), nil)
		pages.Mount(elsewhere)
		for name, send := range map[string]func(*http.Request){
			"of another session": func(*http.Request) {},
			"from another site":  func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		} {
			r := httptest.NewRequest(http.MethodPost, "/buy", strings.NewReader("_form="+token))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			send(r)
			w := httptest.NewRecorder()
			elsewhere.ServeHTTP(w, r)
			if w.Code != http.StatusForbidden {
				t.Errorf("a form %s gets %d", name, w.Code)
			}
		}
		if n := bought(t, d); n != 0 {
			t.Errorf("%d bought", n)
		}
	})
}

func TestFormSentTwiceAtOnce(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		pages := shop(d)
		form := pages.As(t, coordinator).Get("/buy")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { pages.As(t, coordinator).Forge(form, "/buy").LeadsTo("/bought") })
		}
		all.Wait()
		if n := bought(t, d); n != 1 {
			t.Errorf("%d bought, want 1", n)
		}
	})
}

func bought(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.QueryRow(t.Context(), `select count(*) from audit_lines where what = 'shop.bought'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
