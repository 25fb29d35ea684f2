package setup

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type setupView struct {
	ui.Page
	Typed   account.SetUp
	Types   []ui.Choice
	Regions []ui.Choice
}

// setup makes the first administrator. Once there has been one, there is no
// such page.
func (p *pages) setupNew(w http.ResponseWriter, r *web.Request) error {
	needed, err := p.store.NeedsSetUp(r.Context())
	if err != nil {
		return err
	}
	if !needed && !r.Posted() {
		return fault.New(fault.NotFound, "This service has been set up already")
	}
	v := newSetupView(r)
	if !r.Posted() {
		return r.Render(w, setupPage(v))
	}
	started, err := p.store.SetUp(r.Context(), r.Scope.Form(), v.Typed, p.add)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, setupPage(v))
	}
	if err != nil {
		return err
	}
	account.LetIn(w, p.store, started)
	return r.Say(w, paths.AdminPeople(), "The service is set up", "You are its first administrator. Add the people who will work here next.")
}

func newSetupView(r *web.Request) setupView {
	v := setupView{Page: r.Page("Set up this service")}
	v.Typed = account.SetUp{
		Code: r.Value("setup_code"),
		Org: account.FirstOrganisation{Name: r.Value("name"), Type: asye.EmployerType(r.Value("type")),
			Code: r.Value("code"), Region: r.Value("region")},
		Who:    asye.Identity{GivenName: r.Value("given_name"), FamilyName: r.Value("family_name"), Email: r.Value("email")},
		Device: web.Device(r.UserAgent()),
	}
	v.Types = []ui.Choice{{Value: string(asye.NationalBody), Text: asye.NationalBody.String()}}
	for _, t := range asye.EmployerTypes() {
		v.Types = append(v.Types, ui.Choice{Value: string(t), Text: t.String()})
	}
	v.Regions = []ui.Choice{{Value: "", Text: "None: it works in several"}}
	for _, region := range asye.Regions() {
		v.Regions = append(v.Regions, ui.Choice{Value: region, Text: region})
	}
	return v
}
