package releases

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// workListView is the releases that somebody works on, and those of before.
type workListView struct {
	ui.Page
	Releases []publication.Release
	named    func(string) string
}

// workList lists releases for those who prepare and approve them.
func (p *pages) workList(w http.ResponseWriter, r *web.Request) error {
	v := workListView{Page: r.Page("Releases"), named: p.named}
	v.Wide = true
	var err error
	if v.Releases, err = p.store.List(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Render(w, workListPage(v))
}

func (v workListView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Releases, the latest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Release"}, {Text: "Programme"}, {Text: "Cohorts"}, {Text: "Prepared"}, {Text: "State"}}}
	for _, r := range v.Releases {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(r.Content.Title, paths.PublicationCheck(r.ID)), ui.Text(v.named(r.Content.Programme)),
			ui.Text(cohorts(r.Content.Cohorts)), ui.Text(day(&r.PreparedAt)), ui.Part(ui.Tag(tagOf(r)))})
	}
	return o
}

// tagOf says how far a release has come.
func tagOf(r publication.Release) ui.TagOptions {
	switch r.State {
	case publication.Published:
		return ui.TagOptions{Text: "Published", Colour: ui.TagGreen}
	case publication.WithdrawnNow:
		return ui.TagOptions{Text: "Withdrawn", Colour: ui.TagRed}
	}
	return ui.TagOptions{Text: fmt.Sprintf("%d of 2 approvals", len(r.Approvals())), Colour: ui.TagYellow}
}
