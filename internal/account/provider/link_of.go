package provider

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type linkOfView struct {
	ui.Page
	Person account.Person
	Links  []Link
}

// linkOf shows an administrator which directory accounts are a person's.
func (p *pages) linkOf(w http.ResponseWriter, r *web.Request) error {
	person, list, err := p.store.LinksOf(r.Context(), r.Scope, personOf(r))
	if err != nil {
		return err
	}
	v := linkOfView{Page: r.Page("Organisation’s sign-in: " + person.Full()), Person: person, Links: list}
	v.Back = &ui.Link{Text: person.Full(), Href: paths.AdminPerson(person.ID)}
	return r.Render(w, linkOfPage(v))
}

// disconnectOf takes an account away from a person.
func (p *pages) disconnectOf(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.DisconnectOf(r.Context(), r.Scope, personOf(r), r.Value("link")); err != nil {
		return err
	}
	return r.Say(w, paths.AdminPersonDirectories(personOf(r)), "The account is disconnected",
		"Nobody can sign in with it as this person any more. Sessions that are running go on: disable the person to end them.")
}
