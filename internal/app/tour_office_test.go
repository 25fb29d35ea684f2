package app

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
)

// The people of the tour who run things.
const (
	femi  = "femi.adeola@example.org"   // administrator of the whole service
	nia   = "nia.rees@example.org"      // national team
	omar  = "omar.haddad@example.org"   // analyst, and national team
	cora  = "cora.brandt@example.org"   // coordinator of Barking and Dagenham
	devi  = "devi.nair@example.org"     // coordinator of Barnet
	lachy = "lachlan.weir@example.org"  // administrator of Barking and Dagenham
	pia   = "pia.lindqvist@example.org" // coordinator of Barking and Dagenham, who leaves
	sol   = "sol.marsh@example.org"     // director of Barking and Dagenham
)

// open goes through the pages that anybody sees, and sets the service up.
func (o *tour) open() {
	v := o.nobody()
	for _, page := range []string{"/", "/help", "/privacy", "/accessibility", "/statistics", "/sign-in", "/signed-out", "/healthz", "/readyz"} {
		v.Get(page).Is(200)
	}
	v.Get("/sign-in/link?token=wrong").Is(422)
	v.Get("/no-such-page").Is(404)
	code, err := o.service.account.SetupCode(o.Context())
	if err != nil {
		o.Fatal(err)
	}
	form := v.Get("/setup").Is(200)
	form.Answer("/setup", "setup_code=WRON-GCOD-EWRO-NGCO").Is(422)
	form.Answer("/setup", "setup_code="+code, "type=national", o.say("name", "Programme Office"), "code=OFFICE",
		o.say("given_name", "Femi"), o.say("family_name", "Adeola"), "email="+femi).Is(200, "The service is set up")
	o.guests[femi] = v
}

// hire puts on record whoever runs things.
func (o *tour) hire() {
	b := o.as(femi)
	b.Get("/admin/people/new").Is(200).Answer("/admin/people/new").Is(422)
	for _, one := range []struct{ given, family, email, role, org string }{
		{"Nia", "Rees", nia, "national", "OFFICE"}, {"Omar", "Haddad", omar, "analyst", "OFFICE"},
		{"Cora", "Brandt", cora, "coordinator", "301"}, {"Devi", "Nair", devi, "coordinator", "302"},
		{"Lachlan", "Weir", lachy, "administrator", "301"}, {"Pia", "Lindqvist", pia, "coordinator", "301"}, {"Una", "Berg", una, "national", "OFFICE"},
	} {
		b.Get("/admin/people/new").Answer("/admin/people/new", o.say("given_name", one.given), o.say("middle_names", "Wren"),
			o.say("family_name", one.family), "email="+one.email, "new_role="+one.role, "org="+o.org(one.org)).Is(200)
	}
	b.Get("/admin/people?q=rees").Is(200)
	b.Get("/admin/people?q=nobody-of-this-name").Is(200)
	o.keepHouse()
}

// keepHouse is what an administrator does with people, roles, mail and jobs.
func (o *tour) keepHouse() {
	b, person := o.as(femi), "/admin/people/"+o.ask(`select id from people where email = $1`, pia)
	b.Get(person).Is(200).Answer(person + "/roles").Is(422)
	b.Get(person).Answer(person+"/roles", "new_role=administrator", "org="+o.org("301")).Is(200)
	b.Get(person).Answer(person + "/invite").Is(200)
	edit := b.Get(person + "/edit").Is(200)
	edit.Answer(person+"/edit", "given_name=").Is(422)
	edit.Answer(person+"/edit", o.say("middle_names", "Solveig")).Is(200)
	edit.Answer(person+"/edit", o.say("middle_names", "Astrid")).Is(409)
	b.Get(person).Answer(person + "/end-role").Is(200)
	b.Get(person).Answer(person + "/disable").Is(200)
	b.Get(person).Answer(person + "/enable").Is(200)
	b.Get(person).Answer(person + "/disable").Is(200)
	b.Get("/admin/people?status=disabled").Is(200)

	b.Get("/admin/outbox").Is(200, "No mail server is set up")
	o.arrange(`update mail_outbox set failed_at = created_at, last_error = $1 where recipient = $2`,
		o.words("550 no such mailbox", 200), pia)
	b.Get("/admin/outbox").Answer("/admin/outbox/retry").Is(200)
	o.arrange(`update mail_outbox set failed_at = created_at, last_error = '550 no such mailbox' where recipient = $1`, pia)
	o.arrange(`insert into jobs (id, kind, payload, run_at, created_at, attempts, failed_at, last_error)
		values ('job-1', 'account.mail_link', '{}', $1, $1, 8, $1, $2)`, o.service.db.Clock().Now(), o.words("the database was away", 200))
	b.Get("/admin/jobs").Is(200)
	b.Get("/admin/jobs?state=failed").Is(200).Answer("/admin/jobs/retry").Is(200)
	b.Get("/admin/jobs?state=done").Is(200)
	b.Get("/admin/settings").Is(200)
	b.Get("/admin/backups").Is(200).Answer("/admin/backups/now").Is(200)
}

// lookBack is the administrator's view of all that was done.
func (o *tour) lookBack() {
	b := o.as(femi)
	b.Get("/admin/audit").Is(200)
	b.Get("/admin/audit?what=registered&who=Cora").Is(200)
	b.Get("/admin/audit/checkpoint").Is(200)
	b.Get("/policy").Is(200)
	b.Get("/admin/audit?who=nobody-of-this-name").Is(200)
	b.Get("/admin/audit?from-day=31&from-month=2&from-year=2026").Is(422)
	o.as(lachy).Get("/admin/people").Is(200)
}

// comeAndGo is signing in and out, by mail and at several devices.
func (o *tour) comeAndGo() {
	v := o.nobody()
	v.Get("/sign-in?next=%2Forganisation").Answer("/sign-in", "email=not-an-address").Is(422)
	v.Get("/sign-in?next=%2Forganisation").Answer("/sign-in", "email="+cora).Is(200, "Check your e-mail")
	v.Get(o.site().mailed(o.TB, cora)).Is(200).Answer("/sign-in/link").Is(200)
	v.Get("/account").Is(200).Answer("/account/sign-out-device").Is(200)
	delete(o.guests, cora)
	v.Get("/account").Answer("/sign-out").Is(200, "You have signed out")

	b := o.again(omar)
	b.Get("/account").Is(200)
	id, err := o.service.account.PersonByEmail(o.Context(), omar)
	if err != nil {
		o.Fatal(err)
	}
	person := "/admin/people/" + string(id)
	o.as(femi).Get(person).Answer(person+"/roles", "new_role=national", "org="+o.org("OFFICE")).Is(200)
	roles := b.Get("/roles").Is(200)
	roles.Answer("/roles", "role=").Is(422)
	national := account.Grant{Org: asye.OrganisationID(o.org("OFFICE")), Role: asye.National}
	roles.Answer("/roles", "role="+national.Key()).Is(200)
	b.Get("/account").Answer("/account/sign-out-everywhere").Is(200, "You have signed out")
	delete(o.guests, omar)
	if b.Get("/home"); b.Path() == "/home" || b.Status != http.StatusOK {
		o.Errorf("signing out everywhere leaves %s open", b.Path())
	}
}
