package account

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type accountShowView struct {
	ui.Page
	Facts    []ui.SummaryRow
	Wrong    string // what to do when the name or address is wrong
	Sessions []sessionLine

	Directories string // where directory accounts are connected; empty where there are no directories
}

type sessionLine struct {
	ID, Device, Where, Since, Seen string
	Here                           bool // the one that shows the page
}

// account shows the person signed in who they are here, and where they are
// signed in.
func (p *pages) account(w http.ResponseWriter, r *web.Request) error {
	here, _, err := p.store.Session(r.Context(), sessionToken(r.Request, p.store.settings))
	if err != nil {
		return err
	}
	all, err := p.store.Sessions(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := accountShowView{Page: r.Page("Your account"), Wrong: wrongDetails(here.Role)}
	v.Facts = []ui.SummaryRow{
		{Key: "Name", Text: here.Person.Full()},
		{Key: "E-mail address", Text: here.Person.Email},
		{Key: "Working as", Text: here.Role.String() + ", " + here.OrgName},
	}
	if here.Roles > 1 {
		v.Facts[2].Actions = []ui.Link{{Text: "Change", Href: paths.Roles(), Hidden: "role"}}
	}
	if len(p.store.settings.Directories) > 0 {
		v.Directories = paths.AccountDirectories()
	}
	for _, s := range all {
		v.Sessions = append(v.Sessions, sessionLine{ID: s.ID, Device: s.Device, Where: s.Role.String() + ", " + s.OrgName,
			Since: web.Moment(s.MadeAt), Seen: web.Moment(s.LastSeenAt), Here: s.ID == here.ID})
	}
	return r.Render(w, accountShowPage(v))
}

// wrongDetails says who can put a name or an address right.
func wrongDetails(role asye.Role) string {
	switch role {
	case asye.NQSW:
		return "If your name or address is wrong, you can change it under My details."
	case asye.Coordinator:
		return "If your name or address is wrong, ask an administrator of your organisation to change it. Get help with this page, below, says who they are."
	case asye.Administrator:
		return "If your name or address is wrong, you can change it yourself, on your page under People."
	}
	return "If your name or address is wrong, ask an administrator of the national body to change it."
}

// endSession signs the person out on one device.
func (p *pages) endSession(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.EndSession(r.Context(), r.Scope, r.Value("session")); err != nil {
		return err
	}
	return r.Say(w, paths.Account(), "Signed out", "That device can no longer be used without signing in again.")
}

func (s sessionLine) title() string {
	if s.Here {
		return s.Device + " (this device)"
	}
	return s.Device
}
