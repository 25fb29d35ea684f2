package app

import (
	"fmt"
	"strings"

	"example.org/asye/internal/registration/columns/columnstest"
)

// upload brings spreadsheets in: one that is refused, one that is discarded,
// and one that is mended and confirmed.
func (o *tour) upload() {
	b := o.as(cora)
	b.Get("/upload/columns").Is(200)
	b.Get("/upload/template.csv").Is(200)
	b.Get("/upload/template.xlsx").Is(200)
	b.Get("/upload").Attach("file", "", nil).Is(422)
	b.Get("/upload").Attach("file", "page.csv", []byte("<html><body>x</body></html>")).Is(422)
	at := func() string { path, _, _ := strings.Cut(b.Path(), "?"); return path }

	b.Get("/upload").Attach("file", "cohort.csv", columnstest.CSV(o.TB, o.person(1), o.person(2)))
	b.Is(200, "Check your upload")
	first := at()
	b.Get("/upload").Is(200, "An upload is waiting")
	b.Get("/home").Is(200)
	b.Get(first + "/discard").Is(200).Answer(first + "/discard").Is(200)
	b.Get(first + "/done").Is(200)

	b.Get("/upload").Attach("file", "cohort.csv", columnstest.CSV(o.TB, o.person(1), o.person(2, "hours", "many"),
		o.person(3, "starts_on", "31/09/2026"), o.person(4, "email", "shared@example.org"), o.person(5, "email", "shared@example.org")))
	check := at()
	b.Is(200)
	for _, show := range []string{"new", "changed", "same", "errors", "warnings"} {
		b.Get(check + "?show=" + show).Is(200)
	}
	b.Get(check + "/errors").Is(200)
	stale := b.Get(check)
	row := check + "/rows/3"
	b.Get(row).Is(200).Answer(row, "hours=some").Is(422)
	b.Get(row).Answer(row, "hours=30", o.sayIn(200, "team", "Fostering")).Is(200)
	stale.Answer(check + "/confirm").Is(409)
	b.Get(check).Answer(check+"/confirm", "invite=yes").Is(200, "Upload confirmed")
	b.Get("/upload").Is(200)
}

// person is the nth row of a file, with free texts.
func (o *tour) person(n int, edits ...string) columnstest.Cells {
	own := []string{"given_name", o.words("Upla", 100), "family_name", o.words(fmt.Sprintf("Oaded%d", n), 100),
		"team", o.words("Duty", 200), "assessor_name", o.words("Jo Bell", 200), "regulator_number", fmt.Sprintf("SW7020%02d", n),
		"email", fmt.Sprintf("uploaded%d@example.org", n)}
	return columnstest.Person(n, append(own, edits...)...)
}

// all is the whole tour.
func (o *tour) all() {
	for _, part := range []func(){o.open, o.hire, o.show, o.visit, o.oversee, o.direct, o.begin, o.release, o.keepRecord, o.change, o.end, o.move, o.live, o.judge, o.grants,
		o.upload, o.count, o.comeAndGo, o.proveLate, o.rights, o.lookBack} {
		part()
	}
	o.quiet()
}
