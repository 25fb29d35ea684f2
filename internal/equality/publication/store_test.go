package publication

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	ctx     = context.Background()
	analyst = tenant.SignedIn("ana", "nat", asye.Analyst)
	second  = tenant.SignedIn("ann", "nat", asye.Analyst)
	nation  = tenant.SignedIn("nia", "nat", asye.National)
	coral   = tenant.SignedIn("cora", "e1", asye.Coordinator)
)

// house is a database with people enough to release figures of.
func house(t *testing.T, d *db.DB) *Store {
	t.Helper()
	draw := rand.New(rand.NewPCG(7, 7))
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("nat", asye.NationalBody, "")
		for _, e := range []string{"e1", "e2", "e3"} {
			w.Employer(e, asye.LocalAuthority, pick(draw, "London", "London", "South East"))
		}
		for _, id := range []string{"ana", "ann", "nia", "cora"} {
			w.Exec(`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at) values ($1, $1, 'Work', $2, $1, $1, '2026-01-01T09:00:00Z')`, id, id+"@example.org")
		}
		w.Exec(`insert into memberships (id, person_id, org_id, role, starts_on) values ('m', 'nia', 'nat', 'national', '2020-01-01')`)
		for i := range 420 {
			result := equality.Passed
			switch {
			case i%11 == 0:
				result = equality.Failed
			case i%29 == 0:
				result = equality.Withdrawn
			case i%31 == 0:
				result = ""
			}
			w.Add(equalitytest.Record{Cohort: asye.Cohort(2018 + i%2), Employer: pick(draw, "e1", "e2", "e3"), Result: result,
				StartsOn: asye.MustDate("2018-09-01"), Sex: pick(draw, "female", "female", "male", ""), EthnicGroup: pick(draw, "white", "white", "asian", "black", ""),
				Disability: pick(draw, "no", "no", "yes", equality.PreferNot)})
		}
	})
	return NewStore(d, equality.NewStore(d))
}

func wants(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("%v is of the kind %v, want %v", err, fault.KindOf(err), kind)
	}
}

// released takes a plan all the way.
func released(t *testing.T, s *Store, p Plan) Release {
	t.Helper()
	p.Programme = equality.ChildAndFamily
	id, err := s.Prepare(ctx, analyst, p)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Check(ctx, analyst, id)
	if err != nil || r.Doubt != nil || len(r.Moved) > 0 {
		t.Fatal(err, r.Doubt, r.Moved)
	}
	for _, who := range []tenant.Scope{analyst, nation} {
		if err := s.Approve(ctx, who, id, r.Hash); err != nil {
			t.Fatal(err)
		}
	}
	out, err := s.Public(ctx, tenant.Nobody(), id)
	if err != nil || out.State != Published {
		t.Fatal(err, out.State)
	}
	return out
}

func TestRelease(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		p := plan("10-5", 2018, 2019, "gender", "ethnicity", "region")
		p.Programme = equality.ChildAndFamily
		_, err := s.Prepare(ctx, coral, p)
		wants(t, err, fault.Forbidden)
		id, err := s.Prepare(ctx, analyst, p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Public(ctx, tenant.Nobody(), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("PUB-5: what is only prepared is public: %v", err)
		}
		r, err := s.Check(ctx, second, id)
		if err != nil || len(r.Acts) != 1 || r.Review.Ranges() == 0 {
			t.Fatalf("%v %+v", err, r.Acts)
		}
		t.Run("PUB-5_two_people", func(t *testing.T) { approving(t, s, r) })
		t.Run("PUB-6_frozen", func(t *testing.T) { stays(t, d, s, id) })
	})
}

