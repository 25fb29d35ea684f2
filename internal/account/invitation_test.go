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
	"example.org/asye/internal/platform/tenant"
)

// Whoever gets an invitation out of the blue can tell who sent it, why, what to
// do, and whether to trust it.
func TestInvitationExplainsItself(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		invite := func(scope tenant.Scope, to asye.PersonID) string {
			t.Helper()
			err := s.write(scope, func(ctx context.Context, tx *db.Tx) error { return s.Invite(ctx, tx, scope, to, kent) })
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(strings.Fields(s.letters(t)[0].Body), " ")
		}
		for _, tt := range []struct {
			name        string
			by          tenant.Scope
			to          asye.PersonID
			says, lacks []string
		}{
			{"ACC-22 an NQSW, by the coordinator", tenant.SignedIn(c.mary, kent, asye.Coordinator), c.nia,
				[]string{"Mary Jones of Kent invites you", "because Kent has registered you for your year", "Check the details",
					"your employer never sees your answers", "the link begins with http://127.0.0.1:8080/", "Ask Mary Jones in person",
					"29 November 2026 at 9:30am"}, []string{"coordinator"}},
			{"ACC-22 a coordinator, by the administrator", c.kentAdmin, c.mary,
				[]string{"Kate Admin of Kent invites you", "you have been made a coordinator there for Kent"}, []string{"registered you", "equality"}},
			{"ACC-22 by the program", system, c.kate,
				[]string{"Kent invites you", "made an administrator", "Ask whoever runs the ASYE programme at Kent in person"}, []string{" of Kent invites"}},
		} {
			letter := invite(tt.by, tt.to)
			for _, text := range tt.says {
				if !strings.Contains(letter, text) {
					t.Errorf("%s: does not say %q: %s", tt.name, text, letter)
				}
			}
			for _, text := range tt.lacks {
				if strings.Contains(letter, text) {
					t.Errorf("%s: says %q: %s", tt.name, text, letter)
				}
			}
		}
	})
}

func TestNamesHoldNoLinks(t *testing.T) {
	for name, field := range map[string]string{"See http://evil.example": "given_name", "Locked, WWW.evil.example": "family_name",
		"Wwwilma": "", "St. John": ""} {
		who := asye.Identity{GivenName: "Mary", FamilyName: "Jones"}
		if field == "family_name" {
			who.FamilyName = name
		} else {
			who.GivenName = name
		}
		problems := fault.ProblemsOf(account.CheckIdentity(who))
		if refused := field != "" && strings.Contains(problems.For(field), "cannot contain the address of a website"); refused != (field != "") || field == "" && problems != nil {
			t.Errorf("ACC-21 %q: %v", name, problems)
		}
	}
}

// Whom the national body has shut out stays out, until it lets them in.
func TestNationalBodysDisablingStands(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		kind(t, "the employer's own", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true), fine)
		kind(t, "and back", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, false), fine)
		kind(t, "the national body's", s.SetDisabled(t.Context(), c.natAdmin, c.mary, true), fine)
		kind(t, "ACC-20 by the employer", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, false), fault.Forbidden)
		kind(t, "ACC-20 taken over by the employer", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true), fault.Forbidden)
		kind(t, "ACC-20 by the national body", s.SetDisabled(t.Context(), c.natAdmin, c.mary, false), fine)
		kind(t, "and then the employer's own again", s.SetDisabled(t.Context(), c.kentAdmin, c.mary, true), fine)
		kind(t, "which the national body can undo", s.SetDisabled(t.Context(), c.natAdmin, c.mary, false), fine)
	})
}

func TestDisabledByTheNationalBodyIsSaid(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	kind(t, "disabled", s.SetDisabled(t.Context(), c.natAdmin, c.mary, true), fine)
	v := s.as(t, "kate@example.org")
	v.Get(paths.AdminPerson(c.mary)).Is(200, "Disabled", "An administrator of the national body has disabled this person").
		Lacks("Let them sign in again")
}

// A slip in the first list cannot give access to the whole country.
func TestAddPersonBeginsWithoutAnOrganisation(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	v := s.as(t, "nora@example.org")
	v.Get(paths.AdminNew()).Is(200, "Choose an organisation").HasNot(`<option value="nat" selected`)
	v.Press(paths.AdminNew(), "given_name=Zoë", "family_name=Zed", "email=zoe@example.org", "new_role=administrator").
		Is(422, "Choose the organisation")
	if n := s.count(t, `people where given_name = 'Zoë'`); n != 0 {
		t.Errorf("%d people were added without an organisation", n)
	}
	v.Get(paths.AdminNew()).Is(200)
	v.Press(paths.AdminNew(), "given_name=Zoë", "family_name=Zed", "email=zoe@example.org", "new_role=administrator", "org=kent").
		Is(200, "Zoë Zed has been added", "Administrator, Kent")
}

// Whoever adds somebody who is here already is led to them; nobody learns more
// of people elsewhere than that the address is in use.
func TestAddPersonLeadsToWhoIsHereAlready(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	v.Get(paths.AdminNew()).Is(200, "What you can do here")
	v.Press(paths.AdminNew(), "given_name=M", "family_name=J", "email=Mary@example.org", "new_role=coordinator").
		Is(422, "Mary Jones is on record here already, with this address").Has(`href="` + paths.AdminPerson(c.mary) + `"`)
	v.Get(paths.AdminNew()).Is(200)
	v.Press(paths.AdminNew(), "given_name=L", "family_name=N", "email=lee@example.org", "new_role=coordinator").
		Is(422, "Another person already uses lee@example.org", "ask an administrator of the national body").Lacks("Núñez", "on record here already")
}
