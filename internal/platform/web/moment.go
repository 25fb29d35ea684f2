package web

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
)

// Moment is an instant as pages show it: see [clock.Moment].
func Moment(at asye.Instant) string { return clock.Moment(at) }
