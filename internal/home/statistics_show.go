package home

import (
	"net/http"
	"sync"

	"example.org/asye/docs"
	"example.org/asye/internal/platform/prose"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statisticsView is everything statistics_show.templ may show.
type statisticsView struct {
	ui.Page
	Document prose.Document
}

// howFigures is docs/statistics.md, read once. A test reads it too, so that one
// that cannot be shown is never released.
var howFigures = sync.OnceValues(func() (prose.Document, error) { return prose.Read(docs.Statistics) })

// statisticsShow serves the page that says how figures are worked out. Pages of
// figures link to its parts.
func statisticsShow(w http.ResponseWriter, r *web.Request) error {
	document, err := howFigures()
	if err != nil {
		return err
	}
	return r.Render(w, statisticsShown(statisticsView{r.Page(document.Title), document}))
}
