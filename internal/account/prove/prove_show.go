package prove

import (
	"net/http"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type proveView struct {
	ui.Page
	Choice  choice
	Minutes int // how long a proof counts
}

// proveBegin asks the browser of the person at work for a passkey.
func (p *pages) proveBegin(w http.ResponseWriter, r *web.Request) error {
	asked, err := p.Factors.AskProof(r.Context(), r.Scope)
	return r.Ask(w, asked.ID, asked.Options, err)
}
