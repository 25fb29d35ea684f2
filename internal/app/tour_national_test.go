package app

// oversee is what the national team does with employers and figures.
func (o *tour) oversee() {
	b := o.as(nia)
	for _, page := range []string{"/home", "/employers", "/employers?q=nobody-of-this-name", "/employers?type=nhs_body", "/find", "/find?q=Okafor",
		"/find?q=nobody-of-this-name", "/outcomes", "/registrations-by-cohort", "/duplicates", "/disputes"} {
		b.Get(page).Is(200)
	}
	b.Get("/employers/new").Is(200).Answer("/employers/new").Is(422)
	b.Get("/employers/new").Answer("/employers/new", o.sayIn(120, "name", "Hearth Children"), "type=voluntary", "code=VOL77",
		"opened_on=2020-04-01", o.sayIn(120, "contact_name", "Ines Duarte"), "contact_email=ines@example.org",
		"contact_phone=020 7946 0000", o.sayIn(120, "director_name", "Hal Quist"), "director_email=hal@example.org").Is(200)
	employer := "/employers/" + o.org("VOL77")
	edit := b.Get(employer + "/edit").Is(200)
	edit.Answer(employer+"/edit", "name=").Is(422)
	edit.Answer(employer+"/edit", o.sayIn(120, "name", "Hearth for Children")).Is(200)
	edit.Answer(employer+"/edit", o.sayIn(120, "name", "Hearth for All")).Is(409)
	ending := employer + "/ending"
	b.Get(ending).Is(200).Answer(ending + "/what").Is(422)
	b.Get(ending+"/what").Answer(ending+"/what", "kind=merged", "on=2026-11-01")
	b.Get(ending + "/who").Is(200)
	b.Get(employer).Is(200).Answer(ending + "/discard")
	reason := o.sayIn(2000, "reason", "The Example (Structural Changes) Order 2026.")
	ended := func() {
		slip(b)
		step(b, reason)
		b.Is(200, "Check before you record the ending")
		step(b)
		b.Is(200, "The ending is recorded")
	}
	b.Get(ending + "/what").Is(200)
	step(b, "kind=closed", "on=2026-11-01")
	ended()
	b.Get("/employers?status=closed").Is(200)
	reopen := employer + "/reopen"
	b.Get(reopen).Is(200).Answer(reopen).Is(422)
	late := b.Get(reopen)
	b.Get(reopen).Answer(reopen, o.sayIn(2000, "reason", "The order was withdrawn.")).Is(200)
	late.Answer(reopen, o.sayIn(2000, "reason", "It was a mistake.")).Is(409)
	b.Get(ending + "/what").Is(200)
	step(b, "kind=merged", "on=2026-11-01")
	slip(b)
	step(b, "successors=301")
	ended()
	b.Get(employer).Is(200)
	b.Get(employer + "/ending/check").Is(409)

	c := o.as(cora)
	c.Get("/organisation").Is(200)
	own := c.Get("/organisation/edit").Is(200)
	own.Answer("/organisation/edit", "contact_email=not-an-address").Is(422)
	own.Answer("/organisation/edit", o.sayIn(120, "contact_name", "Cora Brandt"), "contact_email="+cora,
		"contact_phone=020 7946 0000", o.sayIn(120, "director_name", "Sol Marsh"), "director_email="+sol).Is(200)
	own.Answer("/organisation/edit", o.sayIn(120, "contact_name", "Somebody Else")).Is(409)
}

// direct makes a director of whom an employer names, who then reads what there is
// for them.
func (o *tour) direct() {
	b := o.as(femi)
	b.Get("/admin/people/new").Answer("/admin/people/new", o.say("given_name", "Sol"), o.say("family_name", "Marsh"), "email="+sol,
		"new_role=coordinator", "org="+o.org("301")).Is(200)
	person := "/admin/people/" + o.ask(`select id from people where email = $1`, sol)
	b.Get(person).Is(200, "on record as its director").Answer(person+"/roles", "new_role=director", "org="+o.org("301")).Is(200)
	b.Get(person).Answer(person + "/end-role").Is(200) // of coordinator
	d := o.as(sol)
	for _, page := range []string{"/home", "/organisation", "/organisation/outcomes", "/help"} {
		d.Get(page).Is(200)
	}
}

// count is what an analyst reads.
func (o *tour) count() {
	b := o.as(omar)
	for _, page := range []string{"/home", "/outcomes", "/outcomes?by=gender&by=ethnicity&by=deferrals", "/outcomes?by=gender&complete=yes",
		"/registrations-by-cohort", "/outcomes/download?format=csv&by=gender", "/outcomes/download?format=json&by=gender",
		"/outcomes/over-time", "/outcomes/over-time?by=gender&by=ethnicity", "/outcomes/held-equal", "/outcomes/held-equal?by=gender", "/outcomes/combined?by=gender&by=ethnicity",
		"/outcomes/combined?by=disability", "/outcomes/combined?by=gender&by=ethnicity&by=route&by=region", "/outcomes/stages?by=gender&by=ethnicity",
		"/outcomes/employers", "/outcomes/representation", "/outcomes/not-known"} {
		b.Get(page).Is(200)
	}
	for _, page := range []string{"over-time", "held-equal", "combined", "stages", "representation", "not-known"} {
		b.Get("/outcomes/" + page + "?boxes=child-and-family").Is(422)
	}
	b.Get("/outcomes?boxes=child-and-family").Is(422)
	o.as(nia).Get("/outcomes/employers").Is(200)
	o.as(cora).Get("/organisation/outcomes").Is(200)
	o.as(sol).Get("/organisation/outcomes").Is(200)
}
