package webtest

import (
	"html"
	"net/http"
	"strings"

	parse "golang.org/x/net/html"
)

// Page is what came back, as it was then: a test can keep one and send its form
// later, or twice.
type Page struct {
	Status   int
	Location string // where it leads, for a redirect
	Header   http.Header
	Body     string // as it was sent
	path     string // with its query
	browser  *Browser
}

// Path is the address of the page, with its query.
func (p Page) Path() string { return p.path }

// Is expects a status and texts that the page must say.
func (p Page) Is(status int, says ...string) Page {
	p.browser.t.Helper()
	if p.Status != status {
		p.browser.t.Fatalf("%s has status %d%s, want %d:\n%s", p.path, p.Status, p.leads(), status, p.Text())
	}
	return p.Says(says...)
}

// LeadsTo expects that the page leads to another.
func (p Page) LeadsTo(location string) Page {
	p.browser.t.Helper()
	if p.Status != http.StatusSeeOther || p.Location != location {
		p.browser.t.Fatalf("%s has status %d%s, want 303, leading to %s:\n%s", p.path, p.Status, p.leads(), location, p.Text())
	}
	return p
}

func (p Page) leads() string {
	if p.Location == "" {
		return ""
	}
	return ", leading to " + p.Location
}

// Says expects texts as they are read on the page, wherever its marks stand.
func (p Page) Says(texts ...string) Page {
	p.browser.t.Helper()
	return p.expect("say", p.Text(), true, texts)
}

// Lacks expects that texts cannot be read on the page.
func (p Page) Lacks(texts ...string) Page {
	p.browser.t.Helper()
	return p.expect("say", p.Text(), false, texts)
}

// Has expects pieces of the page's source, with quotation marks and the like as
// they are typed: `value="37" checked`.
func (p Page) Has(source ...string) Page {
	p.browser.t.Helper()
	return p.expect("have", html.UnescapeString(p.Body), true, source)
}

// HasNot expects that pieces are not in the page's source: neither to be read
// nor hidden.
func (p Page) HasNot(source ...string) Page {
	p.browser.t.Helper()
	return p.expect("have", html.UnescapeString(p.Body), false, source)
}

// Titled expects texts in the title, which the browser shows above the page.
func (p Page) Titled(texts ...string) Page {
	p.browser.t.Helper()
	title := ""
	if n := find(p.tree(), "title"); n != nil {
		title = words(n)
	}
	return p.expect("have in its title", title, true, texts)
}

func (p Page) expect(verb, in string, wanted bool, texts []string) Page {
	p.browser.t.Helper()
	for _, text := range texts {
		if strings.Contains(in, text) == wanted {
			continue
		}
		must := "must " + verb
		if !wanted {
			must = "must not " + verb
		}
		p.browser.t.Errorf("%s %s %q:\n%s", p.path, must, text, p.Text())
	}
	return p
}

// Text is what can be read on the page, with single spaces.
func (p Page) Text() string {
	if body := find(p.tree(), "body"); body != nil {
		return words(body)
	}
	return ""
}

func (p Page) tree() *parse.Node {
	p.browser.t.Helper()
	root, err := parse.ParseWithOptions(strings.NewReader(p.Body), parse.ParseOptionEnableScripting(false))
	if err != nil {
		p.browser.t.Fatalf("%s is not HTML: %v", p.path, err)
	}
	return root
}

// find is the first element of a name; nil when there is none.
func find(in *parse.Node, name string) *parse.Node {
	for n := range in.Descendants() {
		if n.Type == parse.ElementNode && n.Data == name {
			return n
		}
	}
	return nil
}

// words are the texts of an element, without scripts and styles.
func words(in *parse.Node) string {
	var out []string
	for n := range in.Descendants() {
		if n.Type == parse.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			out = append(out, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(out, " ")
}

func attribute(of *parse.Node, name string) string {
	for _, a := range of.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
