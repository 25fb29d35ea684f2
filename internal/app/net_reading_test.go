package app

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/proof"
)

// readers are one person of each role, and nobody.
func (o *tour) readers() map[string]*webtest.Browser {
	all := map[string]*webtest.Browser{"administrator": o.as(femi), "employer's administrator": o.as(lachy),
		"national team": o.as(nia), "analyst": o.as(omar), "coordinator": o.as(cora), "coordinator elsewhere": o.as(devi), "director": o.as(sol),
		"NQSW": o.as(ada.email), "NQSW elsewhere": o.as(twinned.email)}
	for who, b := range all {
		if b.Get("/home").Is(http.StatusOK); b.Path() != "/home" {
			o.Fatalf("the %s is not signed in", who)
		}
	}
	all["nobody"] = o.nobody()
	return all
}

// TestNetReading: reading changes nothing. Every address that the tour comes to
// is opened by everybody, in all ways of reading; the whole database is the same
// before and after, but for what the list "moving" names.
func TestNetReading(t *testing.T) {
	o := newTour(t, plainly)
	o.all()
	readers, addresses, asked := o.readers(), slices.Sorted(maps.Keys(o.visited.pages)), 0
	version, state := o.ledger.version(), o.ledger.state()
	for _, address := range addresses {
		for who, b := range readers {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				asked++
				page := b.Try(httptest.NewRequest(method, address, nil))
				if now := o.ledger.version(); now == version {
					continue
				} else {
					version = now
				}
				after := o.ledger.state()
				if tables := changed(state, after); len(tables) > 0 {
					t.Errorf("PAG-7 %s %s as %s (%d) changes %v", method, address, who, page.Status, tables)
				}
				state = after
			}
		}
	}
	o.quiet()
	if !long() {
		return
	}
	proof.Keep(t, proof.Result{Net: "reading", Part: proof.HostileInput, Command: "make net-reading",
		Promise: "Reading changes nothing: no link, no preview and no scanner of mail can do anything in anybody's name",
		Saw: fmt.Sprintf("%d addresses, each opened by %d people of every role and by nobody, with GET and HEAD: %d requests, "+
			"the database the same before and after each", len(addresses), len(readers)-1, asked),
		Twin: noticed(t, "TestNetReading",
			mistake("a page that saves a draft when it is opened", "journey_drafts", "internal/platform/journey/handler.go",
				"return r.Render(w, step.View(h.stepView(r, d.Answers, asked, at)))",
				"return errors.Join(h.store.Save(r.Context(), r.Scope, d), r.Render(w, step.View(h.stepView(r, d.Answers, asked, at))))").
				and("internal/platform/journey/handler.go", "import (\n", "import (\n\t\"errors\"\n"),
			mistake("a link that signs its reader out", "sessions", "internal/account/own/routes.go",
				"m.Act(paths.SignOutEvery(), early, web.Once, p.signOutEverywhere)",
				"m.Form(paths.SignOutEvery(), early, web.Plain, web.Once, p.signOutEverywhere)"))})
}
