package app

import (
	"fmt"
	"strings"

	"example.org/asye/internal/registration/columns/columnstest"
)

// look opens a page and says in which state it is, for the gallery.
func (o *tour) look(p *photographer, state, who string, pages ...string) {
	o.Helper()
	b := o.as(who)
	p.state = state
	for _, page := range pages {
		b.Get(page).Is(200)
	}
	p.state = ""
}

// readOnly looks at what is left of a year that has ended, and of one that has
// gone to another employer.
func (o *tour) readOnly(p *photographer) {
	record := o.record(bo.email)
	o.look(p, ended, cora, record, record+"/history", record+"/details", record+"/allocation", "/registrations?cohort=all&status=passed")
	o.look(p, ended, bo.email, "/my", "/my/history", "/my/details", "/my/move", "/home")
}

// crowd fills every list with more than one page of it holds.
func (o *tour) crowd(p *photographer) {
	people := func(from, n int) []columnstest.Cells {
		var out []columnstest.Cells
		for i := range n {
			out = append(out, o.person(0, "given_name", fmt.Sprintf("Crowd%d", i), "family_name", "Ofmany", "regulator_number", fmt.Sprintf("SW%d", from+i),
				"email", fmt.Sprintf("crowd%d@example.org", from+i), "date_of_birth", "27/03/1999"))
		}
		return out
	}
	bring := func(who string, rows []columnstest.Cells) {
		b := o.as(who)
		b.Get("/upload").Attach("file", "crowd.csv", columnstest.CSV(o.TB, rows...))
		check, _, _ := strings.Cut(b.Is(200).Path(), "?")
		o.look(p, many, who, check+"?show=new", check)
		b.Get(check).Answer(check+"/confirm").Is(200, "Upload confirmed")
	}
	bring(cora, people(730000, 60))
	bring(devi, people(740000, 30))
	wrong := people(750000, 60)
	for i := range wrong {
		wrong[i]["hours"] = "many"
	}
	b := o.as(cora)
	b.Get("/upload").Attach("file", "wrong.csv", columnstest.CSV(o.TB, wrong...))
	check, _, _ := strings.Cut(b.Is(200).Path(), "?")
	o.look(p, many, cora, check)
	b.Get(check + "/discard").Answer(check + "/discard")
	o.quarrel(30)

	record := o.record(ada.email)
	for i := range 40 {
		o.as(cora).Get(record+"/details").Answer(record+"/details", "middle_names=Name "+strings.Repeat("x", i+1)).Is(200)
	}
	o.look(p, many, cora, "/registrations?cohort=all", "/registrations?cohort=all&page=2", "/transfers", "/upload", record+"/history", "/home")
	o.look(p, many, nia, "/employers", "/find?q=Crowd", "/duplicates", "/disputes", "/home")
	o.look(p, many, femi, "/admin/people", "/admin/audit", "/admin/outbox")
	o.look(p, many, ada.email, "/my/history")
}

// quarrel is n moves that are claimed, the half of them disputed.
func (o *tour) quarrel(n int) {
	for i := range n {
		o.as(devi).Get("/transfers/claim").Answer("/transfers/claim", fmt.Sprintf("regulator_number=SW%d", 730030+i),
			"date_of_birth=1999-03-27", "joins_on=2026-12-07").Is(200)
		if i%2 == 0 {
			object := o.record(fmt.Sprintf("crowd%d@example.org", 730030+i)) + "/object"
			o.as(cora).Get(object).Answer(object, "dispute=Still here").Is(200)
		}
	}
}
