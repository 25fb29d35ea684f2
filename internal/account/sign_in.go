package account

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

type signInView struct {
	ui.Page
	Email       string
	Next        string
	Directories []ui.Link // with which the visitor can sign in instead
	Ways        []templ.Component
}

// fewDirectories are as many as have a button each. Where there are more, one
// button leads to a list.
const fewDirectories = 3

// signIn asks for an e-mail address and says the same whoever's it is.
func (p *pages) signIn(w http.ResponseWriter, r *web.Request) error {
	v := signInView{Page: r.Page("Sign in"), Email: r.Value("email"), Next: LocalPath(r.Value("next"))}
	v.Directories = directoryLinks(p.store.settings.Directories, v.Next)
	for _, way := range p.Ways {
		v.Ways = append(v.Ways, way(v.Form, v.Next))
	}
	if !r.Posted() {
		if r.Scope.IsSignedIn() {
			return r.SeeOther(w, v.Next)
		}
		return r.Render(w, signInPage(v))
	}
	if !IsAddress(v.Email) {
		v.Problems.If(v.Email == "", "email", "Enter your e-mail address")
		v.Problems.If(v.Email != "", "email", "Enter an e-mail address in the correct format, like name@example.gov.uk")
		return r.Refuse(w, signInPage(v))
	}
	err := p.store.AskForLink(r.Context(), Asked{Email: v.Email, Client: web.Network(r.Request, web.Proxy(p.store.settings.BehindProxy)), Next: v.Next})
	if fault.KindOf(err) == fault.Invalid {
		v.Problems = fault.Problems{{Field: "email", Text: err.Error()}}
		return r.Refuse(w, signInPage(v))
	}
	if err != nil {
		return err
	}
	return r.SeeOther(w, paths.SignInSent())
}

// directoryLinks lead to the directories, or to the list of them.
func directoryLinks(all []Directory, next string) []ui.Link {
	if len(all) > fewDirectories {
		return []ui.Link{{Text: "Sign in with your organisation", Href: paths.DirectoryListTo(next)}}
	}
	var out []ui.Link
	for _, d := range all {
		out = append(out, ui.Link{Text: "Sign in with " + d.Name, Href: paths.DirectoryTo(d.Key, next)})
	}
	return out
}

// linkButton is the first button of the page where there is no other.
func (v signInView) linkButton() ui.ButtonKind {
	if len(v.Directories) > 0 {
		return ui.Secondary
	}
	return ui.Primary
}

// labelSize makes the field's label the heading of the page's only part, and no
// heading where there are two.
func (v signInView) labelSize() string {
	if len(v.Directories) > 0 {
		return "s"
	}
	return "m"
}
