package web_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
	"github.com/a-h/templ"
)

// drawer is a gate that keeps the last form, whoever sent it.
type drawer struct{ kept *web.Kept }

func (d *drawer) Prove(http.ResponseWriter, *web.Request) (bool, error) { return true, nil }

func (d *drawer) Keep(_ http.ResponseWriter, r *web.Request) (string, error) {
	d.kept = &web.Kept{Action: r.URL.Path, Page: "/note", Fields: r.PostForm, Otherwise: "/elsewhere"}
	return "/note?" + web.KeptField + "=1", nil
}

func (d *drawer) Kept(*web.Request) (*web.Kept, error) { return d.kept, nil }

func (d *drawer) Forget(*web.Request, *web.Kept) error {
	d.kept = nil
	return nil
}

// desk is a page with a form, and one that anybody may read.
func desk(t *testing.T, d *drawer) webtest.Pages {
	t.Helper()
	return webtest.Pages{DB: dbtest.OpenSQLite(t, schema.All()), Mount: func(m *web.Mux) {
		m.Guard(d)
		m.Form("/note", policy.SignedIn(), web.Plain, web.Passing, func(w http.ResponseWriter, r *web.Request) error {
			if r.Posted() {
				return r.SeeOther(w, "/sent")
			}
			page := r.Page("Note")
			field := ui.Textarea(ui.TextareaOptions{Name: "text", Label: "Text"})
			return r.Render(w, within(ui.Layout(page), within(ui.Form(ui.FormOptions{Token: page.Form}), field)))
		})
		m.Page("/open", policy.Everyone(), web.Plain, func(w http.ResponseWriter, r *web.Request) error {
			return r.Render(w, ui.Layout(r.Page("Open")))
		})
	}}
}

func within(outer, inner templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, inner), w)
	})
}

// What was typed in a session that has ended is there until it is sent again;
// whoever is not signed in is asked to do that first.
func TestACC57_WhatWasKeptIsThereUntilItIsSent(t *testing.T) {
	d := &drawer{}
	pages := desk(t, d)
	const again, kept = "What you typed is here again", "/note?_kept=1"
	b := pages.As(t, coordinator)
	form := b.Get("/note").Is(200)
	pages.As(t, tenant.Nobody()).Forge(form, "/note", "text=typed too late").LeadsTo("/sign-in?next=%2Fnote%3F_kept%3D1")
	form.Submit("_form=of another session", "text=typed too late").LeadsTo(kept)
	for range 2 {
		b.Get(kept).Is(200, again, "typed too late")
	}
	b.Get("/note").Is(200).Lacks(again)
	if b.Submit("text=typed too late").LeadsTo("/sent"); d.kept != nil {
		t.Error("it is kept though it has been sent")
	}
}

// A page, and one that says what went wrong, shows somebody who is signed in who
// they are and the way out, and offers a visitor nothing of the kind.
func TestWhoIsSignedInCanSignOut(t *testing.T) {
	pages := desk(t, &drawer{})
	out := []string{"Somebody", "Your account", "Sign out"}
	for path, status := range map[string]int{"/open": 200, "/nowhere": 404} {
		pages.As(t, coordinator).Get(path).Is(status, out...)
		pages.As(t, tenant.Nobody()).Get(path).Is(status).Lacks(out...)
	}
}
