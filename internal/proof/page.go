package proof

import (
	"fmt"
	"strings"
)

// Page is docs/how-it-is-tested.md, made from what the last runs saw.
func Page(results []Result) string {
	var b strings.Builder
	b.WriteString(`# How it is tested

What the service promises, what holds each promise, and what the last run saw. Every net has a twin: the program with a
mistake put in on purpose, which the net must notice. This page is made by ` + "`make tested`" + ` from what the runs themselves wrote
into [tested](tested); nobody edits it. Run any line again with its command, from a clone, on a machine of your own.
`)
	var part Part
	for _, r := range results {
		if r.Part != part {
			part = r.Part
			fmt.Fprintf(&b, "\n## %s\n", part)
		}
		fmt.Fprintf(&b, "\n### %s\n\n", r.Promise)
		fmt.Fprintf(&b, "- **Seen** on %s (%s): %s\n", r.On, r.Machine, r.Saw)
		for line := range strings.Lines(r.Twin) {
			fmt.Fprintf(&b, "- **Twin**: %s\n", strings.TrimSpace(line))
		}
		fmt.Fprintf(&b, "- **Run it**: `%s`\n", r.Command)
	}
	return b.String()
}
