package app

import (
	"fmt"
	"strings"

	"example.org/asye/internal/platform/web/webtest"
)

// newcomer is somebody whom the tour registers.
type newcomer struct {
	given, family, email string
	number, born         string
	starts               string
	hours                string
}

// The NQSWs of the tour, by what becomes of them. Twin and twinned are two
// records of one person, as far as anybody can tell.
var (
	ada     = newcomer{"Ada", "Okafor", "ada.okafor@example.org", "SW701001", "1998-02-03", "2026-09-01", "37"}
	bo      = newcomer{"Bo", "Larsen", "bo.larsen@example.org", "SW701002", "1997-05-06", "2025-09-01", "37"}
	cyrus   = newcomer{"Cyrus", "Patel", "cyrus.patel@example.org", "SW701003", "1996-07-08", "2026-04-06", "37"}
	dilys   = newcomer{"Dilys", "Morgan", "dilys.morgan@example.org", "SW701004", "1995-09-10", "2026-05-04", "22.2"}
	edwin   = newcomer{"Edwin", "Tetteh", "edwin.tetteh@example.org", "SW701005", "1994-11-12", "2026-06-01", "37"}
	farida  = newcomer{"Farida", "Rahman", "farida.rahman@example.org", "SW701006", "1993-01-14", "2026-07-06", "37"}
	twin    = newcomer{"Gwen", "Abara", "gwen.abara@example.org", "SW701007", "1992-03-16", "2026-09-07", "37"}
	twinned = newcomer{"Gwen", "Abara", "g.abara@example.org", "SW701008", "1992-03-16", "2026-10-05", "37"}
)

// step answers the page of a journey that the browser shows.
func step(b *webtest.Browser, typed ...string) {
	path, _, _ := strings.Cut(b.Path(), "?")
	b.Answer(path, typed...)
}

// slip answers the page of a journey with something that is refused.
func slip(b *webtest.Browser, typed ...string) {
	b.Submit(typed...).Is(422)
}

// register takes a newcomer through all questions, and gives the record.
func (o *tour) register(by string, n newcomer) string {
	o.Helper()
	b := o.as(by)
	b.Get("/register/name").Is(200)
	wrong := func(typed ...string) {
		if n == ada {
			slip(b, typed...)
		}
	}
	wrong()
	step(b, o.say("given_name", n.given), o.say("family_name", n.family), "email="+n.email)
	wrong()
	step(b, "regulator_number="+n.number, "date_of_birth="+n.born, "added_to_register_on=2025-08-01")
	wrong("qualified_year=soon")
	step(b, "qualified_year=2025", "entry_route=other", "qualification=other", o.sayIn(200, "entry_route_other", "A route abroad"))
	wrong()
	step(b, "programme=child-and-family", "starts_on="+n.starts, "hours="+n.hours, "full_time_hours=37")
	wrong()
	step(b, "eligibility_registered=yes", "eligibility_sector=yes", "eligibility_agency=no", "eligibility_already_funded=no")
	wrong("assessor_email=not-an-address")
	step(b, o.sayIn(200, "team", "Duty and Assessment"), o.sayIn(200, "assessor_name", "Jo Bell"), "assessor_email=jo.bell@example.org")
	b.Is(200, "Check the answers")
	step(b)
	b.Is(200, "is registered")
	return o.record(n.email)
}

// begin registers everybody, after looking at pages that are empty and at a
// draft that is thrown away.
func (o *tour) begin() {
	b := o.as(cora)
	b.Get("/home").Is(200)
	b.Get("/registrations").Is(200)
	b.Get("/transfers").Is(200)
	b.Get("/upload").Is(200)
	b.Get("/register/name").Answer("/register/name").Is(422)
	b.Get("/register/name").Answer("/register/name", o.say("given_name", "Draft"), o.say("family_name", "Thrown Away"), "email=draft@example.org")
	step(b, "regulator_number=SW-ABC", "date_of_birth-day=31", "date_of_birth-month=2", "date_of_birth-year=1999")
	b.Is(422)
	b.Get("/home").Is(200, "Carry on where you stopped")
	b.Get("/register").Is(200)
	b.Get("/register/discard").Is(200).Answer("/register/discard").Is(200, "thrown away")
	for _, n := range []newcomer{ada, bo, cyrus, dilys, edwin, farida, twin} {
		o.register(cora, n)
	}
	o.register(devi, twinned)
	b.Get("/registrations?cohort=all").Is(200)
	b.Get("/registrations?cohort=all&q=nobody-of-this-name").Is(200)
	b.Get("/home").Is(200)
}

