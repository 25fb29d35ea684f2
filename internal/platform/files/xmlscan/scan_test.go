package xmlscan

import (
	"strings"
	"testing"
	"testing/iotest"
)

// story reads a document to its end and tells what was in it.
func story(text string, budget int) (string, error) {
	x := New(iotest.OneByteReader(strings.NewReader(text)), &budget)
	var out strings.Builder
	for {
		kind, err := x.Next()
		if err != nil || kind == Done {
			return out.String(), err
		}
		switch kind {
		case Start:
			out.WriteString("<" + string(x.Name))
			if a := x.Attr("a"); a != nil {
				out.WriteString(" a=" + x.AttrText("a"))
			}
		case End:
			out.WriteString(">" + string(x.Name))
		case Text:
			content, err := x.AppendText(nil)
			if err != nil {
				return out.String(), err
			}
			out.WriteString("'" + string(content) + "'")
		}
	}
}

func TestTokens(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"elements and text", "<r>x<b>y</b></r>", "<r'x'<b'y'>b>r"},
		{"empty element", "<r><b/></r>", "<r<b>b>r"},
		{"empty element with space", `<r a="1" />`, "<r a=1>r"},
		{"prefixes", `<p:r xmlns:p="x" p:a="2" a="1"></p:r >`, "<r a=1>r"},
		{"single quotation marks", `<r a='"'/>`, `<r a=">r`},
		{"space around the equals sign", "<r\n a = '1'/>", "<r a=1>r"},
		{"greater-than in an attribute", `<r a="b>c>d"/>`, "<r a=b>c>d>r"},
		{"slash at the end of an attribute", `<r a="/"/>`, "<r a=/>r"},
		{"entities", `<r a="&lt;&#65;">&amp;&#x42;&gt;&quot;&apos;</r>`, "<r a=<A'&B>\"''>r"},
		{"CDATA", "<r><![CDATA[<&>]] >]]></r>", "<r'<&>]] >'>r"},
		{"comment and instructions", "<?xml version='1.0'?><r><!-- <x> -- > --><?a b>c?></r>", "<r>r"},
		{"ends of line", "<r>a\r\nb\rc&#13;</r>", "<r'a\nb\nc\r'>r"},
		{"byte order mark", "\ufeff<r/>", "<r>r"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := story(tt.text, 10)
			if err != nil || got != tt.want {
				t.Errorf("%q gives %q (%v), want %q", tt.text, got, err, tt.want)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	attrs := func(n int) string { return "<r" + strings.Repeat(` b=""`, n) + "/>" }
	text := func(n int) string { return "<r>" + strings.Repeat("x", n) + "</r>" }
	tests := []struct {
		name, good, bad string
		want            error
	}{
		{"depth", deep(MaxDepth), deep(MaxDepth + 1), ErrStrange},
		{"attributes", attrs(maxAttributes), attrs(maxAttributes + 1), ErrMalformed},
		{"length of text", text(MaxToken - 1), text(MaxToken), ErrStrange},
		{"budget", "<r>" + strings.Repeat("<a/>", 99) + "</r>", "<r>" + strings.Repeat("<a/>", 100) + "</r>", ErrStrange},
		{"comments count", "<r>" + strings.Repeat("<!---->", 99) + "</r>", "<r>" + strings.Repeat("<!---->", 100) + "</r>", ErrStrange},
		{"document type", "<r/>", "<!DOCTYPE r><r/>", ErrDoctype},
		{"closed in order", "<a><b></b></a>", "<a><b></a></b>", ErrMalformed},
		{"closed at all", "<a></a>", "<a>", ErrMalformed},
		{"closed once", "<a></a>", "<a></a></a>", ErrMalformed},
		{"name", "<a/>", "< a/>", ErrMalformed},
		{"nothing inside", "<a/>", "<>", ErrMalformed},
		{"quotation marks", `<r a="1"/>`, `<r a=1/>`, ErrMalformed},
		{"value", `<r a="1"/>`, `<r a/>`, ErrMalformed},
		{"known entity", "<r>&lt;</r>", "<r>&nbsp;</r>", ErrMalformed},
		{"entity is ended", "<r>&lt;</r>", "<r>&lt</r>", ErrMalformed},
		{"numbered character", "<r>&#1114111;</r>", "<r>&#0;</r>", ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := story(tt.good, 100); err != nil {
				t.Errorf("good: %v", err)
			}
			if _, err := story(tt.bad, 100); err != tt.want {
				t.Errorf("bad: %v, want %v", err, tt.want)
			}
		})
	}
}
