package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Page is docs/how-it-is-tested.md, made from what the last runs saw. targets
// are all nets: one that no run has kept anything of is named at the end.
func Page(results []Result, targets []string) string {
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
	ran := map[string]bool{}
	for _, r := range results {
		ran[target(r)] = true
	}
	missing := slices.DeleteFunc(slices.Clone(targets), func(name string) bool { return ran[name] })
	if len(missing) > 0 {
		b.WriteString("\n## Not run at full length yet\n\nTheir short forms run with `make test`. No figure of theirs is known, so none is given.\n\n")
		for _, name := range missing {
			fmt.Fprintf(&b, "- `make %s`\n", name)
		}
	}
	return b.String()
}

// target is the make target of a result: the second word of its command.
func target(r Result) string {
	words := strings.Fields(r.Command)
	if len(words) < 2 || words[0] != "make" {
		return ""
	}
	return words[1]
}

var netTarget = regexp.MustCompile(`(?m)^(net-[a-z0-9-]+):`)

// Targets are the nets that a makefile lists, in its order.
func Targets(makefile string) []string {
	var out []string
	for _, m := range netTarget.FindAllStringSubmatch(makefile, -1) {
		out = append(out, m[1])
	}
	return out
}
