package releases

import (
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

type pages struct {
	store      *publication.Store
	questions  *question.Store
	programmes []programme.Programme // those that somebody can be on
}

// Mount puts the pages on the mux; the catalogue names the programmes.
func Mount(m *web.Mux, s *publication.Store, questions *question.Store, catalogue *programme.Catalogue) {
	isDraft := func(p programme.Programme) bool { return p.Draft }
	p := &pages{s, questions, slices.DeleteFunc(catalogue.Programmes(), isDraft)}
	everybody, work := access.Releases.ForEveryone(), access.Publishing.For(asye.Analyst, asye.National)
	ask, of := access.Questions.For(asye.Analyst, asye.National), paths.PublicationCheck("{id}")
	m.Page(paths.Releases(), everybody, web.Plain, p.releaseList)
	m.Page(paths.Release("{id}"), everybody, web.Plain, p.releaseShow)
	m.Page(paths.Release("{id}")+"/download", everybody, web.Plain, p.releaseFile)
	m.Page(paths.Publication(), work, web.Personal("releases", ""), p.workList)
	m.Form(paths.PublicationNew(), work, web.Plain, web.Once, p.workNew)
	m.Page(of, work, web.Personal("release", "id"), p.workCheck)
	m.Act(of+"/approve", work.Fresh(), web.Once, p.workApprove)
	m.Act(of+"/discard", work, web.Once, p.workDiscard)
	m.Form(of+"/withdraw", work.Fresh(), web.Personal("release", "id"), web.Once, p.releaseWithdraw)
	m.Form(paths.QuestionList(), ask, web.Personal("questions", ""), web.Once, p.questionList)
	m.Page(paths.Question("{id}"), ask, web.Personal("question", "id"), p.questionShow)
}

// named is the name of a programme.
func (p *pages) named(key string) string {
	for _, one := range p.programmes {
		if one.Key == key {
			return one.Name
		}
	}
	return key
}
