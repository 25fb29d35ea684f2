package arch

import (
	"regexp"
	"strings"
)

// foreign are texts that belong to one machine or one network: somebody's home
// folder, and the address of a package mirror.
var foreign = regexp.MustCompile(`(?i)/ro` + `ot/|/ho` + `me/\w+/|https?://(proxy|mirror|nexus|artifactory)[.\w-]*`)

// workplace holds that nothing in the tree depends on, or tells of, the machine
// on which it was written.
func workplace(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		for i, line := range strings.Split(f.Text, "\n") {
			if found := foreign.FindString(line); found != "" {
				out = append(out, t.finding(f, i+1, "names %q, which is of one machine or one network: take it out", found))
			}
		}
	}
	return out
}
