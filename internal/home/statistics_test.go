package home_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.org/asye/docs"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/prose"
	"example.org/asye/internal/schema"
)

// TestEachMethodIsExplained: every address of a method leads to a part of the
// page, every part has such an address, and each says it twice: to whoever acts,
// and to whoever checks.
func TestEachMethodIsExplained(t *testing.T) {
	document, err := prose.Read(docs.Statistics)
	if err != nil {
		t.Fatal(err)
	}
	var parts []paths.Method
	for _, section := range document.Sections {
		for _, part := range section.Parts {
			parts = append(parts, paths.Method(part.Anchor))
			if len(part.Text) != 2 || part.Text[0].Aside || !part.Text[1].Aside {
				t.Errorf("%q has not one paragraph for whoever acts and one, in italics, for whoever checks", part.Heading.Text)
			}
		}
		if len(section.Parts) == 0 || len(section.Text) > 0 {
			t.Errorf("the section %q has text of its own, or no method", section.Heading.Text)
		}
	}
	if !slices.Equal(parts, paths.Methods()) {
		t.Errorf("docs/statistics.md explains\n%q\nand paths.Methods are\n%q", parts, paths.Methods())
	}
}

// TestNoPageSaysSignificant: the word says more than any interval does.
func TestNoPageSaysSignificant(t *testing.T) {
	if strings.Contains(strings.ToLower(docs.Statistics), "significan") {
		t.Error("docs/statistics.md says significant")
	}
}

func TestStatisticsArePublic(t *testing.T) {
	page := open(t, dbtest.OpenSQLite(t, schema.All()), "").Get(paths.Statistics("")).Is(200, "How figures are worked out").
		Has("<code>wilson</code>: score interval (Wilson, JASA 22, 1927, 209). <code>cp</code>: exact tails")
	node, err := html.Parse(strings.NewReader(page.Body))
	if err != nil {
		t.Fatal(err)
	}
	ids, leads := map[string]int{}, map[string]bool{}
	for n := range node.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" {
				ids[a.Val]++
			}
			if to, ok := strings.CutPrefix(a.Val, "#"); ok && a.Key == "href" {
				leads[to] = true
			}
		}
	}
	for to := range leads {
		if ids[to] != 1 {
			t.Errorf("#%s leads to %d places", to, ids[to])
		}
	}
	for _, m := range paths.Methods() {
		_, anchor, _ := strings.Cut(paths.Statistics(m), "#")
		if ids[anchor] != 1 || !leads[anchor] {
			t.Errorf("%s has %d places, and is in the contents: %v", paths.Statistics(m), ids[anchor], leads[anchor])
		}
	}
}
