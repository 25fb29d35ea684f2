package ui

import (
	"strconv"
	"time"

	"example.org/asye/internal/platform/fault"
)

// DefaultServiceName is shown where an operator has not named the service.
const DefaultServiceName = "asye"

// FormField is the name of the hidden field that carries a form's token.
const FormField = "_form"

// Page is what [Layout] needs to draw around a page's own content. The zero
// value is a usable page with no navigation.
type Page struct {
	Title       string         // what the page is, without "Error:" or the service name
	Problems    fault.Problems // what was wrong with the form, in the order of the page
	ServiceName string         // overrides Theme.ServiceName; DefaultServiceName when both are empty
	Home        string         // where the wordmark leads; "/" when empty
	Org         string         // the organisation being worked in, as people write it
	Person      string         // who is signed in
	Role        string         // the role they are working in
	Nav         []NavItem      // the main sections
	Account     []NavItem      // switch role, sign out
	Back        *Link          // shown instead of Breadcrumbs when given
	Breadcrumbs []Link         // from the home page to the page above this one
	Demo        bool           // the banner that says the data are invented
	NoIndex     bool           // asks search engines to leave the page out; Demo implies it
	Flash       *Notice        // what has just happened
	Form        string         // the form token, for the forms in Account
	Theme       Theme
	Wide        bool   // use the whole width: pages that are mostly a table
	Help        string // where "Get help with this page" leads; "/help" when empty
	Access      string // where the accessibility statement is; "/accessibility" when empty
	Privacy     string // where "Who can see what" leads; "/privacy" when empty
	Session     *SessionEnd
}

// SessionEnd says when whoever is signed in will be signed out, and how they can
// stay: the page states it, and where scripts run a notice comes up in time.
type SessionEnd struct {
	At     string        // the time of day: "3:12pm"
	Left   time.Duration // until then
	Extend string        // where the form that extends it is sent
}

func (s SessionEnd) seconds() string { return strconv.Itoa(int(s.Left.Seconds())) }

// NavItem is one entry of a navigation. Post makes it a button in a form, for
// anything that changes something, such as signing out.
type NavItem struct {
	Text    string
	Href    string
	Current bool
	Post    bool
}

// Link is text that leads somewhere. Hidden is added for people who hear the
// page, so that five links called "Change" can be told apart.
type Link struct {
	Text   string
	Href   string
	Hidden string
}

// NoticeKind says how a [Notice] is dressed.
type NoticeKind int

const (
	// Important is news that the person should read.
	Important NoticeKind = iota
	// Success is confirmation that what they asked for has been done.
	Success
)

// Notice is a banner above the page's content. ID is needed only where one page
// shows two of them.
type Notice struct {
	ID      string
	Kind    NoticeKind
	Heading string
	Text    string
	Link    *Link
}

func (n Notice) titleID() string { return firstOf(n.ID, "govuk-notification-banner-title") }

// DocumentTitle is the title in the browser's tab: "Error: " first when the
// form was refused, so that it is the first thing heard.
func (p Page) DocumentTitle() string {
	title := p.service()
	if p.Title != "" {
		title = p.Title + " - " + title
	}
	if len(p.Problems) > 0 {
		title = "Error: " + title
	}
	return title
}

func (p Page) service() string {
	return firstOf(p.ServiceName, p.Theme.ServiceName, DefaultServiceName)
}

func (p Page) footer() []Link {
	return []Link{
		{Text: "Get help with this page", Href: firstOf(p.Help, "/help")},
		{Text: "Who can see what", Href: firstOf(p.Privacy, "/privacy")},
		{Text: "Accessibility statement", Href: firstOf(p.Access, "/accessibility")},
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// joinWith joins the values that are not empty.
func joinWith(separator string, values ...string) string {
	joined := ""
	for _, v := range values {
		if v == "" {
			continue
		}
		if joined != "" {
			joined += separator
		}
		joined += v
	}
	return joined
}
