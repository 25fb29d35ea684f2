package app

import (
	"strings"
	"testing"
)

func TestJourneyPauseAndHours(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	record := s.recordOf(t, megan)
	b := as(t, s, tom)
	b.open(record)
	before := b.fact("Last day")
	b.press("Pause the year")
	b.press("Continue")
	b.refused("Choose the reason for the pause", "Say whether the NQSW has returned already")
	b.accessible()
	b.choose("reason", "sickness")
	b.date("starts_on", "2 11 2026")
	b.choose("returned", "no")
	b.date("expected_return_on", "1 12 2026")
	b.press("Continue")
	b.see("Check the pause", "What this does to the year", "Last day now", before)
	b.picture("pause-check")
	b.accessible()
	if now := s.count(t, `select count(*) from pauses p join enrolments e on e.id = p.enrolment_id where e.person_id = (select id from people where email = $1)`, megan); now != 0 {
		t.Fatal("the preview stored the pause")
	}
	b.press("Save the pause")
	b.see("is paused from 2 November 2026")
	paused := b.fact("Last day")
	if paused == before {
		t.Errorf("the pause left the last day at %s", paused)
	}
	b.see("How the last day is worked out", "paused")
	b.picture("record-paused")
	b.accessible()

	b.press("Record the return")
	b.date("ends_on", "16 11 2026")
	b.press("Continue")
	b.see("Check the return")
	b.press("Save the return")
	// Two weeks of pause are two weeks more at the end.
	returned := b.fact("Last day")
	if returned == paused || returned == before {
		t.Errorf("the return left the last day at %s; it was %s before the pause", returned, before)
	}

	b.open(record + "/hours")
	b.date("starts_on", "23 11 2026")
	b.fill("hours", "40")
	b.fill("full_time_hours", "37")
	b.press("Continue")
	b.refused("The contracted hours cannot be more than the full-time hours")
	b.fill("hours", "37")
	b.press("Continue")
	b.see("Check the working hours", "Last day now", returned, "Last day after this")
	after := b.fact("Last day after this")
	b.picture("hours-check")
	b.accessible()
	b.press("Change what you entered")
	b.see("Change the working hours")
	b.press("Continue")
	b.press("Save the hours")
	if now := b.fact("Last day"); !strings.HasPrefix(after, now) {
		t.Errorf("the preview said %s, the record says %s", after, now)
	}
	own := as(t, s, megan)
	own.open("/my")
	own.see("Paused", "2 November 2026", "16 November 2026", b.fact("Last day"))
	own.picture("my-year")
	own.accessible()
}

func TestJourneyMoveEmployer(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	record := s.recordOf(t, megan)
	losing := as(t, s, tom)
	losing.open(record)
	reference := losing.fact("Reference")
	number := losing.fact("Social Work England number")
	losing.open(record + "/leaving")
	losing.press("Report the leaving")
	losing.refused("day")
	losing.date("leaves_on", "4 1 2027")
	losing.choose("to_org", s.ask(t, `select id from organisations where code = '881'`))
	losing.press("Report the leaving")
	losing.see("You have reported that Megan Polglase leaves on 4 January 2027")
	losing.open(record)
	losing.see("Moving")
	losing.picture("record-moving")

	gaining := as(t, s, amina)
	gaining.open(record)
	gaining.missing(t, "before the move")
	gaining.open("/transfers/claim")
	gaining.fill("regulator_number", number)
	gaining.date("date_of_birth", "30 7 1998")
	gaining.date("joins_on", "4 1 2027")
	gaining.press("Claim this NQSW")
	gaining.refused("date of birth")
	gaining.miss("Megan")
	gaining.date("date_of_birth", "30 7 1999")
	gaining.press("Claim this NQSW")
	gaining.see("Your claim is recorded", "Joining you")
	gaining.picture("moves")
	gaining.accessible()

	own := as(t, s, megan)
	own.see("Confirm your move")
	own.press("Confirm your move")
	own.see("Are both dates right?", "Essex", "Rutland")
	own.press("Send your answer")
	own.refused("Say whether the dates are right")
	own.picture("my-move")
	own.accessible()
	own.choose("answer", "right")
	own.press("Send your answer")
	own.see("Thank you: your move is confirmed", "Until then it stays with Rutland")

	// Nobody gains or loses anything before the first day there.
	losing.open(record)
	losing.see("Megan Polglase", "Moving")
	gaining.open(record)
	gaining.missing(t, "before the first day there")
	s.sleepUntil(t, "2027-01-04")
	losing.signIn(tom)
	gaining.signIn(amina)
	losing.open(record)
	losing.missing(t, "after the move")
	losing.open("/registrations?cohort=all&q=Polglase")
	losing.miss("Megan Polglase")
	gaining.open(record)
	gaining.see("Megan Polglase", reference, "Essex", "Rutland")
	gaining.picture("record-moved")
	gaining.accessible()
}

