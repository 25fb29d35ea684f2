package releases

import (
	"net/http"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// releaseListView is what was published.
type releaseListView struct {
	ui.Page
	Releases []publication.Release
	named    func(string) string
}

// releaseList lists what was published, for everybody.
func (p *pages) releaseList(w http.ResponseWriter, r *web.Request) error {
	v := releaseListView{Page: r.Page("Published figures"), named: p.named}
	var err error
	if v.Releases, err = p.store.Published(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Render(w, releaseListPage(v))
}

func (v releaseListView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Releases, the latest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Release"}, {Text: "Programme"}, {Text: "Cohorts"}, {Text: "Published"}}}
	for _, r := range v.Releases {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(r.Content.Title, paths.Release(r.ID)), ui.Text(v.named(r.Content.Programme)),
			ui.Text(cohorts(r.Content.Cohorts)), ui.Text(published(r))})
	}
	return o
}

// published says when a release was published, and whether it was withdrawn.
func published(r publication.Release) string {
	text := day(r.PublishedAt)
	if r.State == publication.WithdrawnNow {
		text += ", withdrawn on " + day(r.WithdrawnAt)
	}
	return text
}
