package account_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

func administrator(person asye.PersonID, org asye.OrganisationID) tenant.Scope {
	return tenant.SignedIn(person, org, asye.Administrator)
}

// cast is who the tests of administrators are about.
type cast struct {
	kentAdmin, leedsAdmin, natAdmin tenant.Scope
	kate, mary, lee, both, nia      asye.PersonID
}

func people(t *testing.T, s *service) cast {
	t.Helper()
	var c cast
	c.kate = s.person(t, "Kate Admin", as(kent, asye.Administrator))
	c.kentAdmin = administrator(c.kate, kent)
	c.leedsAdmin = administrator(s.person(t, "Liam Admin", as(leeds, asye.Administrator)), leeds)
	c.natAdmin = administrator(s.person(t, "Nora Admin", as(nat, asye.Administrator)), nat)
	c.mary = s.person(t, "Mary Jones", as(kent, asye.Coordinator))
	c.lee = s.person(t, "Lee Núñez", as(leeds, asye.Coordinator))
	c.both = s.person(t, "Bo Both", as(kent, asye.Coordinator), as(leeds, asye.Coordinator))
	c.nia = s.person(t, "Nia New", as(kent, asye.NQSW))
	return c
}

func kind(t *testing.T, name string, err error, want fault.Kind) {
	t.Helper()
	if err == nil && want != fault.Internal || err != nil && fault.KindOf(err) != want {
		t.Errorf("%s: %v, want kind %d", name, err, want)
	}
}

const fine = fault.Internal // no failure at all, in the tables of these tests

func TestOneAddressOnePerson(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		s.person(t, "Mary Jones")
		add := func(email string) error {
			return s.write(system, func(ctx context.Context, tx *db.Tx) error {
				_, err := s.AddPerson(ctx, tx, system, asye.Identity{GivenName: "A", FamilyName: "B", Email: email})
				if err != nil {
					// The transaction goes on: an upload has other rows.
					return errors.Join(err, tx.Audit(ctx, system, db.Line{What: "test.went on"}))
				}
				return nil
			})
		}
		err := add(" MARY@Example.org")
		if p := fault.ProblemsOf(err); p.For("email") != "Another person already uses mary@example.org. If it is the same person, ask an administrator of the national body to give them a role in your organisation. Otherwise check the address" {
			t.Errorf("ACC-1 %v", err)
		}
		if strings.Contains(fmt.Sprint(err), "aborted") {
			t.Errorf("the refusal broke the transaction: %v", err)
		}
		for range 2 {
			if err := add(""); err != nil {
				t.Errorf("ACC-1 people of years past need no address: %v", err)
			}
		}
	})
}

func TestIdentityIsChecked(t *testing.T) {
	good := asye.Identity{GivenName: "Mary", FamilyName: "Jones", Email: "m@example.org"}
	long := strings.Repeat("é", 100)
	for _, tt := range []struct {
		name string
		edit func(*asye.Identity)
		want string
	}{
		{"good", func(*asye.Identity) {}, ""},
		{"no address", func(i *asye.Identity) { i.Email = "" }, ""},
		{"no first name", func(i *asye.Identity) { i.GivenName = "" }, "given_name"},
		{"no last name", func(i *asye.Identity) { i.FamilyName = "" }, "family_name"},
		{"longest", func(i *asye.Identity) { i.MiddleNames = long }, ""},
		{"too long", func(i *asye.Identity) { i.MiddleNames = long + "é" }, "middle_names"},
		{"no address at all", func(i *asye.Identity) { i.Email = "mary" }, "email"},
	} {
		i := good
		tt.edit(&i)
		got := fault.ProblemsOf(account.CheckIdentity(i))
		if (tt.want == "") != (len(got) == 0) || tt.want != "" && got.For(tt.want) == "" {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestAdministratorSeesTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			id    asye.PersonID
			want  fault.Kind
		}{
			{"ACC-12 own", c.kentAdmin, c.mary, fine},
			{"ACC-12 another's", c.kentAdmin, c.lee, fault.NotFound},
			{"ACC-12 shared", c.kentAdmin, c.both, fine},
			{"ACC-12 national sees all", c.natAdmin, c.lee, fine},
			{"ACC-12 nobody", c.natAdmin, "nobody", fault.NotFound},
		} {
			_, _, err := s.Person(t.Context(), tt.scope, tt.id)
			kind(t, tt.name, err, tt.want)
		}
		_, held, err := s.Person(t.Context(), c.kentAdmin, c.both)
		if err != nil || len(held) != 1 || held[0].Org != kent {
			t.Errorf("ACC-12 Kent sees the roles %v of somebody who also works for Leeds, %v", held, err)
		}
		if _, held, _ := s.Person(t.Context(), c.natAdmin, c.both); len(held) != 2 {
			t.Errorf("the national body sees %v", held)
		}
	})
}

