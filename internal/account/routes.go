package account

import (
	"net/http"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

var everyone = access.Door.ForEveryone()

// Deps is what the pages need that this capability does not have.
type Deps struct {
	Ways []SignIn // other ways to sign in than by a link
}

// SignIn draws one way to sign in on the sign-in page, with the token for its
// form and where the person wants to go.
type SignIn func(token, next string) templ.Component

type pages struct {
	store *Store
	Deps
}

// Mount puts the pages of signing in by a link on the mux. Those of one's own
// account are in the package own, other ways to sign in in prove, and those of
// administrators in admin.
func Mount(m *web.Mux, s *Store, d Deps) {
	p := &pages{s, d}
	m.Form(paths.SignIn(), everyone, web.Plain, web.Passing, p.signIn)
	m.Page(paths.SignInSent(), everyone, web.Plain, p.signInSent)
	m.Form(paths.SignInLink(), everyone, web.Plain, web.Once, p.signInLink)
}

// Identify tells who is at the other end of a request, from its cookie. nav is
// the sections of each role; of an administrator's, those of the whole service
// are left out where they are not theirs.
func Identify(s *Store, nav map[asye.Role][]ui.NavItem) web.Identify {
	return func(r *http.Request) (web.Visitor, error) {
		one, found, err := s.Session(r.Context(), SessionToken(r, s))
		if err != nil {
			return web.Visitor{}, err
		}
		if !found {
			key, err := s.siteKey(r.Context())
			return web.Visitor{Scope: tenant.Nobody(), FormKey: veiled(key, "visitor")}, err
		}
		v := web.Visitor{
			Scope: tenant.SignedIn(one.Person.ID, one.Org, one.Role),
			Name:  one.Person.Known(), Org: one.OrgName, CanSwitch: one.Roles > 1,
			FormKey: one.FormKey, Nav: within(nav[one.Role], one.Reach), Until: one.until(s.settings.Idle),
			Fresh: s.db.Clock().Now().Before(one.ProvedAt.Add(s.settings.StepUp)),
		}
		if s.settings.NeedsSecond(one.Role) && !one.IsStrong() {
			v.First = paths.SecondNeeded()
		}
		return v, nil
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

// halfName is the cookie of a sign-in that waits for its second step.
func halfName(s Settings) string {
	if s.Secure {
		return "__Host-asye_half"
	}
	return "asye_half"
}

// SessionToken is the secret of the session that a request comes with.
func SessionToken(r *http.Request, s *Store) string { return cookie(r, cookieName(s.settings)) }

// HalfToken is the secret of the sign-in that waits for its second step.
func HalfToken(r *http.Request, s *Store) string { return cookie(r, halfName(s.settings)) }

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// Welcome gives the browser the session that has begun, in place of the one that
// it had before, and leads to where its person wanted to go; or to their second
// step, which knows where they wanted to go from their [Entry].
func Welcome(w http.ResponseWriter, r *web.Request, s *Store, started Started, next string) error {
	if started.Half {
		setCookie(w, s, halfName(s.settings), started)
		return r.SeeOther(w, paths.SecondStep())
	}
	if err := s.supersede(r.Context(), SessionToken(r.Request, s)); err != nil {
		return err
	}
	LetIn(w, s, started)
	return r.SeeOther(w, LocalPath(next))
}

// LetIn gives the browser a session.
func LetIn(w http.ResponseWriter, s *Store, started Started) {
	setCookie(w, s, cookieName(s.settings), started)
	clearCookie(w, s, halfName(s.settings))
}

// Adopt gives the browser a session that has been renewed while it is at work in
// it, and lets the rest of this request work in it too.
func Adopt(w http.ResponseWriter, r *web.Request, s *Store, started Started) {
	LetIn(w, s, started)
	held := r.Cookies()
	r.Header.Del("Cookie")
	for _, c := range held {
		if c.Name != cookieName(s.settings) {
			r.AddCookie(c)
		}
	}
	r.AddCookie(&http.Cookie{Name: cookieName(s.settings), Value: started.Token})
}

// setCookie tells how long a secret lasts as a length of time, because the clock
// of the browser may be wrong.
func setCookie(w http.ResponseWriter, s *Store, name string, started Started) {
	lasts := started.Until.Time().Sub(s.db.Clock().Now().Time())
	http.SetCookie(w, &http.Cookie{Name: name, Value: started.Token, Path: "/", MaxAge: int(lasts.Seconds()),
		HttpOnly: true, Secure: s.settings.Secure, SameSite: http.SameSiteLaxMode})
}

func clearCookie(w http.ResponseWriter, s *Store, name string) {
	http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.settings.Secure, SameSite: http.SameSiteLaxMode})
}

// LetOut takes the session out of the browser, with what it kept of the pages,
// so that nobody comes back to them with the back button. Other services of the
// same organisation keep their cookies: asking for "cookies" to be cleared
// would take those too.
func LetOut(w http.ResponseWriter, s *Store) {
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	clearCookie(w, s, cookieName(s.settings))
}