// missing fails unless the page is not there, as for somebody else's record.
func (b *tab) missing(t *testing.T, when string) {
	t.Helper()
	if status := b.status(); status != 404 {
		t.Errorf("%s %s: the status is %d", b.path(), when, status)
	}
	b.miss("Megan", "Callum", "Chloe")
}

func TestJourneyOutcomes(t *testing.T) {
	t.Parallel()
	recordOutcomes(t, exampleSite(t))
}

func recordOutcomes(t *testing.T, s *site) {
	b := as(t, s, daniel)
	b.see("has reached the end of the year and no outcome is recorded")
	b.picture("coordinator-home")
	b.accessible()
	record := s.recordOf(t, chloe)
	b.open(record)
	b.press("Record the outcome")
	b.press("Continue")
	b.refused("Choose how the year ended")
	b.choose("result", "failed")
	b.press("Continue")
	b.see("When was the NQSW told in writing?")
	b.date("decided_on", "16 11 2026")
	b.press("Continue")
	b.refused("told")
	b.picture("outcome-error")
	b.accessible()
	b.date("told_on", "18 11 2026")
	b.press("Continue")
	b.see("Check the outcome", "18 November 2026", "What happens when you save")
	b.accessible()
	b.press("Save the outcome: failed")
	b.see("Chloe Hepworth", "undo the outcome")
	b.picture("outcome-recorded")
	b.accessible()
	b.open(record)
	b.see("Failed", "18 November 2026")

	b.open(record + "/outcome/undo")
	undo := js[string](b, `document.querySelector("main form button").innerText`)
	b.press(undo)
	b.refused("Say why the outcome is undone")
	b.accessible()
	b.fill("reason", "The moderation panel has not met yet.")
	b.press(undo)
	b.see("Record the outcome")
	b.open(record + "/history")
	b.see("The moderation panel has not met yet.")
	b.picture("history")
	b.accessible()

	b.open(record + "/outcome")
	b.choose("result", "passed")
	b.press("Continue")
	b.miss("When was the NQSW told in writing?")
	b.date("decided_on", "20 11 2026")
	b.press("Continue")
	b.press("Save the outcome: passed")
	b.open(record)
	b.see("Passed")
	b.open(record + "/pause")
	b.miss("First day of the pause")
	if n := s.count(t, `select count(*) from outcomes`); n == 0 {
		t.Error("no outcome is stored")
	}
}

func TestJourneyStaleSave(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	record := s.recordOf(t, megan)
	one, two := as(t, s, tom), as(t, s, tom)
	one.open(record + "/details")
	two.open(record + "/details")
	one.fill("middle_names", "Rose")
	one.press("Save")
	one.see("Details saved")
	two.fill("middle_names", "Violet")
	two.press("Save")
	two.see("Somebody else changed this record", "Tom Bickerton saved this record", "Rose", "Violet")
	if status := two.status(); status != 409 {
		t.Errorf("a stale save has the status %d", status)
	}
	two.picture("stale")
	two.accessible()
	one.open(record)
	one.see("Rose")
	one.miss("Violet")
	two.press("Save what I typed instead")
	two.see("Details saved")
	one.open(record)
	one.see("Violet")

	one.open(record + "/pause")
	two.open(record + "/pause")
	for i, b := range []*tab{one, two} {
		b.choose("reason", "sickness")
		b.date("starts_on", []string{"2 11 2026", "9 11 2026"}[i])
		b.choose("returned", "no")
		b.press("Continue")
	}
	one.press("Save the pause")
	two.press("Save the pause")
	two.see("Somebody else has changed this record", "2 November 2026", "9 November 2026")
	two.picture("stale-pause")
	two.accessible()
}
