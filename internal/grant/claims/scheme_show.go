package claims

import (
	"net/http"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// schemeShowView is one scheme: its rules with what they rest on, the columns of
// the funder's file, and for an employer what it has shown of the conditions.
type schemeShowView struct {
	ui.Page
	Scheme      grant.Scheme
	Said        []grant.Confirmation
	Documents   []claim.Document
	National    bool
	Coordinator bool
}

// schemeShow serves one scheme.
func (p *pages) schemeShow(w http.ResponseWriter, r *web.Request) error {
	s, ok := p.due.Book().Get(r.PathValue("key"))
	if !ok {
		return grant.ErrNoScheme(r.PathValue("key"))
	}
	v := schemeShowView{Page: r.Page(s.Name), Scheme: s, National: r.Scope.Role() == asye.National, Coordinator: isCoordinator(r)}
	v.Back, v.Wide = &ui.Link{Text: "Back to the rules of grants", Href: paths.GrantSchemes()}, true
	var err error
	if v.Said, err = p.due.Confirmations(r.Context(), r.Scope, s.Key); err != nil {
		return err
	}
	if !v.National && len(s.Conditions) > 0 {
		if v.Documents, err = p.claims.Documents(r.Context(), r.Scope, s.Key); err != nil {
			return err
		}
	}
	return r.Render(w, schemeShowPage(v))
}

func (v schemeShowView) rules() ui.TableOptions {
	t := ui.TableOptions{Caption: "Rules, and what they rest on", CaptionSize: "m", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Rule"}, {Text: "In words"}, {Text: "Rests on"}}}
	for _, r := range v.Scheme.Rules() {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(r.Title), ui.Text(r.Text), ui.Part(schemeBasis(v, r))})
	}
	return t
}

// source is the document that a rule rests on; false where it is assumed.
func (v schemeShowView) source(r grant.Rule) (grant.SourceNote, bool) {
	at := slices.IndexFunc(v.Scheme.Sources, func(s grant.SourceNote) bool { return s.Tag == r.Basis.Source })
	if at < 0 || r.Basis.Assumed {
		return grant.SourceNote{}, false
	}
	return v.Scheme.Sources[at], true
}

func (v schemeShowView) confirmed(r grant.Rule) (grant.Confirmation, bool) {
	return confirmation(r, v.Said)
}

// newest is the document that shows a condition is met; false where there is none.
func (v schemeShowView) newest(condition string) (claim.Document, bool) {
	at := slices.IndexFunc(v.Documents, func(d claim.Document) bool { return d.Condition == condition })
	if at < 0 {
		return claim.Document{}, false
	}
	return v.Documents[at], true
}

// open is how many rules rest on nothing yet.
func (v schemeShowView) open() int { return len(unconfirmed(v.Scheme, v.Said)) }
