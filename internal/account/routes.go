package account

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

var (
	everyone = policy.Everyone()
	signedIn = policy.SignedIn()
)

// Deps is what the pages need that this capability does not have.
type Deps struct {
	AddFirst AddFirst // puts the first administrator's organisation on record
}

type pages struct {
	store *Store
	Deps
}

// Mount puts the pages that are for everybody on the mux; those of
// administrators are in the package admin.
func Mount(m *web.Mux, s *Store, d Deps) {
	p := &pages{s, d}
	m.Form(paths.SignIn(), everyone, web.Plain, web.Passing, p.signIn)
	m.Page(paths.SignInSent(), everyone, web.Plain, p.signInSent)
	m.Form(paths.SignInLink(), everyone, web.Plain, web.Once, p.signInLink)
	m.Act(paths.SignOut(), everyone, web.Passing, p.signOut)
	m.Page(paths.SignedOut(), everyone, web.Plain, p.signedOut)
	m.Form(paths.Setup(), everyone, web.Plain, web.Once, p.setup)

	m.Form(paths.Roles(), signedIn, web.Plain, web.Once, p.roles)
	m.Page(paths.Account(), signedIn, web.Plain, p.account)
	m.Act(paths.EndSession(), signedIn, web.Once, p.endSession)
	m.Act(paths.SignOutEvery(), signedIn, web.Once, p.signOutEverywhere)
}

// Identify tells who is at the other end of a request, from its cookie. nav is
// the sections of each role; of an administrator's, those of the whole service
// are left out where they are not theirs.
func Identify(s *Store, nav map[asye.Role][]ui.NavItem) web.Identify {
	return func(r *http.Request) (web.Visitor, error) {
		one, found, err := s.Session(r.Context(), sessionToken(r, s.settings))
		if err != nil {
			return web.Visitor{}, err
		}
		if !found {
			key, err := s.siteKey(r.Context())
			return web.Visitor{Scope: tenant.Nobody(), FormKey: veiled(key, "visitor")}, err
		}
		return web.Visitor{
			Scope: tenant.SignedIn(one.Person.ID, one.Org, one.Role),
			Name:  one.Person.Known(), Org: one.OrgName, CanSwitch: one.Roles > 1,
			FormKey: one.FormKey, Nav: within(nav[one.Role], one.Reach),
		}, nil
	}
}

// within leaves out the sections that only the whole service's administrators
// may open.
func within(nav []ui.NavItem, reach Reach) []ui.NavItem {
	if reach == WholeService {
		return nav
	}
	var out []ui.NavItem
	for _, item := range nav {
		switch item.Href {
		case paths.AdminOutbox(), paths.AdminJobs(), paths.AdminBackups(), paths.AdminSettings(), paths.RetentionDue():
		default:
			out = append(out, item)
		}
	}
	return out
}

// cookieName has the prefix that makes browsers refuse the cookie over plain
// HTTP, from another host, or for part of the site.
func cookieName(s Settings) string {
	if s.Secure {
		return "__Host-asye_session"
	}
	return "asye_session"
}

func sessionToken(r *http.Request, s Settings) string {
	c, err := r.Cookie(cookieName(s))
	if err != nil {
		return ""
	}
	return c.Value
}

// letIn gives the browser its session. How long it lasts is told as a length
// of time, because the clock of the browser may be wrong.
func (p *pages) letIn(w http.ResponseWriter, started Started) {
	s := p.store.settings
	lasts := started.Until.Time().Sub(p.store.db.Clock().Now().Time())
	http.SetCookie(w, &http.Cookie{Name: cookieName(s), Value: started.Token, Path: "/", MaxAge: int(lasts.Seconds()),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

// Welcome gives the browser the session that has begun, in place of the one that
// it had before, and leads to where its person wanted to go.
func Welcome(w http.ResponseWriter, r *web.Request, s *Store, started Started, next string) error {
	if old := sessionToken(r.Request, s.settings); old != "" {
		if err := s.SignOut(r.Context(), old); err != nil {
			return err
		}
	}
	(&pages{store: s}).letIn(w, started)
	return r.SeeOther(w, LocalPath(next))
}

// letOut takes the session out of the browser, with what it kept of the pages,
// so that nobody comes back to them with the back button. Other services of the
// same organisation keep their cookies: asking for "cookies" to be cleared
// would take those too.
func (p *pages) letOut(w http.ResponseWriter) {
	s := p.store.settings
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.SetCookie(w, &http.Cookie{Name: cookieName(s), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}
