package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/registration"
)

// TestPagesAsRead compares the pages of a coordinator, in their main states,
// with texts that a person has read.
func TestPagesAsRead(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	golden.Page(t, "list_empty", b.Get(paths.Registrations(nil)).Is(200).Body)
	golden.Page(t, "register_name", b.Get(paths.Register()+"/name").Is(200).Body)
	golden.Page(t, "register_name_wrong", b.Fill(paths.Register()+"/name", "given_name=", "family_name=", "email=nobody").Is(422).Body)
	running := h.Register(t, ours, entry(1))
	paused := h.Register(t, ours, entry(2))
	must(t, h.Pause(ctx, ours, paused.ID, paused.Version, registration.Pause{Reason: "parental-leave",
		Period: asye.Since(at("2026-10-05")), ExpectedReturn: at("2027-04-05")}))
	failed := h.Register(t, ours, entry(3, func(e *registration.Entry) { e.StartsOn = at("2025-11-03") }))
	must(t, h.Decide(ctx, ours, failed.ID, failed.Version, registration.Outcome{Result: registration.ResultFailed,
		DecidedOn: at("2026-11-02"), ToldOn: at("2026-11-04")}))
	golden.Page(t, "list", b.Get("/registrations?cohort=all").Is(200).Body)
	golden.Page(t, "record_running", b.Get(paths.Registration(running.ID)).Is(200).Body)
	golden.Page(t, "record_paused", b.Get(paths.Registration(paused.ID)).Is(200).Body)
	golden.Page(t, "record_failed", b.Get(paths.Registration(failed.ID)).Is(200).Body)
	golden.Page(t, "details", b.Get(paths.RegistrationDetails(running.ID)).Is(200).Body)
}