// keepRecord is what a coordinator does with the record of a year.
func (o *tour) keepRecord() {
	b, record := o.as(cora), o.record(ada.email)
	b.Get(record).Is(200).Answer(record+"/invite").Is(200, "Invitation sent")
	b.Get(record + "/registered").Is(200)
	details := b.Get(record + "/details").Is(200)
	details.Answer(record+"/details", "given_name=", "date_of_birth-day=31", "date_of_birth-month=2").Is(422)
	details.Answer(record+"/details", o.say("middle_names", "Grace")).Is(200)
	details.Answer(record+"/details", o.say("middle_names", "Violet")).Is(409)
	where := b.Get(record + "/allocation").Is(200)
	where.Answer(record+"/allocation", "assessor_email=not-an-address").Is(422)
	where.Answer(record+"/allocation", o.sayIn(200, "team", "Court Team"), o.sayIn(200, "assessor_name", "Ann Assessor"), "from=2026-10-01").Is(200)
	where.Answer(record+"/allocation", o.sayIn(200, "team", "Leaving Care"), "from=2026-10-08").Is(409)
	b.Get(record + "/check").Is(200).Answer(record + "/check").Is(200)
}

// change is what changes when a year ends: pauses, hours, extensions.
func (o *tour) change() {
	b, record := o.as(cora), o.record(ada.email)
	b.Get(record + "/pause").Is(200).Answer(record + "/pause").Is(422)
	late := b.Get(record + "/pause")
	pause := func(page webtest.Page, day string) webtest.Page {
		page.Answer(record+"/pause", "reason=sickness", "starts_on="+day, "returned=no", "expected_return_on=2026-12-07",
			o.sayIn(2000, "note", "A fit note covers it.")).Is(200, "Check the pause")
		return b.Page
	}
	first, second := pause(late, "2026-11-02"), pause(late, "2026-11-09")
	first.Answer(record+"/pause", "step=save").Is(200, "is paused from")
	second.Answer(record+"/pause", "step=save").Is(409)
	b.Get("/registrations?cohort=all&status=paused").Is(200)
	b.Get(record + "/return").Is(200).Answer(record + "/return").Is(422)
	o.overtake(cora, record+"/return", o.elsewhere(record), "ends_on=2026-11-16")
	b.Get(record+"/return").Answer(record+"/return", "ends_on=2026-11-16").Is(200, "Check the return")
	b.Answer(record+"/return", "step=save").Is(200)

	b.Get(record+"/hours").Is(200).Answer(record+"/hours", "starts_on=2026-10-05", "hours=40", "full_time_hours=37").Is(422)
	o.overtake(cora, record+"/hours", o.elsewhere(record), "starts_on=2026-10-05", "hours=30", "full_time_hours=37")
	b.Get(record+"/hours").Answer(record+"/hours", "starts_on=2026-10-05", "hours=22.2", "full_time_hours=37").Is(200)
	b.Answer(record+"/hours", "step=save").Is(200)

	b.Get(record + "/extend").Is(200).Answer(record + "/extend").Is(422)
	reason := o.chosen(b.Get(record+"/extend").Is(200), "reason")
	o.overtake(cora, record+"/extend", o.elsewhere(record), "months=1", o.sayIn(2000, "note", "The assessor fell ill."))
	b.Get(record+"/extend").Answer(record+"/extend", "months=2", reason, o.sayIn(200, "approver", "The director of practice"),
		"approved_on=2026-11-02", o.sayIn(2000, "note", "The assessor changed halfway.")).Is(200)
	b.Answer(record+"/extend", "step=save").Is(200)

	undo := record + "/extend/" + o.ask(`select id from extensions where enrolment_id = $1`, strings.TrimPrefix(record, "/registrations/")) + "/undo"
	b.Get(undo).Is(200).Answer(undo).Is(422)
	o.overtake(cora, undo, o.elsewhere(record), o.sayIn(2000, "undo_reason", "It was a mistake."))
	b.Get(undo).Answer(undo, o.sayIn(2000, "undo_reason", "It was meant for somebody else.")).Is(200)
	remove := record + "/pause/" + o.ask(`select id from pauses where enrolment_id = $1`, strings.TrimPrefix(record, "/registrations/")) + "/remove"
	b.Get(remove).Is(200).Answer(remove).Is(422)
	o.overtake(cora, remove, o.elsewhere(record), o.sayIn(2000, "undo_reason", "It was a mistake."))
	b.Get(remove).Answer(remove, o.sayIn(2000, "undo_reason", "She was at work all along.")).Is(200)
	pause(b.Get(record+"/pause"), "2026-11-09").Answer(record+"/pause", "step=save").Is(200)
	b.Get(record).Is(200)
	b.Get(record + "/history").Is(200)
}

