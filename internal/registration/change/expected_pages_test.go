package change_test

import (
	"testing"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/registration"
)

// "When does it end now?" is answered by the return that is expected, and the
// earliest day comes second.
func TestAPauseLeadsWithTheExpectedReturn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		typed := []string{"reason=parental-leave", "starts_on=2026-11-02", "returned=no", "expected_return_on=2027-08-02"}
		b.Get(paths.RegistrationPause(r.ID))
		b.Submit(append(typed, "step=check")...).Is(200, "If Amara returns on 2 August 2027, the last day is 30 May 2028, 273 days later than now.",
			"The earliest it could be 21 September 2027", "worked out, with a return on 2 August 2027").Lacks("no return date yet")
		b.Submit(append(typed, "step=save")...).LeadsTo(paths.Registration(r.ID))
		b.Get(paths.RegistrationHours(r.ID)).Is(200, "The last day is 30 May 2028 if the return is on 2 August 2027, and 21 September 2027 at the earliest")
	})
}

// A pause that has not begun is planned: there is no return to record, and an
// outcome is not kept waiting for one.
func TestAPlannedPause(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationPause(r.ID))
		b.Submit("reason=parental-leave", "starts_on=2027-02-01", "returned=no", "step=save").LeadsTo(paths.Registration(r.ID))
		b.Get(paths.RegistrationReturn(r.ID)).Is(409, "The pause starts on 1 February 2027, so there is no return to record yet")
		b.Get(paths.RegistrationPause(r.ID)).Is(409, "A pause from 1 February 2027 is planned already")
		pause := h.Record(t, ours, r.ID).OpenPause()
		b.Get(paths.RegistrationPauseRemove(r.ID, pause.ID)).Is(200, "It has not begun. To change it, remove it here").Lacks("record the return")
		b.Get(paths.RegistrationOutcome(r.ID)).Is(200, "A pause from 1 February 2027 is planned. It falls away").Lacks("The year is paused")
	})
}

func TestAFailCannotBeToldBeforeItIsDecided(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationOutcome(r.ID)).Submit("result=failed", "step=result").Is(200)
		b.Submit("result=failed", "decided_on=2026-11-20", "told_on=2026-11-01", "step=check").
			Is(422, "cannot have been told in writing before the decision, on 20 November 2026")
		b.Submit("result=failed", "decided_on=2026-11-20", "told_on=2026-11-20", "step=check").
			Is(200, "Save it only after they have been told")
	})
}

// From a recorded outcome the way leads on to the record, to the cohort that it
// belongs to, and to what else is overdue.
func TestAnOutcomeLeadsBackToItsCohort(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2025-10-01") }))
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "passed", DecidedOn: at("2026-10-01")}))
		h.As(t, ours).Get(paths.RegistrationOutcomeRecorded(r.ID)).Is(200, "Go to the cohort 2025-26").
			Has(`"/registrations?cohort=2025-26"`, `"`+paths.Registration(r.ID)+`"`, `"/registrations?cohort=all&status=overdue"`)
	})
}

func TestAYearThatHasNotStartedCanOnlyBeWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2026-12-07") }))
		b := h.As(t, ours)
		b.Get(paths.RegistrationOutcome(r.ID)).Is(200, "Until then it can only be withdrawn").HasNot(`value="passed"`, `value="failed"`)
		b.Submit("result=passed", "step=result").Is(422, "has not started, so it can only be withdrawn")
		b.Submit("result=withdrawn", "step=result").Is(200, "When was it known?", "Registered by mistake")
		typed := []string{"result=withdrawn", "decided_on=2026-11-20", "reason=registered-by-mistake", "concerns=no"}
		b.Submit(append(typed, "step=check")...).Is(200, "does not begin: it is withdrawn")
		b.Submit(append(typed, "step=save")...).Is(303)
		b.Get(paths.RegistrationOutcomeRecorded(r.ID)).Is(200, "The year will not begin")
	})
}
