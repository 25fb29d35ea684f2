package registration_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// pillar keeps the letters that are posted.
type pillar struct{ letters []registration.Letter }

func (p *pillar) Send(_ context.Context, _ *db.Tx, l registration.Letter) error {
	p.letters = append(p.letters, l)
	return nil
}

// take empties the pillar box: who gets what, in the order of posting.
func (p *pillar) take() string {
	var all []string
	for _, l := range p.letters {
		all = append(all, l.To+": "+l.Subject+", "+l.Page)
	}
	p.letters = nil
	return strings.Join(all, "; ")
}

// posting is a house whose store posts letters. A coordinator who may no longer
// sign in gets none.
func posting(t *testing.T, h house) (house, *pillar) {
	t.Helper()
	box := &pillar{}
	h.Run(t, `update people set email = id || '@example.org' where id in ('co-a', 'co-b')`)
	h.Run(t, `insert into people (id, given_name, family_name, sort_name, search_text, created_at, email, disabled_at)
		values ('gone', 'G', 'One', 'one', 'one', '2026-01-01T00:00:00Z', 'gone@example.org', '2026-06-01T00:00:00Z')`)
	h.Run(t, `insert into memberships (id, person_id, org_id, role, starts_on) values ('m-gone', 'gone', 'a', 'coordinator', '2020-01-01')`)
	return house{Store: h.Writing(box), DB: h.DB}, box
}

func TestLettersAboutAMove(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h, box := posting(t, h)
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		first := box.letters[0]
		if got := box.take(); got != "co-a@example.org: A move needs your answer, "+paths.Transfers() {
			t.Errorf("claimed: %s", got)
		}
		must(t, h.Leaving(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "", at("2026-12-01")))
		if got := box.take(); got != "amara1@example.org: Please confirm your move, "+paths.MyMove() {
			t.Errorf("agreed: %s", got)
		}
		must(t, h.Confirm(ctx, registrationtest.Self(r), h.Record(t, ours, r.ID).OpenTransfer().ID))
		if got := box.take(); got != "" {
			t.Errorf("confirmed ahead of the day: %s", got)
		}
		h.Until(t, at("2026-12-01"))
		want := "co-a@example.org: A year has moved, /transfers; co-b@example.org: A year has moved to you, " + paths.Registration(r.ID) +
			"; amara1@example.org: Your year has moved, /my"
		if got := box.take(); got != want {
			t.Errorf("moved: %s", got)
		}
		for _, text := range []string{first.Subject, first.Text, first.Because} {
			if strings.Contains(text, "Amara") || strings.Contains(text, "Okafor") {
				t.Errorf("a letter names the NQSW: %q", text)
			}
		}
		if !strings.Contains(first.Text, r.Reference) || first.Because != "You get this message because you coordinate the ASYE of Ashford." {
			t.Errorf("%+v", first)
		}
	})
}

func TestLettersAboutADecision(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h, box := posting(t, h)
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "Private words"))
		box.take()
		open := h.Record(t, ours, r.ID).OpenTransfer()
		must(t, h.Rule(ctx, team, open.ID, open.Version, registration.Ruling{Why: "Contract seen"}))
		for _, l := range box.letters {
			if strings.Contains(l.Text, "Contract seen") || strings.Contains(l.Text, "Private words") {
				t.Errorf("a letter tells what is on the page: %q", l.Text)
			}
		}
		want := "co-a@example.org: The national team has decided on a move, /transfers; co-b@example.org: The national team has decided on a move, /transfers; " +
			"amara1@example.org: The national team has decided on your move, " + paths.MyHistory()
		if got := box.take(); got != want {
			t.Errorf("ruled: %s", got)
		}
		for _, who := range []tenant.Scope{ours, them} {
			if past, err := h.PastMoves(ctx, who); err != nil || len(past) != 1 || past[0].Resolution != "Contract seen" {
				t.Errorf("%s cannot read the decision: %v, %v", who.Org(), past, err)
			}
		}
	})
}

func TestWhoReachesTheNationalTeam(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Run(t, `update organisations set contact_name = 'Ruth', contact_email = 'asye@example.org', contact_phone = '01632 960001' where id = 'national'`)
		name, contact, err := h.NationalBody(ctx, ours)
		if err != nil || name != "National body" || contact.String() != "Ruth, asye@example.org, 01632 960001" {
			t.Errorf("a coordinator: %s, %s, %v", name, contact, err)
		}
		if _, contact, _ = h.NationalBody(ctx, tenant.Nobody()); contact.String() != "asye@example.org, 01632 960001" {
			t.Errorf("a visitor gets %s", contact)
		}
	})
}
