package account_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// names lets an organisation have an address on record as its director's.
func (s *service) names(t *testing.T, org asye.OrganisationID, email string) {
	t.Helper()
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update organisations set director_name = 'Whoever', director_email = $1 where id = $2`, email, string(org))
		return err
	})
}

// The employer's word offers the role to an administrator, and gives it to nobody.
func TestACC60_NamedDirector(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		for _, org := range []asye.OrganisationID{kent, leeds, nat} {
			s.names(t, org, "Mary@Example.org")
		}
		offered := func(by account.Grant, want ...asye.OrganisationID) {
			t.Helper()
			scope := map[asye.OrganisationID]asye.PersonID{kent: c.kate, nat: c.natAdmin.Person()}[by.Org]
			named, err := s.NamedDirector(t.Context(), administrator(scope, by.Org), c.mary)
			if err != nil || len(named) != len(want) {
				t.Fatalf("%s is offered %v, %v; want %v", by.Org, named, err, want)
			}
			for i := range want {
				if named[i].ID != want[i] {
					t.Errorf("%s is offered %v, want %v", by.Org, named, want)
				}
			}
		}
		of := func(org asye.OrganisationID) account.Grant { return as(org, asye.Administrator) }
		offered(of(kent), kent)
		offered(of(nat), kent, leeds) // and not the national body, which has no director
		if _, held, _ := s.Person(t.Context(), c.natAdmin, c.mary); len(held) != 1 {
			t.Errorf("an address alone gives a role: %v", held)
		}
		_, err := s.NamedDirector(t.Context(), c.leedsAdmin, c.mary)
		kind(t, "another's person", err, fault.NotFound)

		kind(t, "the role", s.Give(t.Context(), c.kentAdmin, c.mary, as(kent, asye.Director)), fine)
		offered(of(kent))
		offered(of(nat), leeds)
		kind(t, "its end", s.End(t.Context(), c.kentAdmin, c.mary, as(kent, asye.Director)), fine)
		offered(of(kent), kent)

		nobody := s.person(t, "Nobody Named", as(kent, asye.NQSW))
		if named, err := s.NamedDirector(t.Context(), c.kentAdmin, nobody); err != nil || len(named) > 0 {
			t.Errorf("whom nobody names is offered the role: %v, %v", named, err)
		}
	})
}

func TestACC60_DirectorPages(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v, mary := s.as(t, "kate@example.org"), paths.AdminPerson(c.mary)
	v.Get(mary).Is(200).Lacks("on record as its director")
	s.names(t, kent, "mary@example.org")
	v.Get(mary).Is(200, "Kent has the address mary@example.org on record as its director’s", "Give the role of director at Kent").Lacks("Director, Kent")
	v.Press(mary+"/roles", "new_role=director", "org="+string(kent)).Is(200, "The role has been given", "Director, Kent").Lacks("on record as its director")
	v.Get("/admin/people/new").Is(200, "Answers for an employer's programme")
	v.Press(paths.AdminNew(), "given_name=Della", "family_name=Rowe", "email=della@example.org", "new_role=director").Is(200, "Della Rowe has been added", "Director, Kent")
	if m := s.letters(t)[0]; !strings.Contains(m.Body, "you have been made a director there for Kent") {
		t.Errorf("the invitation: %s", m.Body)
	}
}
