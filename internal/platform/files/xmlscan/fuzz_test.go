package xmlscan

import (
	"strings"
	"testing"
)

// Any bytes come to an end, within the budget, and open what they close.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{`<a b="c">d</a>`, `<!DOCTYPE a>`, `<a><![CDATA[<b>]]></a>`, `<!-- - --><a/>`, `<a b='>'>&#x41;&lt;&nope;</a>`, "<a", strings.Repeat("<a>", 300)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		budget, open := 10_000, 0
		x := New(strings.NewReader(string(data)), &budget)
		for n := 0; ; n++ {
			if n > 20_000 {
				t.Fatal("does not end")
			}
			kind, err := x.Next()
			if err != nil {
				return
			}
			switch kind {
			case Done:
				if open != 0 {
					t.Fatalf("%d elements are open at the end", open)
				}
				return
			case Start:
				open++
				x.AttrText("b")
			case End:
				open--
			case Text:
				if _, err := x.AppendText(nil); err != nil {
					return
				}
			}
		}
	})
}
