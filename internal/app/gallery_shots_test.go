package app

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// shot is one page in one state, as it was sent.
type shot struct {
	route   string
	state   string
	address string
	status  int
	header  http.Header
	body    string
}

// The states of a page. A page that is refused, stale or shut is so by its
// status; the others are told apart by what is on them and by who typed it.
const (
	filled   = "filled"
	empty    = "empty"     // what will be here one day, and is not yet
	many     = "many"      // more rows than one page has
	ended    = "read-only" // of a year that has ended, where nothing is left to do
	checked  = "checked"   // what a form will do, before it does it
	onward   = "onward"    // the next question of a form
	refused  = "refused"   // with what has to be mended: 422
	stale    = "stale"     // somebody else was quicker: 409
	shut     = "shut"      // it cannot be done now: 409
	denied   = "denied"    // 403
	unproven = "unproven"  // whoever decides has to show that it is them: 403
	missing  = "missing"   // 404
	failed   = "failed"    // 500
)

// photographer goes along with a tour and keeps every page in every state in
// which it comes by: the first that is empty, and the last of each other.
type photographer struct {
	mu     sync.Mutex
	long   bool   // what is typed is as long as it may be
	state  string // what the tour says of the next page, where that cannot be seen
	routes map[string]map[string]shot
}

func (p *photographer) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		if strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") && answer.Body.Len() > 0 && answer.Code != http.StatusSeeOther && r.Method != http.MethodHead {
			p.keep(r, answer)
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		io.Copy(w, answer.Body)
	})
}

func (p *photographer) keep(r *http.Request, answer *httptest.ResponseRecorder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := shot{route: routeOf(r, answer.Body.String()), address: r.URL.RequestURI(), status: answer.Code, header: answer.Header().Clone(), body: answer.Body.String()}
	s.state = p.stateOf(r, s)
	if p.routes[s.route] == nil {
		p.routes[s.route] = map[string]shot{}
	}
	if _, there := p.routes[s.route][s.state]; there && strings.HasPrefix(s.state, empty) {
		return
	}
	p.routes[s.route][s.state] = s
}

// routeOf is the address of a route; one that is not there stands for all. A
// step of a journey and the home page of a role are pages of their own.
func routeOf(r *http.Request, body string) string {
	_, path, ok := strings.Cut(r.Pattern, " ")
	switch {
	case !ok:
		return "(any other)"
	case strings.HasSuffix(path, "/{step}"):
		return strings.TrimSuffix(path, "{step}") + r.PathValue("step")
	case path == "/home" && strings.Contains(body, "asye-account__where"):
		_, role, _ := strings.Cut(body, `<span class="asye-account__where">`)
		role, _, _ = strings.Cut(role, ",")
		return path + " (" + role + ")"
	}
	return path
}

func (p *photographer) stateOf(r *http.Request, s shot) string {
	posted := r.Method == http.MethodPost
	state := filled
	switch {
	case s.status == http.StatusUnprocessableEntity:
		state = refused
	case s.status == http.StatusConflict && posted:
		state = stale
	case s.status == http.StatusConflict:
		state = shut
	case s.status == http.StatusForbidden && heading(s.body) == "Show that it is you":
		return unproven
	case s.status == http.StatusForbidden:
		return denied
	case s.status == http.StatusNotFound:
		return missing
	case s.status >= http.StatusInternalServerError:
		return failed
	case posted && strings.HasPrefix(heading(s.body), "Check "):
		state = checked
	case posted:
		state = onward
	case p.state != "":
		state = p.state
	case strings.Contains(s.body, `class="asye-empty"`):
		state = empty
	}
	if p.long && state != empty {
		state += ", long"
	}
	return state
}

var tags = regexp.MustCompile(`<span[^>]*>[^<]*</span>|<[^>]*>`)

// heading is the first heading of a page, without its caption.
func heading(body string) string {
	_, body, _ = strings.Cut(body, "<h1")
	body, _, _ = strings.Cut("<h1"+body, "</h1>")
	return strings.TrimSpace(tags.ReplaceAllString(body, " "))
}

// shots are all that were taken, by route and state.
func (p *photographer) shots() []shot {
	var out []shot
	for _, route := range slices.Sorted(maps.Keys(p.routes)) {
		for _, state := range slices.Sorted(maps.Keys(p.routes[route])) {
			out = append(out, p.routes[route][state])
		}
	}
	return out
}

// lengthily is a text as long as a field takes it, in words of which one is
// longer than a line.
func lengthily(text string, room int) string {
	const more = " Featherstonehaugh-Cholmondeley of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch and St Osyth,"
	for len(text)+len(more) <= room {
		text += more
	}
	for _, r := range more {
		if len(text) >= room || len(text) >= 600 {
			break
		}
		text += string(r)
	}
	return strings.TrimSpace(text)
}
