package provider

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type linkListView struct {
	ui.Page
	Links []Link
	More  []ui.Link // directories of which none is connected
}

// linkList shows the person signed in which directory accounts are theirs.
func (p *pages) linkList(w http.ResponseWriter, r *web.Request) error {
	list, err := p.store.Links(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := linkListView{Page: r.Page("Your organisation’s sign-in"), Links: list}
	v.Back = &ui.Link{Text: "Your account", Href: paths.Account()}
	connected := map[string]bool{}
	for _, l := range list {
		connected[l.Issuer] = true
	}
	for _, d := range p.store.directories {
		if !connected[d.Issuer] {
			v.More = append(v.More, ui.Link{Text: d.Name, Href: paths.AccountConnecting(d.Key)})
		}
	}
	return r.Render(w, linkListPage(v))
}

// disconnect takes an account away from the person signed in.
func (p *pages) disconnect(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.Disconnect(r.Context(), r.Scope, r.Value("link")); err != nil {
		return err
	}
	return r.Say(w, paths.AccountDirectories(), "The account is disconnected", "Nobody can sign in as you with it any more.")
}

// connect connects the account whose holder has shown it and said yes.
func (p *pages) connect(w http.ResponseWriter, r *web.Request) error {
	text, err := p.signed(r, "offer", r.Value("offer"))
	if err != nil {
		return err
	}
	o := unpack[offer](text)
	if o.For != r.Scope.Person() || isPast(o.Ends, r.Now) {
		return fault.New(fault.Forbidden, "This was shown too long ago, or to somebody else. Open Your account and connect the account once more")
	}
	if err := p.store.Connect(r.Context(), r.Scope, o.Proof); err != nil {
		return err
	}
	return r.Say(w, paths.AccountDirectories(), "The account is connected", "From now on you can sign in with it.")
}

func (l Link) facts() []ui.SummaryRow {
	used := "Not yet"
	if !l.LastUsed.IsZero() {
		used = web.Moment(l.LastUsed)
	}
	how := "By its e-mail address"
	if l.ByPerson {
		how = "On the page of the account’s owner here"
	}
	return []ui.SummaryRow{{Key: "Account", Text: l.Shown}, {Key: "Connected", Text: web.Moment(l.At)}, {Key: "How", Text: how},
		{Key: "Last used", Text: used}}
}
