package webtest

import (
	"bytes"
	"cmp"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"

	parse "golang.org/x/net/html"
)

// form is a form of a page that is sent with POST.
type form struct {
	action string          // where it is sent: the page itself, where it names nothing else
	hidden url.Values      // the fields that nobody types into
	inputs map[string]bool // the names of all its inputs
}

// Submit sends the form that the page has for its own address. Its hidden
// fields go along: the token, the version. Every other field is empty unless it
// is typed: "name=value". A date like "starts_on=2026-09-01" is typed as its
// day, month and year, unless the form asks for it in one field. What is typed
// last for a name counts.
func (p Page) Submit(typed ...string) Page {
	p.browser.t.Helper()
	return p.Press(p.path, typed...)
}

// Press sends the form of the page that leads to another address, by what is
// often its only field: the button. See [Page.Submit].
func (p Page) Press(action string, typed ...string) Page {
	p.browser.t.Helper()
	f := p.form(action)
	return p.browser.post(f.action, f.fill(typed))
}

// Attach submits the form that the page has for its own address with a file,
// and without one when the file has no name.
func (p Page) Attach(field, name string, data []byte) Page {
	p.browser.t.Helper()
	f := p.form(p.path)
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for hidden := range f.hidden {
		parts.WriteField(hidden, f.hidden.Get(hidden))
	}
	if name != "" {
		file, err := parts.CreateFormFile(field, name)
		if err != nil {
			p.browser.t.Fatal(err)
		}
		file.Write(data)
	}
	parts.Close()
	return p.browser.do(http.MethodPost, f.action, parts.FormDataContentType(), body.String())
}

// Field is the value of the first input with a name, as the page shows it.
func (p Page) Field(name string) string {
	for n := range p.tree().Descendants() {
		if n.Data == "input" && attribute(n, "name") == name {
			return attribute(n, "value")
		}
	}
	return ""
}

// Written is what stands in the first box of several lines with a name.
func (p Page) Written(name string) string {
	for n := range p.tree().Descendants() {
		if n.Data == "textarea" && attribute(n, "name") == name {
			if n.FirstChild == nil {
				return ""
			}
			return n.FirstChild.Data
		}
	}
	return ""
}

// form is the first form that leads to an address, whatever its query; the
// first of all with a token when no address is given.
func (p Page) form(to string) form {
	p.browser.t.Helper()
	for _, f := range p.forms() {
		if f.hidden.Has(ui.FormField) && (to == "" || address(f.action) == address(to)) {
			return f
		}
	}
	p.browser.t.Fatalf("%s has status %d and no form for %q:\n%s", p.path, p.Status, to, p.Text())
	return form{}
}

func (p Page) forms() []form {
	p.browser.t.Helper()
	var out []form
	for n := range p.tree().Descendants() {
		if n.Data == "form" && strings.EqualFold(attribute(n, "method"), http.MethodPost) {
			out = append(out, read(n, p.path))
		}
	}
	return out
}

func read(n *parse.Node, path string) form {
	f := form{cmp.Or(attribute(n, "action"), path), url.Values{}, map[string]bool{}}
	for in := range n.Descendants() {
		if in.Data != "input" {
			continue
		}
		name := attribute(in, "name")
		f.inputs[name] = true
		if attribute(in, "type") == "hidden" {
			f.hidden.Add(name, attribute(in, "value"))
		}
	}
	return f
}

// address is a path without its query.
func address(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}

func (f form) fill(typed []string) url.Values {
	out := maps.Clone(f.hidden)
	for _, one := range typed {
		name, value, _ := strings.Cut(one, "=")
		day, err := asye.ParseDate(value)
		if err != nil || f.inputs[name] {
			out.Set(name, value)
			continue
		}
		out.Set(name+"-day", strconv.Itoa(day.Day()))
		out.Set(name+"-month", strconv.Itoa(int(day.Month())))
		out.Set(name+"-year", strconv.Itoa(day.Year()))
	}
	return out
}