func TestPeopleList(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		if err := s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			f     account.PeopleFilter
			want  string
		}{
			{"ACC-12 Kent", c.kentAdmin, account.PeopleFilter{}, "Kate Bo Mary Nia"},
			{"ACC-12 Leeds", c.leedsAdmin, account.PeopleFilter{}, "Liam Bo Lee"},
			{"ACC-12 national", c.natAdmin, account.PeopleFilter{}, "Kate Liam Nora Bo Mary Nia Lee"},
			{"by name, without accents", c.natAdmin, account.PeopleFilter{Text: "NUNEZ"}, "Lee"},
			{"by address", c.natAdmin, account.PeopleFilter{Text: "bo@"}, "Bo"},
			{"a percent sign is itself", c.natAdmin, account.PeopleFilter{Text: "%"}, ""},
			{"by role", c.kentAdmin, account.PeopleFilter{Role: asye.Coordinator}, "Bo Mary"},
			{"disabled", c.kentAdmin, account.PeopleFilter{Status: "out"}, "Mary"},
			{"may sign in", c.kentAdmin, account.PeopleFilter{Status: "in"}, "Kate Bo Nia"},
			{"without a role", c.kentAdmin, account.PeopleFilter{Status: "none"}, ""},
			{"a page too far", c.kentAdmin, account.PeopleFilter{Page: 2}, ""},
		} {
			list, total, err := s.People(t.Context(), tt.scope, tt.f)
			var names []string
			for _, one := range list {
				names = append(names, one.GivenName)
			}
			if got := strings.Join(names, " "); err != nil || got != tt.want || tt.f.Page == 0 && total != len(list) {
				t.Errorf("%s: %q of %d, %v; want %q", tt.name, got, total, err, tt.want)
			}
		}
		list, _, err := s.People(t.Context(), c.kentAdmin, account.PeopleFilter{Text: "both"})
		if err != nil || len(list) != 1 || len(list[0].Roles) != 1 || list[0].Roles[0].OrgName != "Kent" {
			t.Errorf("ACC-12 the list shows %+v, %v", list, err)
		}
	})
}

func TestChangeOfPerson(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		named := func(name, email string) asye.Identity {
			return asye.Identity{GivenName: name, FamilyName: "Jones", Email: email}
		}
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			id    asye.PersonID
			seen  int
			who   asye.Identity
			want  fault.Kind
		}{
			{"another's", c.leedsAdmin, c.mary, 1, named("X", "mary@example.org"), fault.NotFound},
			{"no name", c.kentAdmin, c.mary, 1, named("", "mary@example.org"), fault.Invalid},
			{"no address", c.kentAdmin, c.mary, 1, named("X", ""), fault.Invalid},
			{"ACC-1 taken", c.kentAdmin, c.mary, 1, named("X", "LEE@example.org"), fault.Invalid},
			{"own", c.kentAdmin, c.mary, 1, named("Maria", "maria@example.org"), fine},
			{"ACC-11 stale", c.kentAdmin, c.mary, 1, named("Late", "mary@example.org"), fault.Conflict},
			{"ACC-14 name of a shared person", c.kentAdmin, c.both, 1, named("Beau", "bo@example.org"), fine},
			{"ACC-14 address of a shared person", c.kentAdmin, c.both, 2, named("Beau", "mine@example.org"), fault.Forbidden},
			{"ACC-14 by the national body", c.natAdmin, c.both, 2, named("Beau", "beau@example.org"), fine},
		} {
			kind(t, tt.name, s.Change(t.Context(), tt.scope, tt.id, tt.seen, tt.who), tt.want)
		}
		p, _, err := s.Person(t.Context(), c.kentAdmin, c.mary)
		if err != nil || p.GivenName != "Maria" || p.Version != 2 {
			t.Errorf("kept: %+v, %v", p, err)
		}
	})
}

func TestNewAddressShutsTheOldOneOut(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		session, unused := s.signIn(t, "mary@example.org"), s.link(t, "mary@example.org")
		who := asye.Identity{GivenName: "Mary", FamilyName: "Jones", Email: "mj@example.org"}
		if err := s.Change(t.Context(), c.kentAdmin, c.mary, 1, who); err != nil {
			t.Fatal(err)
		}
		if s.live(t, session) {
			t.Error("ACC-10 the session outlived the address")
		}
		if _, err := s.Peek(t.Context(), unused); err == nil {
			t.Error("ACC-10 the link outlived the address")
		}
		told := s.letters(t)[0]
		if told.To != "mary@example.org" || strings.Contains(told.Body, "mj@example.org") {
			t.Errorf("ACC-10 the old address was not told as it should be: %+v", told)
		}
		s.signIn(t, "mj@example.org")
	})
}

