package claims

import (
	"fmt"
	"net/http"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// schemeListView is every scheme.
type schemeListView struct {
	ui.Page
	Sections ui.SubNavigationOptions
	Schemes  []grant.Scheme
	open     map[string]int // how many rules of each rest on nothing yet
}

// schemeList lists the schemes with what is assumed of each.
func (p *pages) schemeList(w http.ResponseWriter, r *web.Request) error {
	v := schemeListView{Page: r.Page("Rules of grants"), Sections: sections(r), Schemes: p.due.Book().Schemes(), open: map[string]int{}}
	v.Wide = true
	for _, s := range v.Schemes {
		said, err := p.due.Confirmations(r.Context(), r.Scope, s.Key)
		if err != nil {
			return err
		}
		v.open[s.Key] = len(unconfirmed(s, said))
	}
	return r.Render(w, schemeListPage(v))
}

// unconfirmed are the rules of a scheme that are assumed and that nobody has
// confirmed in the words that they have now (GRA-15).
func unconfirmed(s grant.Scheme, said []grant.Confirmation) []grant.Rule {
	return slices.DeleteFunc(s.Assumed(), func(r grant.Rule) bool {
		_, ok := confirmation(r, said)
		return ok
	})
}

// confirmation is how a rule was confirmed in the words that it has now.
func confirmation(r grant.Rule, said []grant.Confirmation) (grant.Confirmation, bool) {
	at := slices.IndexFunc(said, func(c grant.Confirmation) bool { return c.Rule == r.Key && c.Said == r.Text })
	if at < 0 {
		return grant.Confirmation{}, false
	}
	return said[at], true
}

func (v schemeListView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Schemes", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Scheme"}, {Text: "Funder"}, {Text: "Pays for what falls on"}, {Text: "Last deadline"}, {Text: "Assumed"}}}
	for _, s := range v.Schemes {
		assumed := "Nothing"
		if n := v.open[s.Key]; n > 0 {
			assumed = fmt.Sprintf("%s, not confirmed", some(n, "rule"))
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.LinkTo(s.Name, paths.GrantScheme(s.Key)), ui.Text(s.Funder.Name),
			ui.Text(s.Window.FirstDay.Short() + " to " + s.Window.LastDay.Short()), ui.Text(s.Deadlines[len(s.Deadlines)-1].String()), ui.Text(assumed)})
	}
	return t
}
