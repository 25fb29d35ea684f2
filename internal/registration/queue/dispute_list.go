package queue

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// disputeListView is the disputed moves.
type disputeListView struct {
	ui.Page
	Moves   []registration.Moving
	Showing string
	Pages   ui.PaginationOptions
}

// disputeList lists the moves on which the national team has to decide.
func (p *pages) disputeList(w http.ResponseWriter, r *web.Request) error {
	all, err := p.store.Disputes(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := disputeListView{Page: r.Page("Disputed moves")}
	moves, number := part(all, r.Value("page"))
	v.Moves, v.Showing = moves, ui.Showing(number, pageSize, len(all), "moves")
	v.Pages = pagination(number, len(all), paths.Disputes())
	v.Wide = true
	return r.Render(w, disputeList(v))
}

func (v disputeListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Moves that wait for a decision, the oldest first", CaptionSize: "s", RowHeaders: true,
		Head: []ui.Column{{Text: "NQSW"}, {Text: "From"}, {Text: "To"}, {Text: "Begun"}, {Text: "Decide"}}}
	for _, m := range v.Moves {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(m.Name + ", " + m.Reference), ui.Text(m.FromName), ui.Text(orNothing(m.ToName)),
			ui.Text(web.Moment(m.RecordedAt)), {Text: "Decide", Href: paths.Dispute(m.ID), Hidden: "on the move of " + m.Name}})
	}
	return t
}