func TestChangePersonForRegistration(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		coordinator := tenant.SignedIn(c.both, kent, asye.Coordinator)
		change := func(id asye.PersonID, who asye.Identity) error {
			return s.write(coordinator, func(ctx context.Context, tx *db.Tx) error {
				return s.ChangePerson(ctx, tx, coordinator, id, who)
			})
		}
		kind(t, "an NQSW's address", change(c.nia, asye.Identity{GivenName: "Nia", FamilyName: "New", Email: "nia.new@example.org"}), fine)
		kind(t, "ACC-14 an administrator's address", change(c.kate, asye.Identity{GivenName: "Kate", FamilyName: "Admin", Email: "bo2@example.org"}), fault.Forbidden)
		kind(t, "ACC-14 another organisation's", change(c.lee, asye.Identity{GivenName: "Lee", FamilyName: "N", Email: "bo2@example.org"}), fault.Forbidden)
		kind(t, "nobody", change("nobody", asye.Identity{GivenName: "A", FamilyName: "B"}), fault.NotFound)
		if n := s.count(t, `audit_lines where what = 'account.personChanged' and subject_id = $1 and actor_id = $2`, string(c.nia), string(c.both)); n != 1 {
			t.Errorf("%d audit lines, want 1", n)
		}
	})
}

func TestDisabled(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		session, unused := s.signIn(t, "mary@example.org"), s.link(t, "mary@example.org")
		kind(t, "ACC-12 another's", s.SetDisabled(t.Context(), c.leedsAdmin, c.mary, true), fault.NotFound)
		kind(t, "ACC-14 shared", s.SetDisabled(t.Context(), c.kentAdmin, c.both, true), fault.Forbidden)
		kind(t, "ACC-15 oneself", s.SetDisabled(t.Context(), c.kentAdmin, c.kate, true), fault.Forbidden)
		kind(t, "own", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true), fine)
		if s.live(t, session) {
			t.Error("ACC-8 the session of somebody disabled is alive")
		}
		if _, err := s.Peek(t.Context(), unused); err == nil {
			t.Error("ACC-8 the link of somebody disabled works")
		}
		kind(t, "no invitation", s.InviteAgain(t.Context(), c.kentAdmin, c.mary), fault.Invalid)
		kind(t, "enabled", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, false), fine)
		if s.live(t, session) {
			t.Error("an ended session came back to life")
		}
		s.signIn(t, "mary@example.org")
	})
}

func TestGivingAndEndingRoles(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			id    asye.PersonID
			grant account.Grant
			want  fault.Kind
		}{
			{"own", c.kentAdmin, c.mary, as(kent, asye.Administrator), fine},
			{"twice", c.kentAdmin, c.mary, as(kent, asye.Administrator), fault.Invalid},
			{"ACC-13 another organisation", c.kentAdmin, c.mary, as(leeds, asye.Coordinator), fault.NotFound},
			{"ACC-13 across employers", c.kentAdmin, c.mary, as(kent, asye.Analyst), fault.Invalid},
			{"ACC-13 the national role", c.kentAdmin, c.mary, as(kent, asye.National), fault.Invalid},
			{"ACC-13 in the national body", c.kentAdmin, c.mary, as(nat, asye.National), fault.NotFound},
			{"ACC-13 by hand", c.natAdmin, c.mary, as(kent, asye.NQSW), fault.Invalid},
			{"ACC-13 the national role at an employer", c.natAdmin, c.mary, as(kent, asye.National), fault.Invalid},
			{"ACC-13 the national role by the national body", c.natAdmin, c.mary, as(nat, asye.National), fine},
			{"ACC-13 an analyst by the national body", c.natAdmin, c.mary, as(leeds, asye.Analyst), fine},
			{"ACC-13 a director by their employer", c.kentAdmin, c.mary, as(kent, asye.Director), fine},
			{"ACC-13 a director by the national body", c.natAdmin, c.mary, as(leeds, asye.Director), fine},
			{"ACC-13 a director of the national body", c.natAdmin, c.mary, as(nat, asye.Director), fault.Invalid},
			{"nowhere", c.natAdmin, c.mary, as("nowhere", asye.Coordinator), fault.NotFound},
			{"ACC-12 another's person", c.kentAdmin, c.lee, as(kent, asye.Coordinator), fault.NotFound},
			{"no such role", c.natAdmin, c.mary, as(kent, "king"), fault.Invalid},
		} {
			kind(t, tt.name, s.Give(t.Context(), tt.scope, tt.id, tt.grant), tt.want)
		}
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			id    asye.PersonID
			grant account.Grant
			want  fault.Kind
		}{
			{"own", c.kentAdmin, c.mary, as(kent, asye.Administrator), fine},
			{"twice", c.kentAdmin, c.mary, as(kent, asye.Administrator), fault.Conflict},
			{"ACC-12 another's", c.kentAdmin, c.mary, as(nat, asye.National), fault.NotFound},
			{"ACC-13 an NQSW's", c.kentAdmin, c.nia, as(kent, asye.NQSW), fault.Forbidden},
			{"ACC-15 one's own", c.kentAdmin, c.kate, as(kent, asye.Administrator), fault.Forbidden},
		} {
			kind(t, "end "+tt.name, s.End(t.Context(), tt.scope, tt.id, tt.grant), tt.want)
		}
	})
}

