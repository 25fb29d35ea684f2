package employers

import (
	"context"
	"errors"
	"slices"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	ctx    = context.Background()
	system = tenant.System("test")
	team   = tenant.SignedIn("boss", "nat", asye.National)
)

func coordinatorOf(id asye.OrganisationID) tenant.Scope {
	return tenant.SignedIn("cora", id, asye.Coordinator)
}

func add(t *testing.T, s *Store, code string, edit func(*Organisation)) Organisation {
	t.Helper()
	o := good()
	o.Code, o.Name = code, "Employer "+code
	if edit != nil {
		edit(&o)
	}
	id, err := s.Add(ctx, system, o)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Get(ctx, system, id)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func audits(t *testing.T, d *db.DB, what string) (n int) {
	t.Helper()
	if err := d.QueryRow(ctx, `select count(*) from audit_lines where what = $1`, what).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func wantKind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("error %v of kind %v, want kind %v", err, fault.KindOf(err), want)
	}
}

// Several programs may start on one empty database at the same moment.
func TestSeedAuthoritiesAtOnce(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() { errs <- s.SeedAuthorities(ctx, system) }()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Errorf("RUN-8 a program that starts beside another: %v", err)
			}
		}
		n := 0
		if err := d.QueryRow(ctx, `select count(*) from organisations where type = 'local_authority'`).Scan(&n); err != nil || n != 153 {
			t.Errorf("%d authorities, %v", n, err)
		}
	})
}

func TestSeedAuthorities(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		if err := s.SeedAuthorities(ctx, system); err != nil {
			t.Fatal(err)
		}
		camden, err := s.ByCode(ctx, system, "202")
		if err != nil || camden.Name != "Camden" || camden.Region != "London" || camden.ONSCode != "E09000007" {
			t.Fatalf("EMP-3: %+v %v", camden, err)
		}
		renamed := func(o Organisation) (Organisation, error) { o.Name = "Camden Town"; return o, nil }
		if err := s.Change(ctx, system, camden.ID, camden.Version, renamed); err != nil {
			t.Fatal(err)
		}
		if err := s.SeedAuthorities(ctx, system); err != nil {
			t.Fatal(err)
		}
		list, err := s.List(ctx, team, Filter{})
		if err != nil || list.Total != 153 || list.Pages != 7 || len(list.Organisations) != PageSize {
			t.Errorf("EMP-3: a second seeding gives %d on %d pages: %v", list.Total, list.Pages, err)
		}
		if again, _ := s.ByCode(ctx, system, "202"); again.Name != "Camden Town" {
			t.Errorf("EMP-3: a second seeding changed the name back to %s", again.Name)
		}
		if n := audits(t, d, "employer.added"); n != 153 {
			t.Errorf("%d audit lines, want one for each authority", n)
		}
	})
}

func TestAdd(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		o := add(t, s, "301", func(o *Organisation) {
			o.Contact, o.Director = Contact{"Ann", "ann@a.uk", "020 7946 0123"}, Director{"Dee", "dee@a.uk"}
		})
		if o.Contact.Name != "Ann" || o.Director.Email != "dee@a.uk" || o.Version != 1 || o.OpenedOn != good().OpenedOn {
			t.Errorf("read back %+v", o)
		}
		_, err := s.Add(ctx, system, good())
		if got := fields(err); !slices.Equal(got, []string{"code"}) {
			t.Errorf("EMP-1: a code used twice gives %v", err)
		}
		_, err = s.Add(ctx, coordinatorOf(o.ID), good())
		wantKind(t, err, fault.Forbidden)
		// Within a transaction that fails, nothing of it is kept.
		other := good()
		other.Code = "302"
		err = d.Write(ctx, system, func(tx *db.Tx) error {
			if _, err := s.AddOrganisation(ctx, tx, system, other); err != nil {
				return err
			}
			return errors.New("something later failed")
		})
		if _, found := s.ByCode(ctx, system, "302"); err == nil || fault.KindOf(found) != fault.NotFound {
			t.Errorf("kept of a transaction that failed: %v", found)
		}
	})
}

