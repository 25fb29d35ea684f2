package account

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signInSentView struct {
	ui.Page
	Minutes string
	Sends   bool // there is a mail server
}

// signInSent says where to look for the link.
func (p *pages) signInSent(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, signInSentPage(signInSentView{Page: r.Page("Check your e-mail"),
		Minutes: strconv.Itoa(int(p.store.settings.LinkLife.Minutes())), Sends: p.store.SendsMail()}))
}
