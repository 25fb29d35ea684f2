package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/proof"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// exhibition serves the pictures of the gallery as they were sent, with their
// status and their headers.
func exhibition(t *testing.T, shots []shot) *site {
	t.Helper()
	m := http.NewServeMux()
	m.Handle("/assets/", ui.Assets())
	m.HandleFunc("/shot/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		if err != nil || n < 0 || n >= len(shots) {
			http.NotFound(w, r)
			return
		}
		maps.Copy(w.Header(), shots[n].header)
		w.Header().Del("Set-Cookie")
		w.WriteHeader(shots[n].status)
		fmt.Fprint(w, shots[n].body)
	})
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	return &site{nil, server.URL}
}

// viewer looks at one page after another in one tab.
type viewer struct {
	*tab
	look  string // look.js
	shot  shot
	stops int
	found *findings
}

// findings are what was wrong, each once.
type findings struct {
	mu   sync.Mutex
	list map[string]bool
}

func (f *findings) add(s shot, where, what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list[fmt.Sprintf("%s (%s) %s: %s", s.route, s.state, where, what)] = true
}

// ask calls a function of look.js.
func (v *viewer) ask(where, call string) {
	v.t.Helper()
	for _, one := range js[[]string](v.tab, v.look+"."+call) {
		v.found.add(v.shot, where, one)
	}
}

func (v *viewer) screen(width, height int64, scale float64) {
	v.t.Helper()
	v.do(chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale)))
}

func (v *viewer) media(medium string, features ...*emulation.MediaFeature) {
	v.t.Helper()
	v.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
		return err
	}))
}

// focused makes the tab believe that it is the one in front, as long as several
// are open.
func (v *viewer) focused() {
	v.t.Helper()
	v.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
}

// axeFinds runs axe with the rules of WCAG 2.2, A and AA, and its good practices.
func (v *viewer) axeFinds(where string) {
	v.t.Helper()
	found, err := chromedp.Run(v.ctx, chromedp.Evaluate[[]string](v.axe+`; axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(r =>
		r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")))`, chromedp.EvalAwaitPromise))
	if err != nil {
		v.t.Fatalf("%s (%s): %v", v.shot.route, v.shot.state, err)
	}
	for _, one := range found {
		v.found.add(v.shot, where, one)
	}
}

// visit opens a picture, and begins to look at it.
func (v *viewer) visit(n int, s shot) {
	v.t.Helper()
	v.shot = s
	v.do(chromedp.Navigate(v.site.at + "/shot/" + strconv.Itoa(n)))
}

// briefly is what every run looks at: a narrow screen.
func (v *viewer) briefly(n int, s shot) {
	v.t.Helper()
	v.visit(n, s)
	v.ask("", "outline("+strconv.FormatBool(s.status == http.StatusUnprocessableEntity)+")")
	v.ask("", "announced()")
	v.ask("at 320 pixels", "fits()")
	v.axeFinds("at 320 pixels")
}

