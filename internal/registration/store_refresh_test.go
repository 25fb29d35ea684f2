package registration_test

import (
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/registration"
)

// TestRefresh lets ten days go by while one year is paused and one is not.
func TestRefresh(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		paused, running := h.Register(t, ours, entry(1)), h.Register(t, ours, entry(2))
		must(t, h.Pause(ctx, ours, paused.ID, paused.Version, registration.Pause{
			Period: asye.Since(at("2026-11-02")), Reason: "sickness"}))
		before, still := h.Record(t, ours, paused.ID), h.Record(t, ours, running.ID)
		h.DB.Clock().(*clock.Stopped).Move(10 * 24 * time.Hour)
		n, err := h.Refresh(ctx)
		if err != nil || n != 1 {
			t.Fatalf("looked at %d, %v", n, err)
		}
		after := h.Record(t, ours, paused.ID)
		if after.DueOn != before.DueOn.AddDays(10) || after.Version != before.Version {
			t.Errorf("due %s, version %d; before %s, version %d", after.DueOn, after.Version, before.DueOn, before.Version)
		}
		if now := h.Record(t, ours, running.ID); now.DueOn != still.DueOn {
			t.Errorf("a year that is not paused moved from %s to %s", still.DueOn, now.DueOn)
		}
	})
}
