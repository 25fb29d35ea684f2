package releases

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/stat/disclosure"
)

// workNewView is what a release is to hold.
type workNewView struct {
	ui.Page
	Programmes []programme.Programme
	Programme  string
	Have       []asye.Cohort
	Typed      publication.Plan
	Cohorts    []string
}

// workNew prepares a release. The programme is chosen first, because its cohorts
// are what can be ticked.
func (p *pages) workNew(w http.ResponseWriter, r *web.Request) error {
	v := workNewView{Page: r.Page("Prepare a release"), Programmes: p.programmes, Programme: r.Value("programme")}
	v.Back = &ui.Link{Text: "Back to releases", Href: paths.Publication()}
	if p.named(v.Programme) == v.Programme {
		v.Programme = equality.ChildAndFamily
	}
	var err error
	if v.Have, err = p.store.Cohorts(r.Context(), r.Scope, v.Programme); err != nil {
		return err
	}
	if !r.Posted() {
		v.Typed.Method = disclosure.TenFive
		return r.Render(w, workNewPage(v))
	}
	v.Cohorts = r.Form["cohorts"]
	v.Typed = publication.Plan{Title: r.Value("title"), Period: r.Value("period"), Programme: v.Programme, Tables: r.Form["tables"],
		Method: disclosure.Method(r.Value("method"))}
	if v.Typed.Cohorts, err = equality.ReadCohorts(v.Cohorts); err != nil {
		return err
	}
	id, err := p.store.Prepare(r.Context(), r.Scope, v.Typed)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, workNewPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.PublicationCheck(id), "The release is prepared", "Two different people now look at it and approve it. Nothing is published yet.")
}

func (v workNewView) cohorts() []ui.Choice {
	var out []ui.Choice
	for _, c := range v.Have {
		out = append(out, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return out
}

func (v workNewView) tables() []ui.Choice {
	var out []ui.Choice
	for _, k := range publication.Kinds() {
		out = append(out, ui.Choice{Value: k.Key, Text: "By " + lower(k.Name)})
	}
	return out
}

func (v workNewView) methods() []ui.Choice {
	var out []ui.Choice
	for _, m := range publication.Methods() {
		out = append(out, ui.Choice{Value: string(m), Text: publication.MethodName(m), Hint: publication.MethodSaid(m)})
	}
	return out
}
