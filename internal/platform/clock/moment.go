package clock

import "example.org/asye/internal/asye"

// Moment is an instant as people in England read it, on pages and in mail: 22
// November 2026 at 9:30am; nothing for no instant.
func Moment(at asye.Instant) string {
	if at.IsZero() {
		return ""
	}
	return at.Time().In(London).Format("2 January 2006 at 3:04pm")
}