func TestAddByAdministrator(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		who := asye.Identity{GivenName: "Zoë", FamilyName: "Zed", Email: "Zoe@example.org"}
		_, err := s.Add(t.Context(), c.kentAdmin, who, as(leeds, asye.Coordinator))
		kind(t, "ACC-13 elsewhere", err, fault.NotFound)
		_, err = s.Add(t.Context(), c.kentAdmin, who, as(kent, asye.National))
		kind(t, "ACC-13 too much", err, fault.Invalid)
		if n := s.count(t, `people where email = 'zoe@example.org'`); n != 0 {
			t.Error("a refused person is on record")
		}
		_, err = s.Add(t.Context(), c.kentAdmin, asye.Identity{GivenName: "A", FamilyName: "B"}, as(kent, asye.Coordinator))
		kind(t, "no address", err, fault.Invalid)
		id, err := s.Add(t.Context(), c.kentAdmin, who, as(kent, asye.Coordinator))
		if err != nil {
			t.Fatal(err)
		}
		s.move(time.Second)
		if err := s.InviteAgain(t.Context(), c.kentAdmin, id); err != nil {
			t.Error(err)
		}
		kind(t, "ACC-12 another's invitation", s.InviteAgain(t.Context(), c.leedsAdmin, id), fault.NotFound)
		for _, m := range s.letters(t) {
			if m.To != "zoe@example.org" || !strings.Contains(m.Body, "of Kent invites you") {
				t.Errorf("the invitation: %+v", m)
			}
		}
		if _, err := s.Open(t.Context(), nil, tokenOf(t, s.letters(t)[1].Body), account.Entry{}); err != nil {
			t.Errorf("the first invitation: %v", err)
		}
		for _, what := range []string{"account.personAdded", "account.joined", "account.invited"} {
			if n := s.count(t, `audit_lines where what = $1 and subject_id = $2 and org_id = 'kent'`, what, string(id)); n == 0 {
				t.Errorf("no audit line %s", what)
			}
		}
	})
}

func TestJoinAndLeave(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones")
		from := s.today().AddDays(10)
		join := func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(s.Join(ctx, tx, system, mary, kent, asye.NQSW, from), tx.Audit(ctx, system, db.Line{What: "test.done"}))
		}
		leave := func(on asye.Date) func(ctx context.Context, tx *db.Tx) error {
			return func(ctx context.Context, tx *db.Tx) error {
				return errors.Join(s.Leave(ctx, tx, system, mary, kent, asye.NQSW, on), tx.Audit(ctx, system, db.Line{What: "test.done"}))
			}
		}
		for range 2 {
			kind(t, "join", s.write(system, join), fine)
		}
		if n := s.count(t, `memberships`); n != 1 {
			t.Errorf("%d memberships, want 1", n)
		}
		kind(t, "leave before the first day", s.write(system, leave(s.today())), fine)
		if n := s.count(t, `memberships where ends_on = starts_on`); n != 1 {
			t.Error("a role left before its first day must have no day at all")
		}
		kind(t, "leave what has been left", s.write(system, leave(s.today())), fine)
		kind(t, "join again", s.write(system, join), fine)
		kind(t, "leave later", s.write(system, leave(from.AddDays(30))), fine)
		if n := s.count(t, `memberships where ends_on = $1`, from.AddDays(30)); n != 1 {
			t.Error("the end was not kept")
		}
		if n := s.count(t, `audit_lines where what in ('account.joined', 'account.left')`); n != 4 {
			t.Errorf("%d audit lines, want 4", n)
		}
	})
}
