package own

import (
	"net/http"

	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type passkeyEditView struct {
	ui.Page
	Passkey factor.Passkey
	Facts   []ui.SummaryRow
	Name    string
}

// passkeyEdit shows one passkey, and calls it something else.
func (p *pages) passkeyEdit(w http.ResponseWriter, r *web.Request) error {
	k, err := p.factors.Passkey(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := passkeyEditView{Page: r.Page(k.Name), Passkey: k, Name: k.Name, Facts: []ui.SummaryRow{{Key: "Added", Text: web.Moment(k.MadeAt)},
		{Key: "Last used", Text: orNever(web.Moment(k.LastUsedAt))}}}
	v.Back = backToAccount()
	if !r.Posted() {
		return r.Render(w, passkeyEditPage(v))
	}
	v.Name = r.Value("name")
	err = p.factors.RenamePasskey(r.Context(), r.Scope, k.ID, v.Name)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, passkeyEditPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Account(), "Saved", "The passkey has its new name.")
}

func orNever(text string) string {
	if text == "" {
		return "Never"
	}
	return text
}

// passkeyRemove removes a passkey.
func (p *pages) passkeyRemove(w http.ResponseWriter, r *web.Request) error {
	started, err := p.factors.RemovePasskey(r.Context(), r.Scope, p.token(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return p.changed(w, r, started, "The passkey has been removed", "It can no longer be used here. You can delete it on your device too.")
}
