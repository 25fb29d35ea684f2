package webtest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	parse "golang.org/x/net/html"
)

// Control is one thing of a form that is filled in, chosen or pressed.
type Control struct {
	Name    string
	Kind    string // of an input its type; otherwise textarea, select or button
	Value   string // as the page shows it, or as it is sent when it is chosen
	Chosen  bool   // it would be sent as the page stands; a button is not
	Options []string
}

// Typed reports whether it takes any text.
func (c Control) Typed() bool {
	switch c.Kind {
	case "text", "search", "email", "tel", "url", "password", "textarea":
		return true
	}
	return false
}

// Form is a form of a page that is sent with POST.
type Form struct {
	Action   string
	Upload   bool // it carries a file
	Controls []Control
}

// Forms are the forms of the page that are sent with POST, those of its content
// before those around it.
func (p Page) Forms() []Form {
	p.browser.t.Helper()
	var within, around []Form
	for n := range p.tree().Descendants() {
		if n.Data != "form" || !strings.EqualFold(attribute(n, "method"), http.MethodPost) {
			continue
		}
		f := Form{Action: attribute(n, "action"), Upload: strings.HasPrefix(attribute(n, "enctype"), "multipart/"), Controls: controls(n)}
		if f.Action == "" {
			f.Action = p.path
		}
		if inside(n, "main") {
			within = append(within, f)
		} else {
			around = append(around, f)
		}
	}
	return append(within, around...)
}

func inside(n *parse.Node, name string) bool {
	for up := range n.Ancestors() {
		if up.Data == name {
			return true
		}
	}
	return false
}

func controls(form *parse.Node) []Control {
	var out []Control
	for n := range form.Descendants() {
		c := Control{Name: attribute(n, "name"), Value: attribute(n, "value"), Chosen: true}
		switch n.Data {
		case "input":
			if c.Kind = attribute(n, "type"); c.Kind == "" {
				c.Kind = "text"
			}
			if c.Kind == "radio" || c.Kind == "checkbox" {
				c.Chosen = has(n, "checked")
			}
		case "textarea":
			c.Kind, c.Value = n.Data, strings.TrimPrefix(inner(n), "\n")
		case "select":
			c.Kind = n.Data
			c.Value, c.Options = choices(n)
		case "button":
			c.Kind, c.Chosen = n.Data, false
		default:
			continue
		}
		if c.Name != "" {
			out = append(out, c)
		}
	}
	return out
}

func choices(list *parse.Node) (chosen string, all []string) {
	for n := range list.Descendants() {
		if n.Data != "option" {
			continue
		}
		value := attribute(n, "value")
		if len(all) == 0 || has(n, "selected") {
			chosen = value
		}
		all = append(all, value)
	}
	return chosen, all
}

func has(n *parse.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a parse.Attribute) bool { return a.Key == name })
}

func inner(n *parse.Node) string {
	text := ""
	for c := range n.ChildNodes() {
		text += c.Data
	}
	return text
}

// Values are what a browser would send of the form as the page stands, by its
// first button.
func (f Form) Values() url.Values {
	out := url.Values{}
	pressed := false
	for _, c := range f.Controls {
		if c.Kind == "file" || !c.Chosen && (c.Kind != "button" || pressed) {
			continue
		}
		pressed = pressed || c.Kind == "button"
		out.Add(c.Name, c.Value)
	}
	return out
}

// Answer sends the form that leads to an address as a browser does: with all
// that the page shows, but for what is typed: "name=value". A name that is
// typed twice is sent twice; a date may be typed whole. See [Page.Press] for a
// form that is sent with nothing but what is typed.
func (p Page) Answer(action string, typed ...string) Page {
	p.browser.t.Helper()
	for _, f := range p.Forms() {
		if address(f.Action) != address(action) {
			continue
		}
		return p.browser.post(f.Action, f.answer(typed))
	}
	p.browser.t.Fatalf("%s has status %d and no form for %q:\n%s", p.path, p.Status, action, p.Text())
	return p
}

func (f Form) answer(typed []string) url.Values {
	names := map[string]bool{}
	for _, c := range f.Controls {
		names[c.Name] = true
	}
	said := url.Values{}
	for _, one := range typed {
		for name, values := range (form{hidden: url.Values{}, inputs: names}).fill([]string{one}) {
			said[name] = append(said[name], values...)
		}
	}
	out := f.Values()
	maps.Copy(out, said)
	return out
}

// String is the form in short, for whoever looks for its fields.
func (f Form) String() string {
	text := f.Action
	for _, c := range f.Controls {
		text += " " + c.Name + ":" + c.Kind + "=" + strconv.Quote(c.Value)
	}
	return text
}
