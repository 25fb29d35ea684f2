package home

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// startView is everything start.templ may show.
type startView struct{ ui.Page }

// start serves the page that says what the service is; whoever has signed in
// goes on to their own page.
func (p *pages) start(w http.ResponseWriter, r *web.Request) error {
	if r.Scope.IsSignedIn() {
		return r.SeeOther(w, paths.Home())
	}
	return r.Render(w, start(startView{r.Page("The assessed and supported year in employment")}))
}
