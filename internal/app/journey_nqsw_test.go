package app

import (
	"io"
	"strings"
	"testing"
)

func TestJourneyOwnPart(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	record := s.recordOf(t, temi)
	coordinator := as(t, s, tom)
	coordinator.open(record)
	coordinator.see("Not complete yet")
	coordinator.press("Send the invitation again")
	coordinator.see("Invitation sent")

	b := newTab(t, s)
	b.open(s.mailed(t, temi))
	b.press("Sign in")
	b.see("Temitope Balogun", "Confirm your details")
	b.picture("nqsw-home")
	b.accessible()
	b.press("Confirm your details")
	b.see("Are these details right?", "5 April 2002")
	b.accessible()
	b.press("Correct something")
	b.fill("given_name", "")
	b.press("Continue")
	b.refused("first name")
	b.accessible()
	b.fill("given_name", "Temitope")
	b.fill("middle_names", "Ayo")
	b.press("Continue")
	b.see("Check your details", "Ayo")
	b.press("Save and confirm")
	b.see("Thank you: your details are corrected and confirmed")

	b.press("Answer the equality questions")
	b.see("Who sees your answers", "What they are for")
	b.picture("equality-about")
	b.accessible()
	b.press("See the questions")
	b.choose("sex", "female")
	b.press("Continue")
	b.choose("gender_same", "no")
	b.fill("gender_identity", "Qzgender")
	b.press("Continue")
	b.press("Sign out")

	b.signIn(temi)
	b.open("/home")
	b.see("Carry on where you stopped", "Equality questions")
	b.press("Equality questions")
	b.see("What is your ethnic group?")
	b.choose("ethnic_group", "other")
	b.press("Continue")
	b.choose("ethnic_background", "other_other")
	b.fill("ethnic_detail", "Qzbackground")
	b.picture("equality-background")
	b.accessible()
	b.press("Continue")
	b.choose("disability", "yes")
	b.press("Continue")
	b.see("Check your answers", "Female", "Qzgender", "Qzbackground")
	b.accessible()
	b.press("Keep these answers")
	b.see("Your employer can now see that you have been through the questions, and nothing else")
	b.picture("equality-done")
	b.accessible()
	b.open("/my/equality")
	b.see("Qzgender")

	said := []string{"Qzgender", "Qzbackground", "Female", "Any other ethnic group"}
	coordinator.open(record)
	coordinator.see("Complete", "Ayo")
	coordinator.miss("Not complete yet")
	for _, page := range []string{record, record + "/history", record + "/details", "/home", "/registrations?cohort=all&q=Balogun", "/organisation", "/transfers"} {
		coordinator.open(page)
		coordinator.miss(said...)
	}
	for _, format := range []string{"csv", "json"} {
		res, err := coordinator.client().Get(s.at + "/export?format=" + format)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || !strings.Contains(string(body), "Balogun") {
			t.Fatalf("the export as %s has nobody in it: %s, %v", format, res.Status, err)
		}
		for _, answer := range said {
			if strings.Contains(string(body), answer) {
				t.Errorf("the export as %s has the answer %q", format, answer)
			}
		}
	}
	administrator := as(t, s, joanne)
	administrator.open("/admin/audit")
	administrator.miss(said...)
}
