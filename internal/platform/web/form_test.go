package web_test

import (
	"net/http"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// lamps is a page with two forms, which turn on one lamp each. A lamp that is
// on cannot be turned on again.
func lamps(d *db.DB) webtest.Pages {
	on := map[string]bool{}
	turn := func(w http.ResponseWriter, r *web.Request) error {
		lamp := r.Value("lamp")
		if on[lamp] {
			return fault.New(fault.NotFound, "There is no such lamp that is off")
		}
		err := d.Write(r.Context(), r.Scope, func(tx *db.Tx) error {
			return tx.Audit(r.Context(), r.Scope, db.Line{What: "lamp.turned", Kind: "lamp", ID: lamp})
		})
		if err != nil {
			return err
		}
		on[lamp] = true
		return r.SeeOther(w, "/lamps?on="+lamp)
	}
	return webtest.Pages{DB: d, Mount: func(m *web.Mux) {
		m.Page("/lamps", policy.Everyone(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
			return r.Render(w, ui.Form(ui.FormOptions{Action: "/lamps/on", Token: r.Page("Lamps").Form}))
		})
		m.Act("/lamps/on", policy.Everyone(), web.Once, turn)
	}}
}

// A form that is sent twice leads to where it led first, whatever the handler
// would say of a change that is made already; the other form of the same page,
// or the same form with something else in it, is not the same form.
func TestWhatIsSentTwice(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		b := lamps(d).As(t, coordinator)
		page := b.Get("/lamps")
		page.Press("/lamps/on", "lamp=red").LeadsTo("/lamps?on=red")
		page.Press("/lamps/on", "lamp=red").LeadsTo("/lamps?on=red")
		page.Press("/lamps/on", "lamp=blue").LeadsTo("/lamps?on=blue")
		page.Press("/lamps/on", "lamp=red").LeadsTo("/lamps?on=red")
		b.Get("/lamps").Press("/lamps/on", "lamp=red").Is(404)
	})
}

// A program that was stopped between the change and the answer has not kept
// where the form led: it leads to the nearest page.
func TestWhatIsSentTwiceAfterAStop(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := lamps(d).As(t, coordinator)
	page := b.Get("/lamps")
	page.Press("/lamps/on", "lamp=red").LeadsTo("/lamps?on=red")
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `update form_tokens set location = null`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page.Press("/lamps/on", "lamp=red").LeadsTo("/home")
}
