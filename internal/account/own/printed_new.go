package own

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type printedView struct {
	ui.Page
	Codes []string // shown once
	State string   // what there is already
	Made  string
	Who   string
}

// next leads on after a second step was set up: to codes for the day on which the
// device is lost, where there are none.
func (p *pages) next(w http.ResponseWriter, r *web.Request, started account.Started) error {
	h, err := p.factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	account.LetIn(w, p.account, started)
	if h.Printed > 0 {
		return r.Say(w, paths.Account(), "Your app is set up", "From now on you are asked for a code after a link or a password.")
	}
	return r.Say(w, paths.PrintedCodes(), "Your app is set up", "One thing more: print codes for the day on which you do not have it with you.")
}

// printedNew makes codes to print. They are on the page that comes of it, and
// nowhere else: opened again, it shows none.
func (p *pages) printedNew(w http.ResponseWriter, r *web.Request) error {
	h, err := p.factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := printedView{Page: r.Page("Printed codes"), State: "You have none yet."}
	v.Back = backToAccount()
	if !h.PrintedAt.IsZero() {
		v.State = "You have " + strconv.Itoa(h.Printed) + " left of those that you made on " + day(h.PrintedAt) + ". When you make new ones, those no longer work."
	}
	if !r.Posted() {
		return r.Render(w, printedPage(v))
	}
	codes, started, err := p.factors.PrintCodes(r.Context(), r.Scope, p.token(r))
	if err != nil {
		return err
	}
	account.LetIn(w, p.account, started)
	v.Codes, v.Made, v.Who = codes, r.Today.String(), r.Visitor.Name
	v.Title = "Print these codes"
	return r.Render(w, printedNewPage(v))
}
