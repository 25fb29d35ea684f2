package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// walker is somebody who follows every link, with pages to begin from that no
// link of the home page may reach.
type walker struct {
	email string
	from  []string
}

// walkers are the people who walk the pages of each role.
func walkers(t *testing.T, s *site) map[string][]walker {
	record := func(name string) string { return s.recordOf(t, name+"@example.org") }
	return map[string][]walker{
		"coordinator": {
			{daniel, []string{"/home", record("chloe.hepworth"), record("simran.sandhu"), "/register/name"}},
			{amina, []string{record("grace.adebayo"), record("rosie.nethercott"), record("aoife.heneghan"), record("aoife.heneghan") + "/history"}},
			{"marcia.pinnock@example.org", []string{record("zainab.akhtar"), record("leroy.cargill"), "/transfers"}}},
		"NQSW": {{"zainab.akhtar@example.org", []string{"/home", "/my/move"}}, {"leroy.cargill@example.org", []string{"/home", "/my"}},
			{"aoife.heneghan@example.org", []string{"/my/history"}}},
		"director":      {{patience, []string{"/home"}}},
		"national team": {{ruth, []string{"/home"}}},
		"analyst":       {{hina, []string{"/home", "/outcomes?by=employer_type", "/outcomes?cohorts=2026-27&by=gender"}}},
		"administrator": {{joanne, []string{"/home"}}},
		"nobody":        {{"", []string{"/", "/sign-in", "/help", "/statistics", "/no-such-page", "/sign-in/link?token=wrong", "/signed-out"}}},
	}
}

// TestEveryPage walks every page that each role can come to by its links, and
// sends each form that it meets empty.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	patterns, reached := s.patterns(), newShared()
	t.Cleanup(func() {
		var never []string
		for _, r := range s.mux().Routes() {
			if path, ok := strings.CutPrefix(r.Pattern, "GET "); ok && !reached.has(path) {
				never = append(never, path)
			}
		}
		t.Logf("%d pages were looked at; no link led to: %s", reached.len(), strings.Join(never, " "))
	})
	for role, people := range walkers(t, s) {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			met, sent := map[string]int{}, map[string]bool{}
			for _, one := range people {
				c := &crawl{tab: newTab(t, s), patterns: patterns, met: met, sent: sent, reached: reached}
				if one.email != "" {
					c.signIn(one.email)
				}
				c.walk(one.from)
				c.sendEmpty()
			}
		})
	}
}

// patterns finds the route of an address.
func (s *site) patterns() func(path string) string {
	routes := http.NewServeMux()
	for _, r := range s.mux().Routes() {
		if strings.HasPrefix(r.Pattern, "GET ") {
			routes.Handle(r.Pattern, http.NotFoundHandler())
		}
	}
	return func(path string) string {
		_, pattern := routes.Handler(httptest.NewRequest(http.MethodGet, path, nil))
		return strings.TrimPrefix(pattern, "GET ")
	}
}

// Bounds of a crawl: pages of one role, and pages of one route that differ in
// their query or begin a walk.
const (
	mostPages  = 60
	mostOfKind = 2
)

type crawl struct {
	*tab
	patterns func(string) string
	met      map[string]int // how often a route
	forms    []string       // pages with something to fill in
	sent     map[string]bool
	reached  *shared
}

// walk goes from page to page by every link, the nearest first.
func (c *crawl) walk(from []string) {
	c.t.Helper()
	client := c.client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	todo, asked, pages := slices.Clone(from), map[string]bool{}, 0
	for len(todo) > 0 && pages < mostPages {
		next := todo[0]
		todo = todo[1:]
		if asked[next] || !slices.Contains(from, next) && !c.fresh(next) {
			continue
		}
		asked[next] = true
		c.met[c.kind(next)]++
		c.reached.add(c.patterns(next))
		if !c.response(client, next, slices.Contains(from, next)) {
			continue
		}
		pages++
		c.open(next)
		c.inspect()
		if js[bool](c.tab, `[...document.querySelectorAll("main form[method=post]")].some(f => f.querySelector("input:not([type=hidden]), textarea, select"))`) {
			c.forms = append(c.forms, next)
		}
		links := js[[]string](c.tab, `[...document.querySelectorAll("a[href]")].map(a => a.href)`)
		for _, link := range links {
			if path, ours := strings.CutPrefix(link, c.site.at); ours {
				path, _, _ = strings.Cut(path, "#")
				todo = append(todo, path)
			}
		}
	}
}

