package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// look lets somebody look at a record, some minutes after whoever was last.
func (s *service) look(t *testing.T, who tenant.Scope, kind, id string) {
	t.Helper()
	s.move(2 * time.Minute)
	if err := s.d.Saw(t.Context(), who, tenant.Reading{Kind: kind, ID: id}); err != nil {
		t.Fatal(err)
	}
}

// TestAUD6_WhoSeesAReading: whoever the record belongs to, and whoever the
// reader belongs to; no third organisation.
func TestAUD6_WhoSeesAReading(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		registered(t, s, c) // a year at Kent
		s.look(t, tenant.SignedIn(c.lee, leeds, asye.Coordinator), "enrolment", "year")
		s.look(t, tenant.SignedIn(c.nora(), nat, asye.National), "enrolment", "year")
		for name, tt := range map[string]struct {
			scope tenant.Scope
			want  int
		}{"whose record it is": {c.kentAdmin, 2}, "whose reader it was": {c.leedsAdmin, 1}, "the whole service": {c.natAdmin, 2}} {
			list, _, err := s.trail().List(t.Context(), tt.scope, trail.Filter{Show: trail.Readings})
			if err != nil || len(list) != tt.want {
				t.Errorf("%s sees %d readings, %v; want %d", name, len(list), err, tt.want)
			}
		}
		list, _, _ := s.trail().List(t.Context(), c.kentAdmin, trail.Filter{Show: trail.Readings})
		if l := list[1]; l.ActorRole != asye.Coordinator || l.ActorOrg != "Leeds" || l.OrgName != "Kent" || l.About != "Nia New" {
			t.Errorf("the reading says %+v", l)
		}
		if list, _, _ := s.trail().List(t.Context(), c.leedsAdmin, trail.Filter{What: "transferred"}); len(list) != 0 {
			t.Error("ACC-12 whose reader it was sees the changes of the record too")
		}
	})
}

// nora is the administrator of the whole service.
func (c cast) nora() asye.PersonID { return c.natAdmin.Person() }

func TestAUD12_ThePageShowsChangesAndReadings(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	registered(t, s.service, c)
	for range 3 {
		s.look(t, tenant.SignedIn(c.mary, kent, asye.Coordinator), "enrolment", "year")
	}
	s.look(t, tenant.SignedIn(c.nora(), nat, asye.National), "enrolment", "year")
	s.look(t, tenant.SignedIn(c.mary, kent, asye.Coordinator), "enrolments", "")
	if err := s.d.Saw(t.Context(), tenant.SignedIn(c.mary, kent, asye.Coordinator), tenant.Reading{Kind: "export", File: "registrations 2026-11-22.csv"}); err != nil {
		t.Fatal(err)
	}
	v := s.as(t, "kate@example.org")
	v.Get(paths.AdminAudit()).Is(200, "Moved to another employer").Lacks("looked at your", "Registration looked at")
	v.Get(paths.AdminAudit()+"?show=readings").Is(200, "Registration looked at", "3 times", "Mary Jones Coordinator, Kent",
		"National team, National body", "List of registrations looked at", "Registrations downloaded", "File: registrations 2026-11-22.csv",
		"9:32am to 9:36am").Lacks("Moved to another employer", "How this trail is kept")
	v.Get(paths.AdminAudit()+"?show=both").Is(200, "Registration looked at", "Moved to another employer")
	v.Get(paths.AdminAudit()+"?show=readings&what=downloaded").Is(200, "Registrations downloaded").Lacks("Registration looked at")
	v.Get(paths.AdminAudit()+"?show=readings&what=registration+looked+at").Is(200, "3 times").Lacks("downloaded")
}

func TestAUD12_WhatCannotBeReadSaysSo(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	if err := s.Change(t.Context(), c.kentAdmin, c.mary, 1, asye.Identity{GivenName: "Maria", FamilyName: "Jones", Email: "mary@example.org"}); err != nil {
		t.Fatal(err)
	}
	page := paths.AdminAudit() + "?what=name+or+address"
	v.Get(page).Is(200, "Mary became Maria")
	s.keep(t, func(ctx context.Context, tx *db.Tx) error { return tx.ForgetKey(ctx, c.mary) })
	v.Get(page).Is(200, "can no longer be read: the person was erased").Lacks("became", "altered")
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `drop trigger audit_lines_stay_update`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update audit_lines set before = replace(before, 'sealed:1:', 'sealed:1:x')`)
		return err
	})
	v.Get(paths.AdminAudit()+"?what=role+given").Is(200, "can no longer be read")
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update audit_lines set after = after || 'A'`)
		return err
	})
	v.Get(paths.AdminAudit()+"?what=role+given").Is(200, "somebody has altered it")
}

func TestCheckpointPage(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	employer, national := s.as(t, "kate@example.org"), s.as(t, "nora@example.org")
	employer.Get(paths.AdminCheckpoint()).Is(403, "Only administrators of the whole service")
	_, err := s.trail().Standing(t.Context(), c.kentAdmin)
	kind(t, "an employer's administrator", err, fault.Forbidden)
	national.Get(paths.AdminCheckpoint()).Is(200, "There is no checkpoint yet", "the setting audit_checkpoints names no place")
	s.keeper.Once(t.Context())
	s.move(90 * time.Second)
	national.Get(paths.AdminAudit()).Is(200, "How this trail is kept")
	national.Get(paths.AdminCheckpoint()).Is(200, "signed 90 seconds ago", "asye audit verify --checkpoint FILE", s.keeper.Public(), "1 line, the first written just now")
	s.look(t, c.natAdmin, "people", "")
	s.move(time.Hour)
	national.Get(paths.AdminCheckpoint()).Is(200, "Lines have waited for their numbers since 22 November 2026")
}

// TestChainCards: whoever looks after the whole service hears when the trail is
// in trouble; an employer's administrator does not.
func TestChainCards(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		cards := func(scope tenant.Scope) string {
			t.Helper()
			found, err := admin.ChainCards(s.trail(), s.d.Clock().Now)(t.Context(), scope, clock.Today(s.d.Clock()))
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, card := range found {
				out = append(out, card.Heading+": "+card.Text)
			}
			return strings.Join(out, "; ")
		}
		s.keeper.Once(t.Context())
		if got := cards(c.natAdmin); !strings.Contains(got, "kept nowhere else") {
			t.Errorf("with no place outside: %q", got)
		}
		if got := cards(c.kentAdmin) + cards(tenant.SignedIn(c.mary, kent, asye.Coordinator)); got != "" {
			t.Errorf("others are told %q", got)
		}
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update audit_checkpoints set note = 'forged ' || note`)
			return err
		})
		if got := cards(c.natAdmin); !strings.Contains(got, "needs you") || !strings.Contains(got, "asye audit verify") {
			t.Errorf("of a forged checkpoint: %q", got)
		}
	})
}
