package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/registration"
)

// A year that ended early says so, and the working says that it is of before.
func TestTheRecordOfAYearThatEndedEarly(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2025-12-06") }))
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}))
		browse(t, h, ours).Get(paths.Registration(r.ID)).Is(200, "Ended on 20 November 2026",
			"How the last day is worked out, as the year stood before it ended", "The last day of the year is 5 December 2026.",
			"The year ended on 20 November 2026, as passed, 15 days before that last day.", "Milestones, as the year stood before it ended").
			Has(`href="/registrations?cohort=2025-26"`)
	})
}

func TestTheRecordOfAPlannedPause(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: asye.Since(at("2027-02-01")),
			ExpectedReturn: at("2027-11-01"), Reason: "parental-leave"}))
		pause := h.Record(t, ours, r.ID).OpenPause()
		browse(t, h, ours).Get(paths.Registration(r.ID)).Is(200, "Under way", "Paused from 1 February 2027 (planned)",
			"If Amara returns on 1 November 2027, the last day is 30 May 2028", "The earliest it could be 1 September 2027",
			"Milestones, with a return on 1 November 2027", "Change or remove the planned pause").
			Has(paths.RegistrationPauseRemove(r.ID, pause.ID)).Lacks("Record the return", "Since 1 February")
	})
}

func TestTheRecordOfAYearThatHasNotStarted(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2026-12-07") }))
		b := browse(t, h, ours)
		b.Get(paths.Registration(r.ID)).Is(200, "Not started", "Withdraw the registration").Lacks("Record the outcome")
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"),
			Reason: registration.Mistaken, Concerns: "no"}))
		b.Get(paths.Registration(r.ID)).Is(200, "Withdrawn", "It never began: withdrawn on 20 November 2026", "Known on 20 November 2026")
	})
}
