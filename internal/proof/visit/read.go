package visit

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// read takes the fields of a form as a browser would send them untouched.
func read(form *html.Node, into url.Values) {
	for n := range form.Descendants() {
		name := attribute(n, "name")
		if name == "" {
			continue
		}
		switch n.Data {
		case "input":
			readInput(n, name, into)
		case "textarea":
			into.Add(name, words(n))
		case "select":
			into.Add(name, chosen(n))
		}
	}
}

func readInput(n *html.Node, name string, into url.Values) {
	switch attribute(n, "type") {
	case "file", "submit", "button":
	case "radio", "checkbox":
		if has(n, "checked") {
			into.Add(name, attribute(n, "value"))
		}
	default:
		into.Add(name, attribute(n, "value"))
	}
}

// chosen is the option of a list that is chosen, or else the first.
func chosen(list *html.Node) string {
	first, found := "", false
	for n := range list.Descendants() {
		if n.Data != "option" {
			continue
		}
		if has(n, "selected") {
			return attribute(n, "value")
		}
		if !found {
			first, found = attribute(n, "value"), true
		}
	}
	return first
}

// Text is what can be read on a page, with single spaces.
func (p Page) Text() string {
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		return p.Body
	}
	return strings.Join(strings.Fields(words(root)), " ")
}

func words(n *html.Node) string {
	var b strings.Builder
	for inner := range n.Descendants() {
		if inner.Type == html.TextNode && inner.Parent.Data != "script" && inner.Parent.Data != "style" {
			b.WriteString(inner.Data + " ")
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// address is a path without its query.
func address(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
