package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// sound fails on what no page may have: a title without words, a page that
// scrolls sideways, or our own excuse.
func (b *tab) sound() {
	b.t.Helper()
	if title := js[string](b, `document.title`); title == "" || strings.HasPrefix(title, " - ") {
		b.t.Fatalf("%s has no title", b.path())
	}
	if js[bool](b, `document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`) {
		b.t.Errorf("%s scrolls sideways at %v pixels", b.path(), js[float64](b, `document.documentElement.clientWidth`))
	}
	if strings.Contains(b.text(), "Sorry, there is a problem with this service") {
		b.t.Fatalf("%s failed:\n%s", b.path(), b.text())
	}
}

// accessible fails on whatever axe finds on the page, at both widths.
func (b *tab) accessible() {
	b.t.Helper()
	b.scripts(true)
	defer b.scripts(false)
	for _, pixels := range []int64{1280, 320} {
		b.width(pixels)
		found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](b.axe+`; axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(r =>
			r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.map(n => n.html.slice(0, 160)).join(" | ")))`, chromedp.EvalAwaitPromise))
		if err != nil {
			b.t.Fatal(err)
		}
		for _, violation := range found {
			b.t.Errorf("%s at %d pixels: %s", b.path(), pixels, violation)
		}
		b.sound()
	}
	b.width(1280)
}

// picture keeps a screenshot when ASYE_PICTURES names a folder for them.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("ASYE_PICTURES")
	if dir == "" {
		return
	}
	for _, pixels := range []int64{1280, 320} {
		b.width(pixels)
		png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, pixels)), png, 0o600)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	b.width(1280)
}