// kind is a route with the names in the query.
func (c *crawl) kind(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		c.t.Fatal(err)
	}
	var names []string
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return c.patterns(u.Path) + "?" + strings.Join(names, "&")
}

// fresh reports whether the page is of a kind that has not been seen.
func (c *crawl) fresh(address string) bool {
	kind := c.kind(address)
	ofRoute := 0
	for k, n := range c.met {
		if strings.HasPrefix(k, c.patterns(address)+"?") {
			ofRoute += n
		}
	}
	return kind != "?" && c.met[kind] == 0 && ofRoute < mostOfKind
}

// protections are the headers of every response.
var protections = []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
	"Cross-Origin-Opener-Policy", "Permissions-Policy", "Cache-Control", "X-Robots-Tag"}

// response reads a page once without the browser, for its headers and its
// weight, and reports whether it is a page. One that was asked for by name may
// be a refusal; a link must not lead to one.
func (c *crawl) response(client *http.Client, path string, named bool) (page bool) {
	c.t.Helper()
	req, err := http.NewRequest(http.MethodGet, c.site.at+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := client.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	for _, name := range protections {
		if res.Header.Get(name) == "" {
			c.t.Errorf("%s comes without the header %s", path, name)
		}
	}
	if res.StatusCode >= 500 {
		c.t.Errorf("%s gives %s", path, res.Status)
	}
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		return true
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return false
	}
	if !named && res.StatusCode != http.StatusOK && res.StatusCode != http.StatusConflict {
		c.t.Errorf("a link leads to %s, which gives %s", path, res.Status)
	}
	c.t.Logf("%6.1f KB %s", float64(res.ContentLength)/1024, path)
	return true
}

// inspect looks at the page in the browser: its outline, its title, and what
// axe finds at both widths.
func (c *crawl) inspect() {
	c.t.Helper()
	levels := js[[]int](c.tab, `[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => Number(h.tagName[1]))`)
	ones := 0
	for i, level := range levels {
		if level == 1 {
			ones++
		}
		if i > 0 && level > levels[i-1]+1 {
			c.t.Errorf("%s: after a heading of level %d comes one of level %d", c.path(), levels[i-1], level)
		}
	}
	if ones != 1 {
		c.t.Errorf("%s has %d headings of level 1", c.path(), ones)
	}
	c.accessible()
}

// sendEmpty sends each form that was met with nothing in it.
func (c *crawl) sendEmpty() {
	c.t.Helper()
	for _, page := range c.forms {
		if c.sent[c.patterns(page)] {
			continue
		}
		c.sent[c.patterns(page)] = true
		c.open(page)
		if !js[bool](c.tab, `(() => {
			const form = [...document.querySelectorAll("main form[method=post]")].find(f => f.querySelector("input:not([type=hidden]), textarea, select"));
			if (!form) return false;
			for (const e of form.querySelectorAll("input:not([type=hidden]), textarea")) {
				if (e.type === "radio" || e.type === "checkbox") e.checked = false; else e.value = "";
			}
			for (const e of form.querySelectorAll("select")) e.selectedIndex = [...e.options].findIndex(o => o.value === "");
			document.querySelectorAll("[data-hit]").forEach(e => e.removeAttribute("data-hit"));
			form.querySelector("button").setAttribute("data-hit", "1");
			return true;
		})()`) {
			continue
		}
		before := c.where()
		c.do(chromedp.Click(chromedp.CSS("[data-hit]")))
		c.settle(before)
		c.sound()
		switch status := c.status(); status {
		case http.StatusUnprocessableEntity:
			c.refused()
			c.inspect()
		case http.StatusOK:
			c.t.Logf("%s takes an empty form", page)
		default:
			c.t.Errorf("%s answers an empty form with %d: %s", page, status, c.text())
		}
	}
}

// shared is a set that several tests add to at the same time.
type shared struct {
	mu   sync.Mutex
	have map[string]bool
}

func newShared() *shared { return &shared{have: map[string]bool{}} }

func (s *shared) add(one string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.have[one] = true
}

func (s *shared) has(one string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.have[one]
}

func (s *shared) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.have)
}
