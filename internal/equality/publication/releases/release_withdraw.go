package releases

import (
	"net/http"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// releaseWithdrawView asks why a release is withdrawn.
type releaseWithdrawView struct {
	ui.Page
	Release publication.Release
	Reason  string
}

// releaseWithdraw withdraws a release in which an error was found.
func (p *pages) releaseWithdraw(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	release, err := p.store.Public(r.Context(), r.Scope, id)
	if err != nil {
		return err
	}
	v := releaseWithdrawView{Page: r.Page("Withdraw a release"), Release: release, Reason: r.Value("reason")}
	v.Back = &ui.Link{Text: "Back to the release", Href: paths.PublicationCheck(id)}
	if !r.Posted() {
		return r.Render(w, releaseWithdrawPage(v))
	}
	err = p.store.Withdraw(r.Context(), r.Scope, id, v.Reason)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, releaseWithdrawPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.PublicationCheck(id), "The release is withdrawn", "Its page says so, and why.")
}
