package app

import (
	"strings"
	"testing"
)

// TestJourneyRights: an NQSW reads and keeps what is held of them; somebody who
// looks after the whole service places a hold, lifts it, and erases somebody
// whose year is long over.
func TestJourneyRights(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, "zainab.akhtar@example.org")
	b.open("/account")
	b.press("See everything that is held about you")
	b.see("What is held about you", "Name and address", "Registrations")
	js[int](b, `document.querySelectorAll("details").forEach(d => d.open = true) || 1`)
	b.picture("rights-own")
	b.accessible()
	if name, body := b.download("Download a copy"); !strings.HasSuffix(name, ".json") || !strings.Contains(string(body), "zainab.akhtar@example.org") {
		t.Errorf("%s: %s", name, body)
	}

	past := string(s.past(t, 1)[0])
	b = as(t, s, joanne)
	b.open("/admin/retention")
	b.see("Retention", "Assumed")
	b.picture("rights-retention")
	b.accessible()
	b.open("/admin/people/" + past)
	b.press("Data held about this person")
	b.see("Running years", "0", "A hold keeps everything")
	b.press("Place a hold")
	b.refused("Enter the reason")
	b.fill("hold_reason", "An appeal")
	b.press("Place a hold")
	b.see("There is a hold now", "An appeal", "Lift it first")
	b.picture("rights-held")
	b.accessible()
	b.press("Lift the hold")
	b.press("Erase this person")
	b.picture("rights-erase")
	b.accessible()
	name := strings.TrimPrefix(js[string](b, `document.querySelector("h1").innerText`), "Erase ")
	b.fill("reason", "Asked on 3 May, and agreed")
	b.fill("name", name)
	b.press("Erase for good")
	b.see("The person has been erased")
	b.open("/admin/people/" + past + "/data")
	b.see("has been erased")
	b.miss(name)
}
