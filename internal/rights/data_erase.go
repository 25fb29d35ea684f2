package rights

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type dataEraseView struct {
	ui.Page
	ID     asye.PersonID
	Name   string
	Rows   int
	Reason string
	Typed  string // the name, to confirm
}

// dataErase asks for the reason and the name, and erases the person.
func (p *pages) dataErase(w http.ResponseWriter, r *web.Request) error {
	d, err := p.decideView(r)
	if err != nil {
		return err
	}
	if d.Wait != "" && !r.Posted() {
		return fault.New(fault.Conflict, "%s", d.Wait[:len(d.Wait)-1])
	}
	v := dataEraseView{Page: r.Page("Erase " + d.Standing.Name), ID: d.ID, Name: d.Standing.Name,
		Reason: r.Value("reason"), Typed: r.Value("name")}
	v.Back = &ui.Link{Text: "Data held about " + v.Name, Href: paths.PersonData(v.ID)}
	for _, s := range d.Copy.Sections {
		v.Rows += len(s.Rows)
	}
	if !r.Posted() {
		return r.Render(w, dataErasePage(v))
	}
	v.Problems = fault.ProblemsOf(CheckReason("reason", v.Reason))
	v.Problems.If(asye.Fold(v.Typed) != asye.Fold(v.Name), "name", "Enter the name as it stands above, to confirm whom you erase")
	if v.Problems != nil {
		return r.Refuse(w, dataErasePage(v))
	}
	if _, err := p.store.Erase(r.Context(), r.Scope, v.ID, Asked, v.Reason); err != nil {
		return err
	}
	return r.Say(w, paths.AdminPeople(), "The person has been erased", "What is left names nobody.")
}

func (v dataEraseView) held() string { return count(v.Rows) }
