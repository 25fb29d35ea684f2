package account_test

import (
	"context"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Somebody who has moved is still seen by the administrator of the employer
// before, and no longer changed there.
func TestFormerEmployerChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		end := func(org asye.OrganisationID) {
			t.Helper()
			err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
				return s.Leave(ctx, tx, system, c.nia, org, asye.NQSW, s.today())
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		name := asye.Identity{GivenName: "Nia", FamilyName: "Newname", Email: "nia@example.org"}
		end(kent)
		kind(t, "ACC-14 nobody else has her", s.Change(t.Context(), c.kentAdmin, c.nia, 1, name), fine)
		err := s.write(system, func(ctx context.Context, tx *db.Tx) error {
			return s.Join(ctx, tx, system, c.nia, leeds, asye.NQSW, s.today())
		})
		if err != nil {
			t.Fatal(err)
		}
		name.FamilyName = "Changed"
		if _, _, err := s.Person(t.Context(), c.kentAdmin, c.nia); err != nil {
			t.Error("ACC-12", err)
		}
		kind(t, "ACC-14 by the employer before", s.Change(t.Context(), c.kentAdmin, c.nia, 2, name), fault.Forbidden)
		kind(t, "ACC-14 by the national body", s.Change(t.Context(), c.natAdmin, c.nia, 2, name), fine)
		kind(t, "ACC-14 by the employer now", s.Change(t.Context(), c.leedsAdmin, c.nia, 3, name), fine)
	})
}

// Where an employer has set the service up, its administrators reach over the
// whole service; its coordinators do not.
func TestOnlyAdministratorsReachOverTheWholeService(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into setup_codes (code_hash, made_at, expires_at, used_at, org_id)
				values ('x', $1, $1, $1, 'kent')`, tx.Now())
			return err
		})
		both := s.person(t, "Ned Nqsw", as(kent, asye.NQSW), as(leeds, asye.Coordinator))
		above := s.person(t, "Ada Above", as(kent, asye.NQSW), as(kent, asye.Administrator))
		coordinator := tenant.SignedIn(c.mary, kent, asye.Coordinator)
		for _, id := range []asye.PersonID{both, above} {
			err := s.write(coordinator, func(ctx context.Context, tx *db.Tx) error {
				return s.ChangePerson(ctx, tx, coordinator, id, asye.Identity{GivenName: "A", FamilyName: "B", Email: string(id) + "@evil.example"})
			})
			kind(t, "ACC-14 a coordinator", err, fault.Forbidden)
		}
		kind(t, "ACC-14 an administrator", s.SetDisabled(t.Context(), c.kentAdmin, both, true), fine)
	})
}

// What somebody does elsewhere cannot be found out with a filter.
func TestFiltersKeepToOwnRoles(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.person(t, "Sam Shared", as(kent, asye.NQSW), as(nat, asye.Analyst))
		for scope, want := range map[tenant.Scope]int{c.kentAdmin: 0, c.natAdmin: 1} {
			_, total, err := s.People(t.Context(), scope, account.PeopleFilter{Role: asye.Analyst})
			if err != nil || total != want {
				t.Errorf("ACC-12 %s finds %d analysts, %v; want %d", scope.Org(), total, err, want)
			}
		}
	})
}

// Of two administrators who shut each other out at the same moment, one stays.
func TestOneAdministratorIsLeft(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		other := s.person(t, "Oli Other", as(nat, asye.Administrator))
		both := map[asye.PersonID]tenant.Scope{c.natAdmin.Person(): administrator(other, nat), other: c.natAdmin}
		done := make(chan error, len(both))
		for id, scope := range both {
			go func() { done <- s.SetDisabled(t.Context(), scope, id, true) }()
		}
		failed := 0
		for range both {
			if err := <-done; err != nil {
				failed++
				kind(t, "ACC-15 shut out", err, fault.Forbidden)
			}
		}
		if failed != 1 {
			t.Errorf("ACC-15 %d of the two were refused", failed)
		}
	})
}

func TestOneAdministratorKeepsTheRole(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		other := s.person(t, "Oli Other", as(kent, asye.Administrator))
		g := account.Grant{Org: kent, Role: asye.Administrator}
		kind(t, "ACC-15 first", s.End(t.Context(), c.kentAdmin, other, g), fine)
		kind(t, "ACC-15 second", s.End(t.Context(), administrator(other, kent), c.kate, g), fault.Forbidden)
	})
}

// Whoever could change the address of an NQSW who has signed in could sign in
// as them, and read the equality answers that their employer must not see.
func TestAddressIsTheirsOnceTheyHaveSignedIn(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		coordinator := tenant.SignedIn(c.mary, kent, asye.Coordinator)
		change := func(scope tenant.Scope, email string) error {
			return s.write(scope, func(ctx context.Context, tx *db.Tx) error {
				return s.ChangePerson(ctx, tx, scope, c.nia, asye.Identity{GivenName: "Nia", FamilyName: "N", Email: email})
			})
		}
		kind(t, "ACC-19 a slip before the first sign-in", change(coordinator, "mended@example.org"), fine)
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update memberships set last_used_at = $1 where person_id = $2`, tx.Now(), string(c.nia))
			return err
		})
		kind(t, "ACC-19 by the coordinator", change(coordinator, "mine@evil.example"), fault.Invalid)
		kind(t, "ACC-19 by the employer's administrator", change(c.kentAdmin, "mine@evil.example"), fault.Invalid)
		kind(t, "ACC-19 the name is still theirs to mend", change(coordinator, "mended@example.org"), fine)
		kind(t, "ACC-19 by herself", change(tenant.SignedIn(c.nia, kent, asye.NQSW), "own@example.org"), fine)
		kind(t, "ACC-19 by the national body", change(c.natAdmin, "given@example.org"), fine)
	})
}
