package home

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/roster"
)

var (
	everyone    = access.Public.ForEveryone()
	anySignedIn = access.Home.ForSignedIn()
	mayLookUp   = access.Found.For(asye.National)
)

type pages struct {
	cards  map[asye.Role][]web.Cards
	drafts *journey.Store
	known  map[string]Draft
	roster *roster.Store
}

// Draft says how a kind of unfinished journey is offered again.
type Draft struct {
	Title string                       // "Register an NQSW"
	Href  func(subject string) string  // where it goes on
	Name  func(journey.Answers) string // whom it is about, as far as that was typed; nil is nobody
}

// Needs is what home is built from.
type Needs struct {
	Cards  map[asye.Role][]web.Cards // who is shown what
	Drafts *journey.Store
	Known  map[string]Draft // by the journey's name
	Roster *roster.Store
}

// Mount puts the pages on the mux.
func Mount(m *web.Mux, n Needs) {
	p := &pages{n.Cards, n.Drafts, n.Known, n.Roster}
	m.Page("/{$}", everyone, web.Plain, p.start)
	m.Page(paths.Statistics(""), everyone, web.Plain, statisticsShow)
	m.Page(paths.Home(), anySignedIn, web.Plain, p.home)
	m.Page(paths.Find(), mayLookUp, web.Personal("people", ""), p.find)
}
