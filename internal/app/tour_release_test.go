package app

import (
	"encoding/json"

	"example.org/asye/internal/equality/publication"
)

// graduate brings about a cohort in which thirty have passed and ten failed: no
// tour could wait for that.
func (o *tour) graduate() {
	const forty = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 40) `
	for _, statement := range []string{
		`insert into people (id, given_name, family_name, sort_name, search_text, created_at) ` + forty + `select 'grad-' || i, 'Grace', 'Graduate', 'graduate', '', '2020-09-01T09:00:00Z' from n`,
		`insert into nqsws (person_id, date_of_birth) ` + forty + `select 'grad-' || i, '1998-01-01' from n`,
		`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at) ` + forty +
			`select 'grad-' || i, 'grad-' || i, 'grad-' || i, (select id from organisations where code = '303'), 'child-and-family', '1', 2024, '2024-09-02', '2025-09-01', true, '2024-09-02T09:00:00Z' from n`,
		`insert into outcomes (id, enrolment_id, result, decided_on, told_on, reason, concerns, recorded_at) ` + forty +
			`select 'grad-' || i, 'grad-' || i, case when i % 4 = 0 then 'failed' else 'passed' end, '2025-09-01', '2025-09-01', '', 'no', '2025-09-01T09:00:00Z' from n`,
	} {
		o.arrange(statement)
	}
}

// release is what is published, and what is asked.
func (o *tour) release() {
	o.graduate()
	o.nobody().Get("/releases").Is(200, "Nothing is published yet")
	b, n := o.as(omar), o.as(nia)
	b.Get("/publication").Is(200)
	b.Get("/publication/new?programme=adults").Is(200)
	b.Get("/publication/new").Is(200).Answer("/publication/new").Is(422)
	prepare := func() string {
		o.Helper()
		b.Get("/publication/new").Answer("/publication/new", o.sayIn(150, "title", "Who is on the programme"), o.sayIn(150, "period", "outcomes by today"),
			"cohorts=2024-25", "tables=gender", "tables=region", "method=10-5").Is(200, "The release is prepared")
		return b.Path()
	}
	b.Get("/publication/new").Answer("/publication/new", "title=T", "period=P", "cohorts=2026-27", "tables=gender", "method=10-5").Is(422, "there is nothing to release")
	away := prepare()
	b.Get(away).Is(200).Answer(away+"/discard").Is(200, "The release is discarded")
	page := prepare()
	b.Get(page).Answer(page+"/approve").Is(200, "Your approval is recorded")
	b.Get(page).Is(200, "You have approved this release already")
	late := n.Get(page).Is(200)
	n.Get(page).Answer(page+"/approve").Is(200, "The release is published")
	late.Answer(page + "/approve").Is(409)
	public := "/releases/" + page[len("/publication/"):]
	o.nobody().Get(public).Is(200)
	o.nobody().Get(public + "/download").Is(200)
	withdraw := page + "/withdraw"
	b.Get(withdraw).Is(200).Answer(withdraw).Is(422)
	b.Get(withdraw).Answer(withdraw, o.sayIn(500, "reason", "Two regions were mixed up.")).Is(200, "The release is withdrawn")
	o.nobody().Get(public).Is(200, "withdrawn")
	n.Get(page).Is(200)
	o.nobody().Get(o.rich()).Is(200)
	o.nobody().Get("/releases").Is(200)
	b.Get("/publication").Is(200)

	b.Get("/questions").Is(200).Answer("/questions").Is(422)
	b.Get("/questions").Answer("/questions", "cohorts=2024-25", "by=gender", "and=region").Is(200)
	n.Get(b.Path()).Is(200)
	n.Get("/questions").Is(200)
	b.Get("/questions?programme=adults").Is(200)
}

// rich brings about a release with figures in it, for which thousands of years
// would have to end: its page, with everything that can stand in a table.
func (o *tour) rich() string {
	o.Helper()
	row := func(name string, sort publication.Sort, failed, total int, marks ...publication.Mark) publication.Row {
		r := publication.Row{Key: name, Name: name, Sort: sort, Failed: publication.Figure{N: failed}, Total: publication.Figure{N: total}}
		if len(marks) > 0 {
			r.Failed = publication.Figure{Mark: marks[0]}
		}
		return r
	}
	c := publication.Content{Title: o.words("How the year ended", 150), Programme: "child-and-family", Cohorts: []string{"2018-19", "2019-20"}, Period: o.words("outcomes by 2021", 150), Method: "10-5",
		Standing: publication.Table{Key: "standing", Name: "Registrations", Rows: []publication.Row{row("Passed or failed", publication.Group, 0, 5000), row("Withdrew", publication.Group, 0, 300), row(publication.All, publication.Whole, 0, 5300)}},
		Tables: []publication.Table{
			{Key: "gender", Name: "Gender", Source: "The answer to a question.", Rows: []publication.Row{row("Female", publication.Group, 30, 3000), row("Male", publication.Group, 30, 600),
				row(publication.NotKnown, publication.Unknown, 0, 1400, publication.Confidential), row(publication.All, publication.Whole, 70, 5000)}},
			{Key: "region", Name: "Region", Source: "The employer’s.", Rows: []publication.Row{row("London", publication.Group, 10, 90), row("North East", publication.Group, 0, 0), row("South East", publication.Group, 0, 600, publication.Confidential),
				row(publication.All, publication.Whole, 70, 5000)}}}}
	text, err := json.Marshal(c)
	if err != nil {
		o.Fatal(err)
	}
	o.arrange(`insert into releases (id, programme, title, state, content, content_hash, prepared_at, published_at) values ('rich', 'child-and-family', $1, 'published', $2, $3, $4, $4)`,
		c.Title, string(text), c.Hash(), o.service.db.Clock().Now())
	return "/releases/rich"
}
