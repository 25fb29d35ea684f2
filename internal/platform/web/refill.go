package web

import (
	"net/url"
	"slices"
	"strings"

	"example.org/asye/internal/platform/ui"
	"golang.org/x/net/html"
)

// refill puts what was typed back into the form of a page that is sent to the
// same address. found is false where the page has no such form.
func refill(page, path string, k Kept) (filled string, found bool, err error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return "", false, err
	}
	form := formFor(root, path, k)
	if form == nil {
		return "", false, nil
	}
	left := map[string][]string{}
	for name, values := range k.Fields {
		left[name] = slices.Clone(values)
	}
	for n := range form.Descendants() {
		if name := attr(n, "name"); n.Type == html.ElementNode && name != "" && name != ui.FormField && k.Fields.Has(name) {
			put(n, k.Fields[name], left)
		}
	}
	var out strings.Builder
	err = html.Render(&out, root)
	return out.String(), true, err
}

// formFor is the form of a page that is sent to an address, the one with the
// most of the fields that were typed.
func formFor(root *html.Node, path string, k Kept) *html.Node {
	var best *html.Node
	most := -1
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") {
			continue
		}
		action := attr(n, "action")
		if action == "" {
			action = path
		}
		action, _, _ = strings.Cut(action, "?")
		if action != k.Action {
			continue
		}
		if has := matching(n, k.Fields); has > most {
			best, most = n, has
		}
	}
	if most == 0 && len(k.Fields) > 1 {
		return nil // the token alone is common to both
	}
	return best
}

func matching(form *html.Node, typed url.Values) int {
	names := map[string]bool{}
	for n := range form.Descendants() {
		if name := attr(n, "name"); name != "" && name != ui.FormField && typed.Has(name) {
			names[name] = true
		}
	}
	return len(names)
}

// put writes the typed values of a name into one of its elements. Of several
// elements of one name, each takes the next value.
func put(n *html.Node, values []string, left map[string][]string) {
	switch {
	case n.Data == "textarea":
		for c := n.FirstChild; c != nil; c = n.FirstChild {
			n.RemoveChild(c)
		}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: strings.ReplaceAll(next(n, left), "\r\n", "\n")})
	case n.Data == "select":
		choose(n, next(n, left))
	case n.Data != "input":
	case attr(n, "type") == "radio" || attr(n, "type") == "checkbox":
		set(n, "checked", slices.Contains(values, valueOf(n)))
	case attr(n, "type") == "password" || attr(n, "type") == "file":
	default:
		setText(n, "value", next(n, left))
	}
}

func next(n *html.Node, left map[string][]string) string {
	name := attr(n, "name")
	if len(left[name]) == 0 {
		return ""
	}
	first := left[name][0]
	left[name] = left[name][1:]
	return first
}

func choose(list *html.Node, value string) {
	for option := range list.Descendants() {
		if option.Type == html.ElementNode && option.Data == "option" {
			set(option, "selected", attr(option, "value") == value)
		}
	}
}

// valueOf is what a box sends when it is ticked.
func valueOf(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "value" {
			return a.Val
		}
	}
	return "on"
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func set(n *html.Node, name string, on bool) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if on {
		n.Attr = append(n.Attr, html.Attribute{Key: name})
	}
}

func setText(n *html.Node, name, text string) {
	set(n, name, false)
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: text})
}