func TestIsolation(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		mine, theirs := add(t, s, "301", nil), add(t, s, "302", nil)
		me := coordinatorOf(mine.ID)
		if _, err := s.Get(ctx, me, mine.ID); err != nil {
			t.Errorf("EMP-4: one's own employer: %v", err)
		}
		_, err := s.Get(ctx, me, theirs.ID)
		wantKind(t, err, fault.NotFound)
		_, err = s.ByCode(ctx, me, "302")
		wantKind(t, err, fault.NotFound)
		_, err = s.History(ctx, me, theirs.ID)
		wantKind(t, err, fault.NotFound)
		_, err = s.Years(ctx, me, theirs.ID, asye.MustDate("2026-11-22"))
		wantKind(t, err, fault.NotFound)
		_, err = s.Find(ctx, me, "302")
		wantKind(t, err, fault.NotFound)
		if open, err := s.OpenOn(ctx, me, asye.MustDate("2026-11-22")); err != nil || len(open) != 1 || open[0].ID != mine.ID {
			t.Errorf("EMP-4: a coordinator sees %d open employers: %v", len(open), err)
		}
		list, err := s.List(ctx, me, Filter{})
		if err != nil || list.Total != 1 || list.Organisations[0].ID != mine.ID {
			t.Errorf("EMP-4: a coordinator's list has %d: %v", list.Total, err)
		}
		if n, err := s.Missing(ctx, me); n != 1 || err != nil {
			t.Errorf("EMP-4: %d without a contact, want their own only: %v", n, err)
		}
		if n, err := s.Missing(ctx, team); n != 2 || err != nil {
			t.Errorf("%d without a contact in the whole country, want 2: %v", n, err)
		}
		same := func(o Organisation) (Organisation, error) { return o, nil }
		wantKind(t, s.Change(ctx, me, theirs.ID, 1, same), fault.NotFound)
		wantKind(t, s.End(ctx, me, Ending{}), fault.Forbidden)
		wantKind(t, s.Reopen(ctx, me, theirs.ID, 1, "why"), fault.Forbidden)
		_, err = s.Get(ctx, tenant.Nobody(), mine.ID)
		wantKind(t, err, fault.NotFound)
		_, err = s.Missing(ctx, tenant.Nobody())
		wantKind(t, err, fault.Forbidden)
	})
}

func TestChange(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		o := add(t, s, "301", nil)
		add(t, s, "302", nil)
		contact := func(was Organisation) (Organisation, error) {
			return was.WithContacts(Contact{Name: "Ann", Email: "ann@a.uk"}, Director{}), nil
		}
		if err := s.Change(ctx, coordinatorOf(o.ID), o.ID, 1, contact); err != nil {
			t.Fatal("EMP-4:", err)
		}
		if got, _ := s.Get(ctx, system, o.ID); got.Contact.Name != "Ann" || got.Version != 2 {
			t.Errorf("saved %+v", got)
		}
		wantKind(t, s.Change(ctx, team, o.ID, 1, contact), fault.Conflict)
		name := func(was Organisation) (Organisation, error) { was.Name = "Other"; return was, nil }
		wantKind(t, s.Change(ctx, coordinatorOf(o.ID), o.ID, 2, name), fault.Forbidden)
		if err := s.Change(ctx, team, o.ID, 2, name); err != nil {
			t.Error(err)
		}
		code := func(was Organisation) (Organisation, error) { was.Code = "302"; return was, nil }
		if err := s.Change(ctx, team, o.ID, 3, code); !slices.Equal(fields(err), []string{"code"}) {
			t.Errorf("EMP-1: taking another's code gives %v", err)
		}
		shut := func(was Organisation) (Organisation, error) {
			was.ClosedOn = asye.MustDate("2020-01-01")
			return was, nil
		}
		wantKind(t, s.Change(ctx, team, o.ID, 3, shut), fault.Forbidden)
		if n := audits(t, d, "employer.changed"); n != 2 {
			t.Errorf("%d audit lines, want 2", n)
		}
	})
}

func TestList(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		add(t, s, "301", func(o *Organisation) { o.Name = "Northbrook Children’s Services" })
		add(t, s, "302", func(o *Organisation) { o.Name, o.Region = "Southbrook 100%", "South East" })
		gone := add(t, s, "NHS1", func(o *Organisation) { o.Type = asye.NHSBody })
		add(t, s, "NATIONAL", func(o *Organisation) { o.Type, o.Region = asye.NationalBody, "" })
		if err := s.End(ctx, team, Ending{Kind: Closed, On: asye.MustDate("2020-01-01"), Predecessors: []Organisation{gone}, Reason: "r"}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			filter Filter
			want   int
		}{
			{Filter{}, 3}, {Filter{Search: "children's"}, 1}, {Filter{Search: "north services"}, 1}, {Filter{Search: "services north"}, 0},
			{Filter{Search: "302"}, 1}, {Filter{Search: "%"}, 1}, {Filter{Search: "_"}, 0}, {Filter{Search: "BROOK"}, 2},
			{Filter{Type: asye.NHSBody}, 1}, {Filter{Type: asye.NationalBody}, 1}, {Filter{Region: "South East"}, 1},
			{Filter{Status: OnlyOpen}, 2}, {Filter{Status: OnlyClosed}, 1}, {Filter{Page: 2}, 3},
		} {
			got, err := s.List(ctx, team, tt.filter)
			if err != nil || got.Total != tt.want {
				t.Errorf("%+v finds %d, want %d: %v", tt.filter, got.Total, tt.want, err)
			}
		}
	})
}

