package home

import (
	"net/http"
	"sort"

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

type draftView struct{ Title, Href, Saved string }

// home serves "what needs you today".
func (p *pages) home(w http.ResponseWriter, r *web.Request) error {
	v := homeView{Page: r.Page("What needs you today")}
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
		if known, ok := p.known[d.Journey]; ok {
			views = append(views, draftView{known.Title, known.Href(d.Subject), web.Moment(d.UpdatedAt)})
		}
	}
	return views, nil
}
