package question

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	ctx     = context.Background()
	analyst = tenant.SignedIn("ana", "nat", asye.Analyst)
	nation  = tenant.SignedIn("nia", "nat", asye.National)
	coral   = tenant.SignedIn("cora", "e1", asye.Coordinator)
)

func pick(draw *rand.Rand, from ...string) string { return from[draw.IntN(len(from))] }

// house is a database with people enough to ask about; nine of them are disabled.
func house(t *testing.T, d *db.DB) *Store {
	t.Helper()
	draw := rand.New(rand.NewPCG(7, 7))
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("nat", asye.NationalBody, "")
		w.Employer("e1", asye.LocalAuthority, "London")
		w.Employer("e2", asye.LocalAuthority, "North West")
		for _, id := range []string{"ana", "nia", "cora"} {
			w.Exec(`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at) values ($1, $1, 'Work', $2, $1, $1, '2026-01-01T09:00:00Z')`, id, id+"@example.org")
		}
		for i := range 400 {
			r := equalitytest.Record{Cohort: asye.Cohort(2018 + i%2), Employer: pick(draw, "e1", "e1", "e1", "e2"), Result: equality.Passed,
				StartsOn: asye.MustDate("2018-09-01"), Sex: pick(draw, "female", "female", "male"), EthnicGroup: pick(draw, "white", "asian"), Disability: "no"}
			if i%45 == 3 {
				r.Disability = "yes"
			}
			if i%7 == 0 {
				r.Result = equality.Failed
			}
			w.Add(r)
		}
	})
	counts := equality.NewStore(d)
	return NewStore(d, counts, publication.NewStore(d, counts))
}

func ask(by ...string) Question {
	return Question{Programme: equality.ChildAndFamily, Cohorts: []string{"2018-19", "2019-20"}, By: by}
}

func wants(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("%v is of the kind %v, want %v", err, fault.KindOf(err), kind)
	}
}

func TestPUB11_Questions(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		_, err := s.Ask(ctx, coral, ask("gender"))
		wants(t, err, fault.Forbidden)
		for _, q := range []Question{ask(), ask("employer"), ask("cohort"), ask("x"), ask("gender", "gender"), ask("ethnicity", "ethnic_group"),
			{Programme: equality.ChildAndFamily, By: []string{"gender"}}} {
			_, err = s.Ask(ctx, analyst, q)
			wants(t, err, fault.Invalid)
		}
		first, err := s.Ask(ctx, analyst, ask("gender"))
		if err != nil {
			t.Fatal(err)
		}
		a, content, err := s.Answer(ctx, nation, first)
		if err != nil || a.Refusal != "" || len(content.Tables[0].Rows) != 3 {
			t.Fatalf("%v %+v %+v", err, a, content)
		}
		_, again, _ := s.Answer(ctx, analyst, first)
		if again.Hash() != content.Hash() {
			t.Error("PUB-8: the same people get another change when asked again")
		}
		_, _, err = s.Answer(ctx, coral, first)
		wants(t, err, fault.Forbidden)
		t.Run("differences are refused", func(t *testing.T) { refused(t, s) })
		t.Run("log and budget", func(t *testing.T) { logs(t, d, s) })
	})
}

// refused: all but one cohort is told, then a filter that leaves out a few.
func refused(t *testing.T, s *Store) {
	found := false
	for _, q := range []Question{ask("ethnicity"), ask("disability"), {Programme: equality.ChildAndFamily, Cohorts: []string{"2018-19", "2019-20"},
		By: []string{"ethnicity"}, Only: []Only{{"disability", "Not disabled"}}}} {
		id, err := s.Ask(ctx, analyst, q)
		if err != nil {
			t.Fatal(err)
		}
		a, _, err := s.Answer(ctx, analyst, id)
		if err != nil {
			t.Fatal(err)
		}
		found = found || a.Refusal != ""
	}
	if !found {
		t.Error("no question is refused, though those who are White and disabled are few")
	}
}

func logs(t *testing.T, d *db.DB, s *Store) {
	log, err := s.Asked(ctx, nation)
	if err != nil || len(log) != 4 || log[3].By != "ana Work" || !strings.HasPrefix(log[3].Question.Words(), "Failed, by gender") {
		t.Errorf("%v %+v", err, log)
	}
	_, err = s.Asked(ctx, coral)
	wants(t, err, fault.Forbidden)
	left, err := s.Left(ctx, analyst)
	if err != nil || left != Budget-4 {
		t.Errorf("%d left, %v", left, err)
	}
	if left, _ := s.Left(ctx, nation); left != Budget {
		t.Errorf("somebody else has %d left", left)
	}
	n := 0
	if err := d.QueryRow(ctx, `select count(*) from audit_lines where what = 'question.asked' and actor_id = 'ana'`).Scan(&n); err != nil || n != 4 {
		t.Errorf("%d lines, %v", n, err)
	}
	if err := spends(make([]string, 3), "x"); err != nil {
		t.Error("the same question costs something:", err)
	}
	var many []string
	for i := range Budget {
		many = append(many, strings.Repeat("x", i+1))
	}
	wants(t, spends(many, "new"), fault.Invalid)
	if err := spends(many, "x"); err != nil {
		t.Error("PUB-12: asking the same again costs something:", err)
	}
}
