package provider

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type linkOfferView struct {
	ui.Page
	Directory Directory
	Shown     string
	Person    string
	Offer     string
}

// offer asks whether an account that has just been shown is to be connected.
// Without the question, whoever could sign the browser in at the directory as
// themselves could connect their own account to the person.
func (p *pages) offer(w http.ResponseWriter, r *web.Request, d Directory, proof Proof) error {
	text, err := pack(offer{Proof: proof, For: r.Scope.Person(), Ends: ends(r.Now)})
	if err != nil {
		return err
	}
	v := linkOfferView{Page: r.Page("Connect this account?"), Directory: d, Shown: proof.Shown, Person: r.Visitor.Name}
	v.Back = &ui.Link{Text: "Your organisation’s sign-in", Href: paths.AccountDirectories()}
	if v.Offer, err = p.sign(r, "offer", text); err != nil {
		return err
	}
	return r.Render(w, linkOfferPage(v))
}
