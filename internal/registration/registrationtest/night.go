package registrationtest

import (
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
)

// Until lets days go by until one has come, and does in its night what the
// service does each night.
func (h House) Until(t testing.TB, day asye.Date) {
	t.Helper()
	c := h.DB.Clock().(*clock.Stopped)
	c.Move(time.Duration(clock.Today(c).DaysUntil(day)) * 24 * time.Hour)
	_, err := h.CompleteDue(ctx)
	Must(t, err)
	_, err = h.Refresh(ctx)
	Must(t, err)
}
