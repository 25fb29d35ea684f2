package app

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// tab is a browser tab in which a test does what a person does. Scripts are off
// unless the test turns them on, since every page has to work without.
type tab struct {
	t     *testing.T
	ctx   context.Context
	site  *site
	axe   string
	close func() // before the end of the test
}

var (
	chromiumOnce sync.Once
	chromium     context.Context
	errChromium  error
)

// scratch is a folder for what the tests of a run share.
var scratch string

// TestMain ends the browser and takes away what the run left behind.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "asye-app-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scratch = dir
	status := m.Run()
	if chromium != nil {
		_ = chromedp.Cancel(chromium) // it may have ended by itself
	}
	os.RemoveAll(dir)
	os.Exit(status)
}

// startChromium starts one browser for the whole test run.
func startChromium() {
	quiet := []string{"disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.UserDataDir(filepath.Join(scratch, "browser")))
	for _, flag := range quiet {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	chromium, _ = chromedp.NewContext(allocator)
	errChromium = chromedp.Do(chromium)
}

// newTab opens a tab of its own, as another person at another machine.
func newTab(t *testing.T, site *site) *tab {
	t.Helper()
	unlessShort(t)
	chromiumOnce.Do(startChromium)
	if errChromium != nil {
		t.Fatalf("no browser: install the Debian package chromium (%v)", errChromium)
	}
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	axe, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal("axe-core is not installed: run make setup")
	}
	b := &tab{t: t, ctx: ctx, site: site, axe: string(axe), close: cancel}
	b.scripts(false)
	b.width(1280)
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%v\non the page: %s", err, b.text())
	}
}

// scripts turns the page's own scripts on or off, from the next page on.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// width makes the window so many pixels wide.
func (b *tab) width(pixels int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(pixels, 900))
}

// open goes to an address of the service.
func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.site.at + path))
	b.sound()
}

// js asks the page something; it works with the page's own scripts off.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

func (b *tab) text() string {
	v, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.title + "\n" + (document.body ? document.body.innerText : "")`))
	return v
}

// path is the address of the page, without the site.
func (b *tab) path() string { return strings.TrimPrefix(js[string](b, `location.href`), b.site.at) }

// see fails unless the page says each of the texts.
func (b *tab) see(texts ...string) {
	b.t.Helper()
	page := flat(b.text())
	for _, want := range texts {
		if !strings.Contains(page, flat(want)) {
			b.t.Fatalf("the page does not say %q:\n%s\n%s", want, b.path(), b.text())
		}
	}
}

// miss fails if the page says any of the texts.
func (b *tab) miss(texts ...string) {
	b.t.Helper()
	page := flat(b.text())
	for _, bad := range texts {
		if strings.Contains(page, flat(bad)) {
			b.t.Fatalf("the page says %q:\n%s", bad, b.text())
		}
	}
}

func flat(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// press follows the link or presses the button with this text, and waits for
// the page that comes.
func (b *tab) press(text string) {
	b.t.Helper()
	b.mark(text)
	before := b.where()
	b.do(chromedp.Click(chromedp.CSS("[data-hit]")))
	b.settle(before)
	b.sound()
}

// mark finds the link or button with this text, those of the page's content
// before those around it.
func (b *tab) mark(text string) {
	b.t.Helper()
	marked := js[bool](b, fmt.Sprintf(`(() => {
		const want = %s.toLowerCase(), flat = e => (e.innerText || "").replace(/\s+/g, " ").trim().toLowerCase();
		const seen = e => e.getClientRects().length > 0;
		const all = ["main a, main button, main summary", "a, button"].flatMap(s => [...document.querySelectorAll(s)]).filter(seen);
		const hit = all.find(e => flat(e) === want) || all.find(e => flat(e).startsWith(want));
		if (!hit) return false;
		document.querySelectorAll("[data-hit]").forEach(e => e.removeAttribute("data-hit"));
		hit.setAttribute("data-hit", "1");
		return true;
	})()`, strconv.Quote(text)))
	if !marked {
		b.t.Fatalf("there is nothing to press called %q:\n%s\n%s", text, b.path(), b.text())
	}
}

// where tells one page that was loaded from another.
func (b *tab) where() string {
	b.t.Helper()
	return js[string](b, `location.href + "#" + performance.timeOrigin`)
}

// pick clicks the radio button or checkbox with this label.
func pick(label string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.Search(`//label[normalize-space() = "` + label + `"]`))
}

