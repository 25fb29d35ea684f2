package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// failing is a form that cannot be kept as long as why says so.
func failing(d *db.DB, why *error) webtest.Pages {
	return webtest.Pages{DB: d, Mount: func(m *web.Mux) {
		form := func(w http.ResponseWriter, r *web.Request) error {
			if !r.Posted() {
				return r.Render(w, ui.Form(ui.FormOptions{Token: r.Token(), Hidden: []ui.HiddenField{{Name: "version", Value: "7"}}}))
			}
			if *why != nil {
				return *why
			}
			return r.SeeOther(w, "/kept?"+r.PostForm.Encode())
		}
		m.Form("/note", policy.SignedIn(), web.Plain, web.Passing, form)
		m.Upload("/file", policy.SignedIn(), web.Plain, web.Passing, form)
		m.Page("/page", policy.Everyone(), web.Plain, func(http.ResponseWriter, *web.Request) error { return *why })
	}}
}

const story = "We met on Monday.\r\nShe said: <b>\"no\"</b> & left.\r\n\r\nNext time: 3 things."

func TestDUR4_WhatCannotBeSavedIsGivenBack(t *testing.T) {
	why := db.ErrUnavailable
	b := failing(dbtest.OpenSQLite(t, schema.All()), &why).As(t, coordinator)
	page := b.Get("/note?a=1").Submit("title=Supervision", "held_on=2026-11-03", "story="+story, "empty=", "days=Mon").
		Is(503, "This has not been saved", "What you typed is on this page", "Title Supervision", "Held on 3 11 2026", "Days Mon").
		Lacks("Version", "Empty", "cannot tell")
	page.Has(`readonly>` + "\n" + story + `</textarea>`)
	if got := page.Header.Get("Retry-After"); got != "10" {
		t.Errorf("Retry-After is %q", got)
	}
	why = errors.Join(db.ErrUncertain, errors.New("inner words"))
	page = page.Press("/note?a=1").Is(503, "We cannot tell whether this was saved", "It is saved once", "Title Supervision").Lacks("inner words")
	why = nil
	kept := page.Press("/note?a=1").Location
	for _, want := range []string{"/kept?", "title=Supervision", "held_on-day=3", "held_on-month=11", "held_on-year=2026",
		"story=We+met+on+Monday.%0AShe", "version=7", "empty=", "_form="} {
		if !strings.Contains(kept, want) {
			t.Errorf("sent again without %s: %s", want, kept)
		}
	}
}

// Where nobody kept where a form led, as after a power cut, sending it again
// leads to a page that is there.
func TestDUR5_SentAgainLeadsToAPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	act := func(w http.ResponseWriter, r *web.Request) error {
		if !r.Posted() {
			return r.Render(w, ui.Form(ui.FormOptions{Token: r.Token()}))
		}
		return db.ErrRepeated
	}
	b := webtest.Pages{DB: d, Mount: func(m *web.Mux) {
		m.Form("/note", policy.SignedIn(), web.Plain, web.Once, act)
		m.Act("/act/{id}", policy.SignedIn(), web.Once, act)
	}}.As(t, coordinator)
	form := b.Get("/note")
	form.Submit().LeadsTo("/note")
	b.Forge(form, "/act/7").LeadsTo("/home")
}

func TestAFileIsToBeChosenAgain(t *testing.T) {
	why := db.ErrUnavailable
	b := failing(dbtest.OpenSQLite(t, schema.All()), &why).As(t, coordinator)
	b.Get("/file").Attach("file", "cohort.xlsx", []byte("rows")).Is(503, "choose cohort.xlsx once more").Lacks("Send it again")
}

func TestASecretIsNotShown(t *testing.T) {
	why := db.ErrUnavailable
	b := failing(dbtest.OpenSQLite(t, schema.All()), &why).As(t, coordinator)
	b.Get("/note").Submit("email=a@example.org", "password=hunter2").Is(503, "a@example.org", "type it once more").
		HasNot("hunter2").Lacks("Send it again")
}

func TestAPageThatCannotBeShown(t *testing.T) {
	why := error(context.DeadlineExceeded)
	b := failing(dbtest.OpenSQLite(t, schema.All()), &why).As(t, tenant.Nobody())
	b.Get("/page?q=%22").Is(503, "This page cannot be shown just now", "open the page again").Has(`href="/page?q=%22"`)
}

// The form comes back even where the database cannot say who sent it.
func TestDUR4_AlsoWhenNobodyKnowsWhoItIs(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return web.Visitor{}, db.ErrUnavailable },
		d, d.Clock(), slog.New(slog.DiscardHandler))
	m.Form("/note", policy.Everyone(), web.Plain, web.Passing, func(http.ResponseWriter, *web.Request) error { t.Error("reached"); return nil })
	r := httptest.NewRequest(http.MethodPost, "/note", strings.NewReader("_form=tok.en&zeal=some&account=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	body := w.Body.String()
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(body, `name="_form" value="tok.en"`) ||
		!strings.Contains(body, `name="zeal" value="some"`) || strings.Index(body, ">Zeal<") > strings.Index(body, ">Account<") {
		t.Errorf("%d %s", w.Code, body)
	}
}

// A server that has gone silent holds a page up for five seconds, and a
// question in the middle of one until the time for the request is over.
func TestDUR7_NoRequestWaitsForEver(t *testing.T) {
	for where, want := range map[string]float64{"who": 5, "page": 90} {
		t.Run(where, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { silent(t, where, want) })
		})
	}
}

func silent(t *testing.T, where string, want float64) {
	hang := func(r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}
	c := clock.Real()
	m := web.New(web.Site{}, func(r *http.Request) (web.Visitor, error) {
		if where == "who" {
			return web.Visitor{}, hang(r)
		}
		return web.Visitor{}, nil
	}, nil, c, slog.New(slog.DiscardHandler))
	m.Page("/page", policy.Everyone(), web.Plain, func(_ http.ResponseWriter, r *web.Request) error { return hang(r.Request) })
	began, w := c.Now(), httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/page", nil))
	if took := c.Now().Time().Sub(began.Time()).Seconds(); w.Code != http.StatusServiceUnavailable || took != want {
		t.Errorf("%d after %v seconds, want 503 after %v", w.Code, took, want)
	}
}

// Whoever has gone away is told nothing, and it is no failure of ours.
func TestGoneClientIsNoFailure(t *testing.T) {
	var log strings.Builder
	d := dbtest.OpenSQLite(t, schema.All())
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return web.Visitor{}, nil }, d, d.Clock(),
		slog.New(slog.NewTextHandler(&log, nil)))
	ctx, leave := context.WithCancel(t.Context())
	m.Page("/page", policy.Everyone(), web.Plain, func(_ http.ResponseWriter, r *web.Request) error { leave(); return r.Context().Err() })
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/page", nil).WithContext(ctx))
	if w.Body.Len() > 0 || log.Len() > 0 {
		t.Errorf("%s %s", w.Body, log.String())
	}
}
