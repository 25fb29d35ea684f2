package rights

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

type pages struct{ store *Store }

// Mount puts the pages on the mux. What is another person's is for those who
// look after the whole service: the store refuses all others.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	mayDecide, person := access.Data.For(asye.Administrator), web.Personal("data", "person")
	own := access.OwnData.ForSignedIn()
	const of = "/admin/people/{person}/data"
	m.Page(paths.MyData(), own, web.Plain, p.dataShow)
	m.Page(paths.MyDataFile(), own, web.Plain, p.dataFile)
	m.Page(of, mayDecide, person, p.dataDecide)
	m.Page(of+"/download", mayDecide, person, p.dataFile)
	m.Act(of+"/hold", mayDecide, web.Once, p.dataHold)
	m.Act(of+"/lift", mayDecide, web.Once, p.dataLift)
	m.Form(of+"/erase", mayDecide.Fresh(), person, web.Once, p.dataErase)
	m.Page(paths.RetentionDue(), mayDecide, web.Personal("retention", ""), p.retentionList)
}

// whose is the person that a page is about: the one in its address, or the
// reader.
func whose(r *web.Request) asye.PersonID {
	if id := r.PathValue("person"); id != "" {
		return asye.PersonID(id)
	}
	return r.Scope.Person()
}
