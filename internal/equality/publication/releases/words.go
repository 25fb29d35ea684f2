package releases

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
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
