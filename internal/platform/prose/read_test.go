package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestADocumentIsRead(t *testing.T) {
	got, err := Read("# All *of* it\n\nFirst line\nand second.\n\n## One `x`\n\nUnder it & more, 1 < 2.\n\n### Part: the 2nd\n\nPlain **strong** and *slanted `code`*\\* &amp; end.\n\n*All of it\nwith `a_b`*\n\n## Two\n")
	if err != nil {
		t.Fatal(err)
	}
	want := Document{Title: "All of it", Intro: []Paragraph{{Spans: []Span{{"First line and second.", Plain}}}}, Sections: []Section{
		{Heading: Heading{"One x", "one-x"}, Text: []Paragraph{{Spans: []Span{{"Under it & more, 1 < 2.", Plain}}}}, Parts: []Part{{Heading: Heading{"Part: the 2nd", "part-the-2nd"},
			Text: []Paragraph{
				{Spans: []Span{{"Plain ", Plain}, {"strong", Strong}, {" and ", Plain}, {"slanted ", Emphasis}, {"code", Code}, {"* & end.", Plain}}},
				{Spans: []Span{{"All of it with ", Plain}, {"a_b", Code}}, Aside: true},
			}}}},
		{Heading: Heading{"Two", "two"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAPageCannotShowIsRefused(t *testing.T) {
	for name, tt := range map[string]struct{ markdown, want string }{
		"no title":       {"", "no title"},
		"text before":    {"Hello\n\n# Title\n", "line 1 of a document: text stands before the title"},
		"HTML":           {"# T\n\n<script>alert(1)</script>\n", "line 3 of a document: a page cannot show a HTMLBlock"},
		"HTML inside":    {"# T\n\nA <b>b</b>\n", "a page cannot show a RawHTML"},
		"list":           {"# T\n\n- one\n", "line 3 of a document: a page cannot show a List"},
		"quotation":      {"# T\n\n> one\n", "cannot show a Blockquote"},
		"picture":        {"# T\n\n![x](y)\n", "cannot show a Image"},
		"link":           {"# T\n\n[x](javascript:alert(1))\n", "cannot show a Link"},
		"address":        {"# T\n\n<https://example.org>\n", "cannot show a AutoLink"},
		"code":           {"# T\n\n```\nx\n```\n", "cannot show a FencedCodeBlock"},
		"two titles":     {"# T\n\n# U\n", "\"U\" cannot stand here"},
		"part too early": {"# T\n\n### U\n", "\"U\" cannot stand here"},
		"too deep":       {"# T\n\n## U\n\n#### V\n", "\"V\" cannot stand here"},
		"twice":          {"# T\n\n## U v\n\n### U, v\n", "line 5 of a document: the heading \"U, v\" has no anchor of its own"},
		"no letters":     {"# T\n\n## …\n", "has no anchor of its own"},
	} {
		if _, err := Read(tt.markdown); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("# T\n\n## U\n\n*a `b`*\n\n\\*")
	f.Fuzz(func(t *testing.T, markdown string) {
		d, err := Read(markdown)
		if err == nil && d.Title == "" {
			t.Error("a document without a title")
		}
	})
}
