package releases

import (
	"net/url"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/programme"
)

// cohorts writes a list of cohorts as people do.
func cohorts(list []string) string {
	switch n := len(list); n {
	case 0:
		return ""
	case 1:
		return list[0]
	default:
		return list[0] + " to " + list[n-1]
	}
}

// day is the day of an instant.
func day(at *asye.Instant) string {
	if at == nil {
		return ""
	}
	return clock.DateOf(*at).String()
}

// programmeItems leads to the same page for each programme.
func programmeItems(all []programme.Programme, now, page string) []ui.NavItem {
	var out []ui.NavItem
	for _, p := range all {
		out = append(out, ui.NavItem{Text: p.Name, Href: page + "?" + url.Values{"programme": {p.Key}}.Encode(), Current: p.Key == now})
	}
	return out
}
