package matrix

import (
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/publication"
	askings "example.org/asye/internal/equality/publication/question"
)

// The releases of the world: one that waits, and one that is published.
const (
	waits     = "release-waits"
	published = "release-published"
)

// publish prepares a release, publishes another, and has somebody ask.
func (w *world) publish() {
	now := w.DB.Clock().Now()
	book := publication.Book{Base: publication.Base{}}
	count := func(family, leaf, result string, people int) {
		book.Base[publication.Place{Family: family, Leaf: leaf, Cohort: 2020, Result: result}] = publication.Amount{People: people}
	}
	for result, n := range map[string]int{"passed": 380, "failed": 20} {
		count("gender", "Female", result, n)
		count("cohort", "2020-21", result, n)
	}
	count("standing", publication.Decided, "", 400)
	plan := publication.Plan{Period: "a period", Programme: "adults", Cohorts: []asye.Cohort{2020}, Tables: []string{"gender"}, Method: "10-5"}
	for _, r := range []struct{ id, mark, kind, state string }{{published, "ReleasePublished", "published", "published"}, {waits, "ReleaseWaits", "release", "prepared"}} {
		plan.Title = r.mark
		c, _, err := book.Prepare(plan)
		w.must(err)
		text, err := json.Marshal(c)
		w.must(err)
		var at any
		if r.state == "published" {
			at, book.Past = now, []publication.Content{c}
		}
		w.run(`insert into releases (id, programme, title, state, content, content_hash, prepared_at, published_at) values ($1, 'adults', $2, $3, $4, $5, $6, $7)`,
			r.id, c.Title, r.state, string(text), c.Hash(), now, at)
		w.run(`insert into release_acts (id, release_id, act, person_id, acted_at, content_hash) values ($1, $2, 'prepared', 'staff-lyn', $3, $4)`, "act-"+r.id, r.id, now, c.Hash())
		w.records = append(w.records, record{kind: r.kind, id: r.id, state: r.state, mark: r.mark, org: employerNat, grant: c.Hash()})
	}
	for p, a := range book.Base {
		w.run(`insert into release_bases (programme, cohort, family, leaf, result, people, key_sum, release_id) values ('adults', 2020, $1, $2, $3, $4, 7, $5)`,
			p.Family, p.Leaf, p.Result, a.People, published)
	}
	w.run(`insert into record_keys (enrolment_id, value, made_on) select id, 77, '2026-11-20' from enrolments`)
	w.run(`insert into asked_questions (id, org_id, person_id, asked_at, programme, question, refusal) values ('question-1', $1, 'staff-lyn', $2, 'adults', $3, 'RefusalOfLyn')`,
		string(employerNat), now, `{"programme":"adults","cohorts":["2020-21"],"by":["gender"],"only":null}`)
	w.records = append(w.records, record{kind: "question", id: "question-1", mark: "RefusalOfLyn", org: employerNat, person: "staff-lyn"})
}

func releaseQuestions() map[string]question {
	const r, p, q = "release", "published", "question"
	plan := publication.Plan{Title: "T", Period: "P", Programme: "child-and-family", Cohorts: []asye.Cohort{2026}, Tables: []string{"gender"}, Method: "10-5"}
	return map[string]question{
		"equality/publication.Store.Published": {kind: p, list: true, free: true, ask: func(c call) (any, error) { return c.Publication.Published(ctx, c.by.scope) }},
		"equality/publication.Store.Public":    {kind: p, free: true, ask: func(c call) (any, error) { return c.Publication.Public(ctx, c.by.scope, c.rec.id) }},
		"equality/publication.Store.Cohorts":   {kind: r, new: true, ask: func(c call) (any, error) { return c.Publication.Cohorts(ctx, c.by.scope, "") }},
		"equality/publication.Store.Key":       {kind: r, new: true, ask: func(c call) (any, error) { return nil, c.Publication.Key(ctx, c.by.scope, "adults") }},
		"equality/publication.Store.Prepare":   {kind: r, new: true, ask: func(c call) (any, error) { return c.Publication.Prepare(ctx, c.by.scope, plan) }},
		"equality/publication.Store.List":      {kind: r, list: true, ask: func(c call) (any, error) { return c.Publication.List(ctx, c.by.scope) }},
		"equality/publication.Store.Check":     {kind: r, ask: func(c call) (any, error) { return c.Publication.Check(ctx, c.by.scope, c.rec.id) }},
		"equality/publication.Store.Approve":   {kind: r, ask: func(c call) (any, error) { return nil, c.Publication.Approve(ctx, c.by.scope, c.rec.id, c.rec.grant) }},
		"equality/publication.Store.Discard":   {kind: r, ask: func(c call) (any, error) { return nil, c.Publication.Discard(ctx, c.by.scope, c.rec.id) }},
		"equality/publication.Store.Withdraw":  {kind: r, ask: func(c call) (any, error) { return nil, c.Publication.Withdraw(ctx, c.by.scope, c.rec.id, "Because") }},
		"equality/publication/question.Store.Ask": {kind: q, new: true, ask: func(c call) (any, error) {
			return c.Questions.Ask(ctx, c.by.scope, askings.Question{Programme: "child-and-family", Cohorts: []string{"2026-27"}, By: []string{"gender"}})
		}},
		"equality/publication/question.Store.Asked": {kind: q, list: true, ask: func(c call) (any, error) { return c.Questions.Asked(ctx, c.by.scope) }},
		"equality/publication/question.Store.Answer": {kind: q, ask: func(c call) (any, error) {
			a, _, err := c.Questions.Answer(ctx, c.by.scope, c.rec.id)
			return a, err
		}},
		"equality/publication/question.Store.Left": {kind: q, new: true, ask: func(c call) (any, error) { return c.Questions.Left(ctx, c.by.scope) }},
	}
}