// enrol puts a registration under way, as the registration capability would.
func enrol(t *testing.T, d *db.DB, person string, org asye.OrganisationID) {
	t.Helper()
	err := d.Keep(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{
			`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values ($1, 'A', 'B', 'b', 'b', '2026-01-01T00:00:00.000000Z')`,
			`insert into nqsws (person_id) values ($1)`,
		} {
			if _, err := tx.Exec(ctx, statement, person); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `insert into enrolments (id, reference, person_id, org_id, programme, programme_version,
			cohort, starts_on, due_on, funded, recorded_at) values ($1, $1, $1, $2, 'child-and-family', '1', 2026, '2026-09-01',
			'2027-08-31', true, '2026-09-01T00:00:00.000000Z')`, person, string(org))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEnd(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		var moved []string
		var fail error
		s := NewStore(d, func(ctx context.Context, tx *db.Tx, scope tenant.Scope, from, to asye.OrganisationID, on asye.Date) error {
			moved = append(moved, string(from)+">"+string(to)+" "+on.ISO())
			return fail
		})
		a, b, c := add(t, s, "301", nil), add(t, s, "302", nil), add(t, s, "303", nil)
		x, y := add(t, s, "304", nil), add(t, s, "305", nil)
		enrol(t, d, "p1", a.ID)
		on := asye.MustDate("2026-04-01")
		merger := Ending{Kind: Merged, On: on, Predecessors: []Organisation{a, b}, Successors: []Organisation{c}, Reason: "The order of 2025"}

		fail = errors.New("the registrations could not move")
		if err := s.End(ctx, team, merger); !errors.Is(err, fail) {
			t.Fatalf("EMP-6: %v", err)
		}
		if got, _ := s.Get(ctx, system, a.ID); !got.ClosedOn.IsZero() {
			t.Error("EMP-6: the employer closed although its registrations did not move")
		}
		fail, moved = nil, nil
		if n, err := s.Years(ctx, team, a.ID, asye.MustDate("2026-11-22")); n.UnderWay != 1 || err != nil {
			t.Errorf("%+v: %v", n, err)
		}
		if err := s.End(ctx, team, merger); err != nil {
			t.Fatal(err)
		}
		if want := []string{string(a.ID) + ">" + string(c.ID) + " 2026-04-01", string(b.ID) + ">" + string(c.ID) + " 2026-04-01"}; !slices.Equal(moved, want) {
			t.Errorf("EMP-6: moved %v, want %v", moved, want)
		}
		if got, _ := s.Get(ctx, system, b.ID); got.ClosedOn != on || got.IsOpen(on) || !got.IsOpen(on.AddDays(-1)) {
			t.Errorf("EMP-5: closed on %s", got.ClosedOn)
		}
		history, err := s.History(ctx, team, c.ID)
		if err != nil || len(history) != 2 || history[0].Predecessor.Code != "301" || history[0].Kind != Merged || history[0].On != on {
			t.Errorf("EMP-7: %+v %v", history, err)
		}
		if err := s.End(ctx, team, merger); fields(err) == nil {
			t.Errorf("EMP-5: a second ending gives %v", err)
		}
		wantKind(t, s.Reopen(ctx, team, a.ID, 2, "in error"), fault.Conflict) // EMP-8: it was succeeded

		moved = nil
		split := Ending{Kind: Split, On: on, Predecessors: []Organisation{c}, Successors: []Organisation{x, y}, Reason: "The order of 2026"}
		if err := s.End(ctx, team, split); err != nil {
			t.Fatal(err)
		}
		if len(moved) != 0 {
			t.Errorf("EMP-6: a split moved %v", moved)
		}
		if history, _ = s.History(ctx, team, c.ID); len(history) != 4 {
			t.Errorf("EMP-7: after the split the history has %d lines, want 4", len(history))
		}
		if audits(t, d, "employer.merged") != 2 || audits(t, d, "employer.split") != 1 {
			t.Error("an ending left no audit line")
		}
	})
}

func TestReopen(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		o := add(t, s, "301", nil)
		wantKind(t, s.Reopen(ctx, team, o.ID, 1, "why"), fault.Conflict) // open
		closing := Ending{Kind: Closed, On: asye.MustDate("2026-01-01"), Predecessors: []Organisation{o}, Reason: "Wound up"}
		if err := s.End(ctx, team, closing); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.Reopen(ctx, team, o.ID, 2, " "), fault.Invalid)
		wantKind(t, s.Reopen(ctx, team, o.ID, 1, "why"), fault.Conflict)
		if err := s.Reopen(ctx, team, o.ID, 2, "Wrong employer"); err != nil {
			t.Fatal("EMP-8:", err)
		}
		if got, _ := s.Get(ctx, system, o.ID); !got.ClosedOn.IsZero() || audits(t, d, "employer.reopened") != 1 {
			t.Errorf("EMP-8: closed on %s", got.ClosedOn)
		}
	})
}
