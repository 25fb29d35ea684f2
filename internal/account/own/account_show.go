package own

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type accountShowView struct {
	ui.Page
	Facts    []ui.SummaryRow
	Wrong    string // what to do when the name or address is wrong
	Ways     []ui.SummaryRow
	Sessions []sessionLine

	Directories string // where directory accounts are connected; empty where there are no directories
}

type sessionLine struct {
	ID, Device, Where, Since, Came, Seen string
	Here                                 bool // the one that shows the page
}

// show is what the person signed in is here, how they sign in, and where they
// are signed in.
func (p *pages) show(w http.ResponseWriter, r *web.Request) error {
	here, _, err := p.account.Session(r.Context(), account.SessionToken(r.Request, p.account))
	if err != nil {
		return err
	}
	all, err := p.account.Sessions(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	has, err := p.factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := accountShowView{Page: r.Page("Your account"), Wrong: wrongDetails(here.Role), Ways: p.ways(has)}
	v.Facts = []ui.SummaryRow{
		{Key: "Name", Text: here.Person.Full()},
		{Key: "E-mail address", Text: here.Person.Email},
		{Key: "Working as", Text: here.Role.String() + ", " + here.OrgName},
	}
	if here.Roles > 1 {
		v.Facts[2].Actions = []ui.Link{{Text: "Change", Href: paths.Roles(), Hidden: "role"}}
	}
	if len(p.account.Settings().Directories) > 0 {
		v.Directories = paths.AccountDirectories()
	}
	for _, s := range all {
		v.Sessions = append(v.Sessions, sessionLine{ID: s.ID, Device: s.Device, Where: s.Role.String() + ", " + s.OrgName,
			Since: web.Moment(s.MadeAt), Came: "With " + account.Came(s.How, s.Also), Seen: web.Moment(s.LastSeenAt), Here: s.ID == here.ID})
	}
	return r.Render(w, accountShowPage(v))
}

// ways is what the person can show, each with where to change it.
func (p *pages) ways(h factor.Held) []ui.SummaryRow {
	var rows []ui.SummaryRow
	if p.factors.HasPasskeys() {
		row := ui.SummaryRow{Key: "Passkeys", Text: "None yet", Actions: []ui.Link{{Text: "Add", Href: paths.PasskeyNew(), Hidden: "a passkey"}}}
		if len(h.Passkeys) > 0 {
			row.Text, row.Value = "", passkeyLinks(h.Passkeys)
		}
		rows = append(rows, row)
	}
	app := ui.SummaryRow{Key: "Authenticator app", Text: "Not set up", Actions: []ui.Link{{Text: "Set up", Href: paths.AppStart(), Hidden: "an authenticator app"}}}
	if !h.App.IsZero() {
		app.Text = "Set up on " + day(h.App) + ". A code is asked for after a link or a password"
		app.Actions = []ui.Link{{Text: "Change", Href: paths.AppStart(), Hidden: "authenticator app"}}
	}
	printed := ui.SummaryRow{Key: "Printed codes", Text: "None", Actions: []ui.Link{{Text: "Print", Href: paths.PrintedCodes(), Hidden: "codes for the day on which your device is lost"}}}
	if !h.PrintedAt.IsZero() {
		printed.Text = strconv.Itoa(h.Printed) + " left of those made on " + day(h.PrintedAt)
		printed.Actions = []ui.Link{{Text: "Change", Href: paths.PrintedCodes(), Hidden: "printed codes"}}
	}
	rows = append(rows, app, printed)
	if p.factors.HasPasswords() {
		row := ui.SummaryRow{Key: "Password", Text: "None", Actions: []ui.Link{{Text: "Set", Href: paths.Password(), Hidden: "a password"}}}
		if !h.Password.IsZero() {
			row.Text = "Set on " + day(h.Password)
			row.Actions = []ui.Link{{Text: "Change", Href: paths.Password(), Hidden: "password"}}
		}
		rows = append(rows, row)
	}
	return rows
}

func day(at asye.Instant) string { return clock.DateOf(at).String() }

// wrongDetails says who can put a name or an address right.
func wrongDetails(role asye.Role) string {
	switch role {
	case asye.NQSW:
		return "If your name or address is wrong, you can change it under My details."
	case asye.Coordinator, asye.Director:
		return "If your name or address is wrong, ask an administrator of your organisation to change it. Get help with this page, below, says who they are."
	case asye.Administrator:
		return "If your name or address is wrong, you can change it yourself, on your page under People."
	}
	return "If your name or address is wrong, ask an administrator of the national body to change it."
}

// endSession signs the person out on one device.
func (p *pages) endSession(w http.ResponseWriter, r *web.Request) error {
	if err := p.account.EndSession(r.Context(), r.Scope, r.Value("session")); err != nil {
		return err
	}
	return r.Say(w, paths.Account(), "Signed out", "That device can no longer be used without signing in again.")
}

// signOutEverywhere ends the sessions of every browser.
func (p *pages) signOutEverywhere(w http.ResponseWriter, r *web.Request) error {
	if err := p.account.SignOutEverywhere(r.Context(), r.Scope); err != nil {
		return err
	}
	account.LetOut(w, p.account)
	return r.SeeOther(w, paths.SignedOut())
}

func (s sessionLine) title() string {
	if s.Here {
		return s.Device + " (this device)"
	}
	return s.Device
}

// changed gives the browser the renewed session and says what was done.
func (p *pages) changed(w http.ResponseWriter, r *web.Request, started account.Started, heading, text string) error {
	account.LetIn(w, p.account, started)
	return r.Say(w, paths.Account(), heading, text)
}

func (p *pages) token(r *web.Request) string { return account.SessionToken(r.Request, p.account) }

func backToAccount() *ui.Link { return &ui.Link{Text: "Your account", Href: paths.Account()} }
