package app

import "testing"

// A director is named by the employer, made by an administrator, and reads.
func TestJourneyDirector(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, tom)
	b.open("/organisation/edit")
	b.fill("director_name", "Tom Bickerton")
	b.fill("director_email", tom)
	b.press("Save")
	b.see("Tom Bickerton")

	a := as(t, s, joanne)
	a.open("/admin/people?q=tom.bickerton@example.org")
	a.press("Tom Bickerton")
	a.see("Rutland has the address tom.bickerton@example.org on record as its director’s")
	a.picture("director-offered")
	a.accessible()
	a.press("Give the role of director")
	a.see("The role has been given", "Director, Rutland")
	a.miss("on record as its director’s")
	a.open("/admin/people/new")
	a.picture("director-new")

	d := as(t, s, patience)
	d.see("What you can look at", "Outcomes", "Your organisation")
	d.picture("director-home")
	d.accessible()
	d.press("See your outcomes")
	d.see("Our outcomes", "Where you stand")
	d.picture("director-outcomes")
	d.press("Organisation")
	d.see("Patience Hargreave", "A coordinator of your organisation can change it")
	d.picture("director-organisation")
	d.accessible()
	d.open("/help")
	d.see("ask a coordinator", "Amina Yusuf")
	d.picture("director-help")
	d.accessible()
	d.open("/registrations")
	d.see("You cannot do this in your present role")
}