// overtake sends a page after something else has happened to its record.
func (o *tour) overtake(by, page string, meanwhile func(), typed ...string) {
	o.Helper()
	late := o.as(by).Get(page).Is(200)
	meanwhile()
	late.Answer(page, typed...).Is(409)
}

// elsewhere changes a record from another window.
func (o *tour) elsewhere(record string) func() {
	return func() {
		o.Helper()
		o.overtaken++
		o.as(cora).Get(record+"/allocation").Answer(record+"/allocation", fmt.Sprintf("team=Team %d", o.overtaken),
			fmt.Sprintf("from=2026-11-%02d", 2+o.overtaken)).Is(200)
	}
}

// renamed changes the details of the person of a record.
func (o *tour) renamed(record string) func() {
	return func() {
		o.Helper()
		o.overtaken++
		o.as(cora).Get(record+"/details").Answer(record+"/details", fmt.Sprintf("middle_names=Name %d", o.overtaken)).Is(200)
	}
}

// chosen is the first answer that a page offers to a question.
func (o *tour) chosen(p webtest.Page, name string) string {
	o.Helper()
	for _, f := range p.Forms() {
		for _, c := range f.Controls {
			if c.Name != name {
				continue
			}
			for _, value := range append(c.Options, c.Value) {
				if value != "" {
					return name + "=" + value
				}
			}
		}
	}
	o.Fatalf("%s asks for no %s", p.Path(), name)
	return ""
}

// end is how a year ends, and what is left to do with one that has.
func (o *tour) end() {
	b, record := o.as(cora), o.record(bo.email)
	outcome := func(result string, typed ...string) {
		b.Get(record+"/outcome").Is(200).Answer(record+"/outcome", "result="+result).Is(200)
		b.Answer(record+"/outcome", append(typed, "step=check")...).Is(200, "Check the outcome")
		b.Answer(record+"/outcome", "step=save").Is(200)
	}
	b.Get(record + "/outcome").Is(200).Answer(record + "/outcome").Is(422)
	o.overtake(cora, record+"/outcome", o.elsewhere(record), "result=passed", "decided_on=2026-09-14", "step=check")
	outcome("failed", "decided_on=2026-09-07", "told_on=2026-09-09", o.sayIn(2000, "note", "The panel was of one mind."))
	b.Get(record + "/outcome/recorded").Is(200)
	undo := b.Get(record + "/outcome/undo").Is(200)
	undo.Answer(record + "/outcome/undo").Is(422)
	undo.Answer(record+"/outcome/undo", o.sayIn(2000, "reason", "The panel has not met yet.")).Is(200)
	undo.Answer(record+"/outcome/undo", o.sayIn(2000, "reason", "It has not met at all.")).Is(409)
	outcome("passed", "decided_on=2026-09-14")
	b.Get(record).Is(200)
	b.Get(record + "/outcome/recorded").Is(200)
	b.Get(record + "/pause").Is(409)

	b.Get("/export").Is(200)
	for _, format := range []string{"csv", "xlsx", "json"} {
		b.Get("/export?format=" + format).Is(200)
	}
}