// settle waits until another page has loaded in place of the one before.
func (b *tab) settle(before string) {
	b.t.Helper()
	for range 300 {
		now, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.href + "#" + performance.timeOrigin : ""`))
		if err == nil && now != "" && now != before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatalf("no other page came:\n%s", b.text())
}

// fill types into the field with this name.
func (b *tab) fill(name, value string) {
	b.t.Helper()
	ok := js[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector('[name="%s"]'); if (!e) return false; e.value = %s; return true })()`, name, strconv.Quote(value)))
	if !ok {
		b.t.Fatalf("there is no field %q:\n%s\n%s", name, b.path(), b.text())
	}
}

// date fills the three parts of a date: 27 3 2027.
func (b *tab) date(name, value string) {
	b.t.Helper()
	parts := strings.Fields(value)
	for i, part := range []string{"-day", "-month", "-year"} {
		b.fill(name+part, parts[i])
	}
}

// choose picks the answer with this value of radios, checkboxes or a list.
func (b *tab) choose(name, value string) {
	b.t.Helper()
	ok := js[bool](b, fmt.Sprintf(`(() => {
		const box = [...document.querySelectorAll('input[name="%[1]s"]')].find(e => e.value === %[2]s);
		if (box) { box.checked = true; return true }
		const list = document.querySelector('select[name="%[1]s"]');
		if (!list) return false;
		list.value = %[2]s;
		return list.value === %[2]s;
	})()`, name, strconv.Quote(value)))
	if !ok {
		b.t.Fatalf("there is no answer %q to %q:\n%s\n%s", value, name, b.path(), b.text())
	}
}

// attach puts a file into the field with this name.
func (b *tab) attach(name, path string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(`input[name="`+name+`"]`), []string{path}))
}

// signIn comes in by a persona's one-time link.
func (b *tab) signIn(email string) *tab {
	b.t.Helper()
	b.open(b.link(email))
	b.press("Sign in")
	return b
}

// as opens a tab in which a persona has signed in.
func as(t *testing.T, s *site, email string) *tab {
	t.Helper()
	return newTab(t, s).signIn(email)
}

// link makes a one-time sign-in link for a persona.
func (b *tab) link(email string) string {
	b.t.Helper()
	id, err := b.site.account.PersonByEmail(b.ctx, email)
	if err != nil {
		b.t.Fatalf("%s: %v", email, err)
	}
	link, err := b.site.account.SignInLink(b.ctx, id, account.Example)
	if err != nil {
		b.t.Fatal(err)
	}
	return link
}

// fact is what a summary list or an identity bar of the page says under a key.
func (b *tab) fact(key string) string {
	b.t.Helper()
	text := js[string](b, fmt.Sprintf(`(() => {
		const flat = s => s.replace(/\s+/g, " ").trim();
		const dt = [...document.querySelectorAll("dt")].find(e => flat(e.innerText).toLowerCase() === %s.toLowerCase());
		return dt ? flat(dt.nextElementSibling.innerText) : "";
	})()`, strconv.Quote(key)))
	if text == "" {
		b.t.Fatalf("the page has no fact %q:\n%s\n%s", key, b.path(), b.text())
	}
	return text
}

// status is the HTTP status of the page.
func (b *tab) status() int {
	b.t.Helper()
	return js[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// client is an HTTP client with the cookies of this tab, for files and headers.
func (b *tab) client() *http.Client {
	b.t.Helper()
	held, err := chromedp.Call(b.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{b.site.at}})
	if err != nil {
		b.t.Fatal(err)
	}
	client := newBrowser(b.t)
	at, err := url.Parse(b.site.at)
	if err != nil {
		b.t.Fatal(err)
	}
	var cookies []*http.Cookie
	for _, one := range held.Cookies {
		cookies = append(cookies, &http.Cookie{Name: one.Name, Value: one.Value, Path: "/"})
	}
	client.Jar.SetCookies(at, cookies)
	return client
}

// download gets the file behind a link of the page, as this person.
func (b *tab) download(text string) (name string, body []byte) {
	b.t.Helper()
	href := js[string](b, fmt.Sprintf(`([...document.querySelectorAll("main a")].find(e => e.innerText.replace(/\s+/g, " ").trim() === %s) || {href: ""}).href`, strconv.Quote(text)))
	if href == "" {
		b.t.Fatalf("there is no link %q:\n%s\n%s", text, b.path(), b.text())
	}
	res, err := b.client().Get(href)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		b.t.Fatalf("%s gave %s, %v", href, res.Status, err)
	}
	_, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if err != nil {
		b.t.Fatalf("%s is not sent as a file: %v", href, err)
	}
	return params["filename"], body
}
