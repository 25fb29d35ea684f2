package admin

import "strings"

// part is a run of a message's text; a link of our own is one that can be
// followed.
type part struct {
	Text string
	Href string
}

// partsOf finds the lines of a message that are links to this service.
func partsOf(body, base string) []part {
	var out []part
	for _, line := range strings.Split(strings.TrimRight(body, "\n"), "\n") {
		one := part{Text: line}
		if rest, ours := strings.CutPrefix(line, base); ours && strings.HasPrefix(rest, "/") {
			one.Href = rest
		}
		out = append(out, one)
	}
	return out
}
