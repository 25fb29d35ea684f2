package provider

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type directoryListView struct {
	ui.Page
	Directories []ui.Link
	SignIn      string
}

// directoryList lists the organisations with whose directories people sign in.
func (p *pages) directoryList(w http.ResponseWriter, r *web.Request) error {
	next := account.LocalPath(r.Value("next"))
	if r.Scope.IsSignedIn() {
		return r.SeeOther(w, next)
	}
	v := directoryListView{Page: r.Page("Sign in with your organisation"), SignIn: paths.SignInTo(next)}
	v.Back = &ui.Link{Text: "Sign in", Href: v.SignIn}
	for _, d := range p.store.directories {
		v.Directories = append(v.Directories, ui.Link{Text: d.Name, Href: paths.DirectoryTo(d.Key, next)})
	}
	return r.Render(w, directoryListPage(v))
}