func approving(t *testing.T, s *Store, r Checked) {
	wants(t, s.Approve(ctx, coral, r.ID, r.Hash), fault.Forbidden)
	wants(t, s.Approve(ctx, analyst, r.ID, "another"), fault.Conflict)
	if err := s.Approve(ctx, analyst, r.ID, r.Hash); err != nil {
		t.Fatal(err)
	}
	wants(t, s.Approve(ctx, analyst, r.ID, r.Hash), fault.Forbidden) // the same person
	wants(t, s.Approve(ctx, second, r.ID, r.Hash), fault.Forbidden)  // nobody of the national team
	if list, _ := s.Published(ctx, tenant.Nobody()); len(list) != 0 {
		t.Error("one approval publishes")
	}
	if err := s.Approve(ctx, nation, r.ID, r.Hash); err != nil {
		t.Fatal(err)
	}
	if list, err := s.List(ctx, second); err != nil || len(list) != 1 || len(list[0].Acts) != 3 {
		t.Errorf("%v %+v", err, list)
	}
	_, err := s.List(ctx, coral)
	wants(t, err, fault.Forbidden)
	got, err := s.Public(ctx, tenant.Nobody(), r.ID)
	if err != nil || got.Content.Hash() != r.Hash || len(got.Acts) != 0 {
		t.Errorf("%v: what is published is not what was approved, or tells who approved: %+v", err, got.Acts)
	}
}

func stays(t *testing.T, d *db.DB, s *Store, id string) {
	for _, statement := range []string{`update releases set content = '{}' where id = $1`, `update releases set title = 'x' where id = $1`,
		`update releases set state = 'prepared', published_at = null where id = $1`, `delete from releases where id = $1`,
		`update release_bases set people = 1 where release_id = $1`, `delete from release_bases where release_id = $1`} {
		err := d.Keep(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, statement, id); return err })
		if err == nil {
			t.Errorf("the database lets %s", statement)
		}
	}
	wants(t, s.Discard(ctx, analyst, id), fault.Conflict)
	wants(t, s.Withdraw(ctx, analyst, id, " "), fault.Invalid)
	wants(t, s.Withdraw(ctx, coral, id, "An error"), fault.Forbidden)
	if err := s.Withdraw(ctx, nation, id, "Two regions were mixed up."); err != nil {
		t.Fatal(err)
	}
	wants(t, s.Withdraw(ctx, nation, id, "Again"), fault.Conflict)
	got, err := s.Public(ctx, tenant.Nobody(), id)
	if err != nil || got.State != WithdrawnNow || got.Reason == "" || got.WithdrawnAt == nil {
		t.Errorf("%v %+v", err, got)
	}
	b, fresh, err := s.book(ctx, analyst, equality.ChildAndFamily, []asye.Cohort{2018})
	if err != nil || len(b.Past) != 1 || len(fresh) != 0 {
		t.Errorf("PUB-6: a withdrawn release is not in the ledger: %v, %d, %v", err, len(b.Past), fresh)
	}
	if err := d.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update releases set state = 'published' where id = $1`, id)
		return err
	}); err == nil {
		t.Error("a withdrawn release can be published again by a statement")
	}
}

// TestPUB3_TheBaseStays: what was released of a cohort is what it stays counted
// from, whatever becomes of the records.
func TestPUB3_TheBaseStays(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		first := released(t, s, plan("10-5", 2018, 2019, "gender"))
		if err := d.Keep(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `delete from equality_answers`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		again := released(t, s, plan("10-5", 2018, 2019, "gender", "ethnicity"))
		if !slices.Equal(first.Content.Tables[0].Rows, again.Content.Tables[0].Rows) {
			t.Errorf("%v became %v", first.Content.Tables[0].Rows, again.Content.Tables[0].Rows)
		}
		if again.Content.Tables[1].Rows[0].Name == NotKnown {
			t.Error("a table that was not released is counted from what the records are now")
		}
	})
}

// TestPUB4_MovedOn: what was prepared before the records changed is not
// approved.
func TestPUB4_MovedOn(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		p := plan("10-5", 2018, 2019, "gender")
		p.Programme = equality.ChildAndFamily
		id, err := s.Prepare(ctx, analyst, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Keep(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update equality_answers set sex = 'male'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		r, err := s.Check(ctx, analyst, id)
		if err != nil || len(r.Moved) != 1 || r.Moved[0] != "Gender" {
			t.Errorf("%v %v", err, r.Moved)
		}
		wants(t, s.Approve(ctx, analyst, id, r.Hash), fault.Conflict)
		if err := s.Discard(ctx, nation, id); err != nil {
			t.Error(err)
		}
		if _, err := s.Check(ctx, analyst, id); fault.KindOf(err) != fault.NotFound {
			t.Error("a discarded release is still there:", err)
		}
	})
}