// closely is all that is looked at.
func (v *viewer) closely(n int, s shot) {
	v.t.Helper()
	v.screen(320, 256, 4) // 1280 by 1024, at 400%
	v.briefly(n, s)
	v.spaced("at 320 pixels, spaced")
	v.byKeyboard()
	v.screen(1280, 900, 1)
	v.axeFinds("at 1280 pixels")
	v.ask("at 1280 pixels", "fits()")
	v.spaced("at 1280 pixels, spaced")
	v.ask("", "stops()")
	v.media("", &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
	v.ask("in forced colours", "stops()")
	v.media("print", &emulation.MediaFeature{Name: "forced-colors", Value: "none"})
	v.screen(718, 1000, 1) // the width of A4 between its margins
	v.ask("on paper", "paper()")
	v.media("")
	v.picture()
	v.scripts(false)
	v.visit(n, s)
	v.ask("without scripts", "plain()")
	v.scripts(true)
}

func (v *viewer) spaced(where string) {
	v.t.Helper()
	v.do(chromedp.Evaluate[chromedp.Void](v.look + ".space()"))
	v.ask(where, "fits()")
	v.do(chromedp.Evaluate[chromedp.Void](v.look + ".unspace()"))
}

// byKeyboard presses Tab from the first stop to the last: they come in the order
// in which they are read, each is seen, and none keeps the focus.
func (v *viewer) byKeyboard() {
	v.t.Helper()
	v.do(chromedp.Evaluate[chromedp.Void](`scrollTo(0, 0); document.activeElement && document.activeElement.blur()`))
	last := -1
	for range js[int](v.tab, v.look+".count()") {
		v.do(chromedp.KeyEvent(kb.Tab))
		var now struct {
			At   int
			Says string
		}
		if err := json.Unmarshal([]byte(js[string](v.tab, "JSON.stringify("+v.look+".here())")), &now); err != nil {
			v.t.Fatal(err)
		}
		if now.At < 0 {
			break // radio buttons are one stop for all
		}
		v.stops++
		if now.Says != "" {
			v.found.add(v.shot, "by keyboard at 400%", now.Says)
		}
		if now.At <= last {
			v.found.add(v.shot, "by keyboard", "the focus goes back")
			break
		}
		last = now.At
	}
}

// picture keeps a photograph when ASYE_PICTURES names a folder for them.
func (v *viewer) picture() {
	v.t.Helper()
	if os.Getenv("ASYE_PICTURES") == "" {
		return
	}
	name := strings.NewReplacer("/", "_", "{", "", "}", "", " ", "-", "(", "", ")", "", ",", "", "$", "start").Replace(strings.TrimPrefix(v.shot.route, "/") + "--" + v.shot.state)
	v.tab.picture(name)
}

// chosen are the pictures for an ordinary test run: of each page one, the one
// that has most to get wrong.
func chosen(shots []shot) map[int]shot {
	best, rank := map[string]int{}, map[string]int{refused: 3, many: 2, filled: 1}
	for i, s := range shots {
		if j, ok := best[s.route]; !ok || rank[s.state] > rank[shots[j].state] {
			best[s.route] = i
		}
	}
	out := map[int]shot{}
	for _, i := range best {
		out[i] = shots[i]
	}
	return out
}

// TestNetAccessibility: every page in every state can be used by everybody.
func TestNetAccessibility(t *testing.T) {
	unlessShort(t)
	shots := gallery(t)
	s, look := exhibition(t, shots), readLook(t)
	found, todo := &findings{list: map[string]bool{}}, make(chan int, len(shots))
	some, wanted := chosen(shots), regexp.MustCompile(os.Getenv("PAGES"))
	for i, one := range shots {
		if _, now := some[i]; (now || long()) && wanted.MatchString(one.route) {
			todo <- i
		}
	}
	close(todo)
	seen, stops := len(todo), 0
	var hands sync.WaitGroup
	var mu sync.Mutex
	for range 2 {
		hands.Go(func() {
			n := walk(t, s, look, shots, todo, found)
			mu.Lock()
			stops += n
			mu.Unlock()
		})
	}
	hands.Wait()
	for _, one := range slices.Sorted(maps.Keys(found.list)) {
		t.Error("PAG-12, PAG-13, PAG-14, PAG-15, PAG-16 " + one)
	}
	t.Logf("%d pictures", seen)
	if !long() || os.Getenv("PAGES") != "" { // of some pages no figure is kept
		return
	}
	routes := map[string]bool{}
	for _, one := range shots {
		routes[one.route] = true
	}
	proof.Keep(t, proof.Result{Net: "accessibility", Part: proof.ForEverybody, Command: "make net-accessibility",
		Promise: "Every page in every state can be used by everybody: WCAG 2.2 at level AA, as far as a program can tell",
		Saw: fmt.Sprintf("%d pages in %d states (filled, empty, refused, overtaken, long texts, many rows, read-only), each at 1280 and at 320 pixels "+
			"(400%% zoom) with axe, outline, names, double announcements, reflow, text spacing, forced colours, print and without scripts, "+
			"and %d stops of the keyboard, each in order, seen and with visible focus: 0 findings", len(routes), len(shots), stops),
		Twin: noticed(t, "TestNetAccessibility", accessibilityTwins()...)})
}

// walk looks at pictures until none is left, in a fresh tab now and then.
func walk(t *testing.T, s *site, look string, shots []shot, todo <-chan int, found *findings) (stops int) {
	for {
		v := &viewer{tab: newTab(t, s), look: look, found: found}
		v.scripts(true)
		v.focused()
		v.screen(320, 640, 1)
		for range 8 {
			n, more := <-todo
			if !more {
				return stops + v.stops
			}
			if long() {
				v.closely(n, shots[n])
			} else {
				v.briefly(n, shots[n])
			}
		}
		stops += v.stops
		v.close()
	}
}

func readLook(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "look.js"))
	if err != nil {
		t.Fatal(err)
	}
	return "(" + strings.TrimSpace(string(text)) + ")"
}

func accessibilityTwins() []broken {
	const layout = "internal/platform/ui/layout_templ.go"
	return []broken{
		mistake("a field without its label", "label", "internal/registration/register/journey_templ.go",
			`Name: "hours", Label: "Contracted hours a week"`, `Name: "hours", Label: ""`).on("^/register/year$"),
		mistake("a heading that is skipped", "after a heading of level 1 comes one of level 3", "internal/account/own/account_show_templ.go",
			`<h2 class=\"govuk-heading-m\">How you sign in</h2>`, `<h3 class=\"govuk-heading-m\">How you sign in</h3>`).on("^/account$"),
		mistake("a width that is fixed", "scrolls sideways", layout, `id=\"main-content\">`, `id=\"main-content\"><hr width=\"900\">`).on("^/help$"),
		mistake("a refusal that the title does not tell", "refused under the title", "internal/platform/ui/page.go",
			`title = "Error: " + title`, `title = "" + title`).on("^/sign-in$"),
		mistake("colours that are too faint", "color-contrast", layout, `id=\"main-content\">`, `id=\"main-content\"><font color=\"#bbbbbb\">Faint</font>`).on("^/help$"),
	}
}
