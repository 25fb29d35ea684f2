package app

// move is years that go from one employer to another, in each of the ways in
// which that can go.
func (o *tour) move() {
	losing, gaining := o.as(cora), o.as(devi)
	claim := func(n newcomer) string {
		o.Helper()
		gaining.Get("/transfers/claim").Is(200).Answer("/transfers/claim", "regulator_number="+n.number,
			"date_of_birth="+n.born, "joins_on=2026-12-07").Is(200, "Your claim is recorded")
		return o.ask(`select t.id from transfers t join enrolments e on e.id = t.enrolment_id join people p on p.id = e.person_id
			where p.email = $1 order by t.id desc limit 1`, n.email)
	}
	leave := func(n newcomer) {
		o.Helper()
		record := o.record(n.email)
		losing.Get(record + "/leaving").Is(200).Answer(record + "/leaving").Is(422)
		o.overtake(cora, record+"/leaving", o.elsewhere(record), "leaves_on=2026-12-07")
		losing.Get(record+"/leaving").Answer(record+"/leaving", "leaves_on=2026-12-07", "to_org="+o.org("302")).Is(200)
	}
	gaining.Get("/transfers/claim").Is(200).Answer("/transfers/claim", "regulator_number="+cyrus.number,
		"date_of_birth=1990-01-01", "joins_on=2026-12-07").Is(422)

	leave(cyrus)
	cancel := o.record(cyrus.email) + "/leaving/cancel"
	o.overtake(cora, cancel, o.elsewhere(o.record(cyrus.email)))
	losing.Get(cancel).Is(200).Answer(cancel).Is(200)
	disputed := claim(cyrus)
	object := o.record(cyrus.email) + "/object"
	losing.Get(object).Is(200).Answer(object).Is(422)
	o.overtake(cora, object, o.elsewhere(o.record(cyrus.email)), o.sayIn(2000, "dispute", "He never left."))
	losing.Get(object).Answer(object, o.sayIn(2000, "dispute", "He still works here.")).Is(200)
	o.rule(disputed, "no")

	leave(dilys)
	claim(dilys)
	losing.Get("/transfers").Is(200)
	gaining.Get("/transfers").Is(200)

	back := "/transfers/" + claim(edwin)
	gaining.Get(back+"/correct").Is(200).Answer(back+"/correct", "joins_on-day=").Is(422)
	late, later := gaining.Get(back+"/correct"), gaining.Get(back+"/take-back")
	gaining.Get(back+"/correct").Answer(back+"/correct", "joins_on=2026-12-14").Is(200)
	late.Answer(back+"/correct", "joins_on=2026-12-21").Is(409)
	later.Answer(back + "/take-back").Is(409)
	gaining.Get(back + "/take-back").Is(200).Answer(back + "/take-back").Is(200)
	claim(farida)
}

// rule is how the national team settles a dispute.
func (o *tour) rule(transfer, moves string) {
	b, dispute := o.as(nia), "/disputes/"+transfer
	b.Get("/disputes").Is(200)
	b.Get(dispute).Is(200).Answer(dispute).Is(422)
	late := b.Get(dispute)
	b.Get(dispute).Answer(dispute, "moves="+moves, o.sayIn(2000, "why", "The contract says so.")).Is(200)
	late.Answer(dispute, "moves=no", o.sayIn(2000, "why", "The contract says no.")).Is(409)
	b.Get("/disputes").Is(200)
}

// judge is how the national team decides on two records that may be one.
func (o *tour) judge() {
	b := o.as(nia)
	b.Get("/duplicates").Is(200)
	pair := "/duplicates/" + o.ask(`select id from duplicates where decision = ''`)
	b.Get(pair).Is(200).Answer(pair).Is(422)
	b.Get(pair).Answer(pair, "decision=different", o.sayIn(2000, "note", "Both certificates were seen.")).Is(200)
	b.Get("/duplicates").Is(200)
}

// live is what an NQSW does: their details, their answers, their move.
func (o *tour) live() {
	b := o.as(ada.email)
	b.Get("/home").Is(200)
	b.Get("/my").Is(200)
	b.Get("/my/history").Is(200)
	o.overtake(ada.email, "/my/details", o.renamed(o.record(ada.email)))
	b.Get("/my/details").Is(200).Answer("/my/details").Is(200)
	o.overtake(ada.email, "/my/details/edit", o.renamed(o.record(ada.email)), o.say("middle_names", "Grace Lily"), "step=save")
	edit := b.Get("/my/details/edit").Is(200)
	edit.Answer("/my/details/edit", "given_name=").Is(422)
	edit.Answer("/my/details/edit", o.say("middle_names", "Grace Rose")).Is(200, "Check your details")
	b.Answer("/my/details/edit", "step=save").Is(200)
	o.equality()
	b.Get("/my/move").Is(200)

	moving := o.as(dilys.email)
	moving.Get("/my/move").Is(200).Answer("/my/move").Is(422)
	moving.Get("/my/move").Answer("/my/move", "answer=right").Is(200)
	wrong := o.as(farida.email)
	wrong.Get("/my/move").Answer("/my/move", "answer=wrong", o.sayIn(2000, "dispute", "I have never worked there.")).Is(200)
	o.rule(o.ask(`select t.id from transfers t join enrolments e on e.id = t.enrolment_id join people p on p.id = e.person_id
		where p.email = $1`, farida.email), "no")
}

// equality is the questions that an NQSW may answer, twice: the first draft is
// thrown away, and the answers are deleted and given again.
func (o *tour) equality() {
	b := o.as(ada.email)
	begin := func() {
		b.Get("/my/equality").Is(200, "Equality questions")
		step(b)
		slip(b, "sex=of another planet")
		step(b, "sex=female")
		slip(b, "gender_same=perhaps")
		step(b, "gender_same=no", o.say("gender_identity", "Woman"))
	}
	begin()
	b.Forge(b.Page, "/my/equality/discard")
	for range 2 {
		begin()
		slip(b, "ethnic_group=martian")
		step(b, "ethnic_group=other")
		slip(b, "ethnic_background=martian")
		step(b, "ethnic_background=other_other", o.say("ethnic_detail", "Circassian"))
		slip(b, "disability=perhaps")
		step(b, "disability=yes")
		b.Get("/my/equality/check").Is(200).Answer("/my/equality/check").Is(200)
		b.Get("/my/equality/done").Is(200)
		b.Get("/my/equality").Is(200)
		b.Get("/my/equality/wipe").Is(200).Answer("/my/equality/wipe").Is(200)
	}
}
