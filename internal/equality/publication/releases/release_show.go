package releases

import (
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// releaseShowView is one release as readers see it.
type releaseShowView struct {
	ui.Page
	figures
	Release   publication.Release
	Programme string
}

// releaseShow shows a release to everybody.
func (p *pages) releaseShow(w http.ResponseWriter, r *web.Request) error {
	release, err := p.store.Public(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := releaseShowView{Page: r.Page(release.Content.Title), figures: figures{release.Content}, Release: release, Programme: p.named(release.Content.Programme)}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to published figures", Href: paths.Releases()}
	return r.Render(w, releaseShowPage(v))
}

// releaseFile serves the same as a file.
func (p *pages) releaseFile(w http.ResponseWriter, r *web.Request) error {
	release, err := p.store.Public(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fileName(release.Content)))
	return release.Content.WriteCSV(w)
}

func fileName(c publication.Content) string {
	parts := []string{"release", c.Programme}
	if n := len(c.Cohorts); n > 0 {
		parts = append(parts, c.Cohorts[0], "to", c.Cohorts[n-1])
	}
	return strings.Join(parts, "-") + ".csv"
}

func (v releaseShowView) facts() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Programme", Text: v.Programme},
		{Key: "Cohorts counted together", Text: cohorts(v.Release.Content.Cohorts)},
		{Key: "Reference period", Text: v.Release.Content.Period},
		{Key: "Published", Text: published(v.Release)},
		{Key: "How people are protected", Text: publication.MethodSaid(v.Release.Content.Method)},
	}
}
