package home

import (
	"net/http"
	"sort"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// homeView is everything home.templ may show.
type homeView struct {
	ui.Page
	Urgent []web.Card
	Others []web.Card
	Drafts []draftView
}

// titles are what each role comes for: an analyst to count, a director to read,
// the others to see to something.
var titles = map[asye.Role]string{
	asye.NQSW: "What needs you today", asye.Coordinator: "What needs you today", asye.National: "What needs you today",
	asye.Director: "What you can look at", asye.Analyst: "What you can look at", asye.Administrator: "What needs you today",
}

type draftView struct{ Title, Href, Saved string }

// home serves "what needs you today".
func (p *pages) home(w http.ResponseWriter, r *web.Request) error {
	v := homeView{Page: r.Page(titles[r.Scope.Role()])}
	for _, source := range p.cards[r.Scope.Role()] {
		cards, err := source(r.Context(), r.Scope, r.Today)
		if err != nil {
			return err
		}
		for _, c := range cards {
			if c.Urgent {
				v.Urgent = append(v.Urgent, c)
			} else {
				v.Others = append(v.Others, c)
			}
		}
	}
	inOrder(v.Urgent)
	inOrder(v.Others)
	drafts, err := p.unfinished(r)
	if err != nil {
		return err
	}
	v.Drafts = drafts
	return r.Render(w, home(v))
}

func inOrder(cards []web.Card) {
	sort.SliceStable(cards, func(i, j int) bool { return cards[i].Order < cards[j].Order })
}

// unfinished lists the journeys that the person can carry on with.
func (p *pages) unfinished(r *web.Request) ([]draftView, error) {
	drafts, err := p.drafts.List(r.Context(), r.Scope)
	if err != nil {
		return nil, err
	}
	var views []draftView
	for _, d := range drafts {
		known, ok := p.known[d.Journey]
		if !ok {
			continue
		}
		title := known.Title
		if known.Name != nil {
			whole, _, err := p.drafts.Get(r.Context(), r.Scope, d.Journey, d.Subject)
			if err != nil {
				return nil, err
			}
			if name := known.Name(whole.Answers); name != "" {
				title += ": " + name
			}
		}
		views = append(views, draftView{title, known.Href(d.Subject), web.Moment(d.UpdatedAt)})
	}
	return views, nil
}
