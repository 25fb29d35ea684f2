package app

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestJourneyByKeyboard(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := newTab(t, s)
	b.scripts(true)
	b.open("/sign-in")
	b.do(chromedp.KeyEvent(kb.Tab))
	if first := b.focused(); !strings.HasPrefix(first, "Skip to main content") {
		t.Errorf("the first stop of the keyboard is %q", first)
	}
	b.tabTo("email")
	b.do(chromedp.KeyEvent(tom))
	b.enter()
	b.see("Check your e-mail")
	b.open(s.mailed(t, tom))
	b.tabTo("Sign in")
	b.enter()
	b.see("What needs you today")
	b.tabTo("Register")
	b.enter()
	b.see("Who is the NQSW?")
	b.tabTo("given_name")
	b.do(chromedp.KeyEvent("Kofi"))
	b.tabTo("Save and continue")
	b.space()
	b.see("There is a problem")
	b.focusComes("There is a problem")
	b.tabTo("Enter the NQSW's last name")
	b.follow()
	b.focusComes("family_name")
	b.do(chromedp.KeyEvent("Mensah"))
	b.tabTo("Save and continue")
	b.space()
	b.see("What does the register say?")
	b.open("/registrations")
	b.tabTo("Skip to main content")
	b.do(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	if !js[bool](b, `document.querySelector("main").contains(document.activeElement)`) {
		t.Errorf("skipping to the content leads to %q", b.focused())
	}
	b.open(s.recordOf(t, megan) + "/outcome")
	b.tabTo("result")
	b.do(chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.ArrowDown))
	if got := js[string](b, `document.querySelector("input[name=result]:checked").value`); got != "failed" {
		t.Errorf("space and arrow choose %q", got)
	}
}

// focused names what has the focus: the field, or the text.
func (b *tab) focused() string {
	b.t.Helper()
	return js[string](b, `(() => { const e = document.activeElement || document.body; return e.name || (e.innerText || "").replace(/\s+/g, " ").trim() })()`)
}

// focusComes waits a moment for the focus to come to something.
func (b *tab) focusComes(to string) {
	b.t.Helper()
	at := ""
	for range 50 {
		if at = b.focused(); strings.HasPrefix(at, to) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Errorf("%s: the focus is on %q, not on %q", b.path(), at, to)
}

// tabTo presses Tab until something has the focus: a field of this name, or a
// link or button with this text. Each stop on the way has to be seen.
func (b *tab) tabTo(name string) {
	b.t.Helper()
	for range 80 {
		b.do(chromedp.KeyEvent(kb.Tab))
		b.focusShows()
		if at := b.focused(); at == name {
			return
		}
	}
	b.t.Fatalf("the keyboard does not come to %q on %s", name, b.path())
}

// focusShows fails where nothing on the page tells which element has the focus.
func (b *tab) focusShows() {
	b.t.Helper()
	hidden := js[string](b, `(() => {
		const e = document.activeElement;
		if (!e || e === document.body) return "";
		const look = el => { const s = getComputedStyle(el); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.color].join() };
		const around = [e, ...e.labels || [], e.nextElementSibling].filter(Boolean);
		const looks = () => around.map(el => look(el) + getComputedStyle(el, "::before").boxShadow).join();
		const on = looks(), box = e.getBoundingClientRect();
		e.blur();
		const off = looks();
		e.focus({preventScroll: true});
		if (on === off) return "nothing shows the focus of " + e.outerHTML.slice(0, 160);
		if (box.width < 1 || box.height < 1) return "the focus is on something unseen: " + e.outerHTML.slice(0, 160);
		return "";
	})()`)
	if hidden != "" {
		b.t.Errorf("%s: %s", b.path(), hidden)
	}
}

func (b *tab) enter() { b.t.Helper(); b.key(kb.Enter) }

func (b *tab) space() { b.t.Helper(); b.key(" ") }

// follow presses Enter on a link within the page, as a keyboard does it: what
// the press does to the link is not done again to what then has the focus.
func (b *tab) follow() {
	b.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13})
			return err
		}))
	}
}

// key presses a key that leads to another page.
func (b *tab) key(key string) {
	b.t.Helper()
	before := b.where()
	b.do(chromedp.KeyEvent(key))
	b.settle(before)
	b.sound()
}

// complaints gathers what the browser complains about: errors of scripts, and
// whatever the content security policy stopped.
type complaints struct {
	mu   sync.Mutex
	text []string
}

func (c *complaints) add(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text = append(c.text, text)
}

func (b *tab) listen() *complaints {
	b.t.Helper()
	heard := &complaints{}
	err := chromedp.Listen(b.ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" || e.Entry.Level == "warning" {
				heard.add(fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
			}
		case *runtime.EventExceptionThrown:
			heard.add(e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" || e.Type == "warning" {
				heard.add("console: " + string(e.Type))
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		return err
	}))
	return heard
}

func TestJourneyWithScripts(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	walks := map[string][]string{
		tom:    {"/home", "/registrations", "/register/name", "/upload", "/upload/columns", s.recordOf(t, megan), s.recordOf(t, megan) + "/pause", s.recordOf(t, megan) + "/outcome", "/transfers", "/organisation/edit", "/export"},
		megan:  {"/my", "/my/details", "/my/details/edit", "/my/equality", "/privacy", "/help"},
		ruth:   {"/employers", "/employers/new", "/duplicates", "/disputes", "/find", "/outcomes"},
		joanne: {"/admin/people", "/admin/people/new", "/admin/audit", "/admin/outbox", "/admin/jobs", "/admin/settings"},
	}
	b := newTab(t, s)
	heard := b.listen()
	b.scripts(true)
	seen := 0
	for who, pages := range walks {
		b.signIn(who)
		for _, page := range pages {
			b.open(page)
			seen++
			if unready := js[string](b, `[...document.querySelectorAll("[data-module]")].filter(e => !e.hasAttribute("data-" + e.dataset.module + "-init")).map(e => e.dataset.module).join()`); unready != "" {
				t.Errorf("%s: the scripts did not start %s", page, unready)
			}
		}
		b.press("Sign out")
	}
	// A script of somebody else's cannot even be written into the page, and a
	// style is stopped, of which the browser tells: this proves that complaints
	// are heard.
	refused := js[bool](b, `(() => { try { const e = document.createElement("script"); e.textContent = "document.title = 'taken over'"; document.head.append(e); return false } catch { return true } })()`)
	b.do(chromedp.Evaluate[chromedp.Void](`{ const e = document.createElement("style"); e.textContent = "body { display: none }"; document.head.append(e) }`))
	if title := js[string](b, `document.title`); !refused || title == "taken over" {
		t.Error("the page took a script that was put into it")
	}
	heard.mu.Lock()
	defer heard.mu.Unlock()
	blocked := 0
	for _, one := range heard.text {
		if strings.Contains(one, "'TrustedScript'") || strings.Contains(one, "Content Security Policy") && strings.Contains(one, "inline style") {
			blocked++
			continue
		}
		t.Errorf("the browser complains: %s", one)
	}
	if blocked != 2 {
		t.Errorf("the browser told of %d things that it stopped, not of the two that were put in", blocked)
	}
	t.Logf("%d pages with scripts", seen)
}
