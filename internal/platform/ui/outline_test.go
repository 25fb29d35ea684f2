package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func render(t *testing.T, part, children templ.Component) string {
	t.Helper()
	ctx := context.Background()
	if children != nil {
		ctx = templ.WithChildren(ctx, children)
	}
	var b strings.Builder
	if err := part.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// outline writes HTML one node to a line, with attributes and classes sorted
// and white space that does not show taken out.
func outline(t *testing.T, text string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	write(&b, root, 0)
	return b.String()
}

func write(b *strings.Builder, n *html.Node, depth int) {
	indent := strings.Repeat("  ", depth)
	switch n.Type {
	case html.TextNode:
		if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
			fmt.Fprintf(b, "%s%s\n", indent, text)
		}
	case html.ElementNode:
		fmt.Fprintf(b, "%s<%s%s>\n", indent, n.Data, attributes(n))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		write(b, c, depth+1)
	}
}

func attributes(n *html.Node) string {
	list := make([]string, 0, len(n.Attr))
	for _, a := range n.Attr {
		value := a.Val
		if a.Key == "class" {
			classes := strings.Fields(value)
			sort.Strings(classes)
			value = strings.Join(classes, " ")
		}
		list = append(list, fmt.Sprintf(" %s=%q", a.Key, value))
	}
	sort.Strings(list)
	return strings.Join(list, "")
}

func readFixtures(t *testing.T, file string) map[string]fixture {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Fixtures []struct {
			Name    string
			Options json.RawMessage
			HTML    string
		}
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	found := map[string]fixture{}
	for _, f := range doc.Fixtures {
		one := fixture{Name: f.Name, HTML: f.HTML}
		// Options that ours have no name for are of any shape; the fixture is
		// then not in the table above.
		_ = json.Unmarshal(f.Options, &one.Options)
		found[f.Name] = one
	}
	return found
}
