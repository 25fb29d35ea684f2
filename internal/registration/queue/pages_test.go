package queue_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/queue"
)

// disputed is a move that our employer has objected to.
func (h house) disputed(t *testing.T, n int) (registration.Record, string) {
	t.Helper()
	r := h.Register(t, ours, entry(n))
	must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
	must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "Still works here"))
	return r, h.Record(t, ours, r.ID).OpenTransfer().ID
}

// pair is two records with one number: ours, and theirs that starts on a day.
func (h house) pair(t *testing.T, starts string) (registration.Record, registration.Record, string) {
	t.Helper()
	first := h.Register(t, ours, entry(1))
	e := entry(1)
	e.Identity.GivenName, e.Identity.Email, e.StartsOn = "Amara-Jane", "other@example.org", at(starts)
	added, err := h.Add(ctx, them, e)
	must(t, err)
	twins, err := h.Twins(ctx, team)
	must(t, err)
	if len(twins) != 1 {
		t.Fatalf("%d pairs", len(twins))
	}
	return first, h.Record(t, them, added.ID), twins[0].ID
}

func TestOnlyTheNationalTeamGetsIn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		_, id := h.disputed(t, 1)
		for _, path := range []string{paths.Duplicates(), paths.Duplicate("x"), paths.Disputes(), paths.Dispute(id)} {
			for _, role := range asye.Roles() {
				if role != asye.National {
					h.As(t, tenant.SignedIn("co-a", "a", role)).Get(path).Is(403)
				}
			}
		}
		h.As(t, team).Get(paths.Duplicate("x")).Is(404)
		h.As(t, team).Get(paths.Dispute("x")).Is(404)
	})
}

func TestEmptyQueuesSaySo(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.As(t, team).Get(paths.Duplicates()).Is(200, "No pair waits for a decision")
		h.As(t, team).Get(paths.Disputes()).Is(200, "No move is disputed")
		if cards, err := queue.Cards(h.Store)(ctx, team, at("2026-11-22")); err != nil || len(cards) != 0 {
			t.Errorf("cards %v, %v", cards, err)
		}
	})
}

func TestTwoPeople(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		_, _, id := h.pair(t, "2026-09-01")
		cards, err := queue.Cards(h.Store)(ctx, team, at("2026-11-22"))
		if err != nil || len(cards) != 1 || cards[0].Count != 1 || cards[0].Href != paths.Duplicates() {
			t.Errorf("cards %v, %v", cards, err)
		}
		b := h.As(t, team)
		b.Get(paths.Duplicates()).Is(200, "Amara-Jane", "same Social Work England number", "Showing 1 pair").Has(paths.Duplicate(id))
		b.Get(paths.Duplicate(id)).Is(200, "Ashford", "Barnwell", "3 February 1998")
		for _, org := range []string{"a", "b"} {
			if n := h.Count(t, `audit_lines where what = 'enrolment.read' and org_id = $1 and actor_id = 'nat'`, org); n != 1 {
				t.Errorf("AUD-6 %d lines tell the employer %s that its record was looked at, want 1", n, org)
			}
		}
		b.Submit("note=Kept").Is(422, "Say whether the two are one person", "Kept")
		b.Submit("decision=different").Is(422, "Say how you know")
		late := h.As(t, team).Get(paths.Duplicate(id))
		form := b.Page
		form.Submit("decision=different", "note=Rang both").LeadsTo(paths.Duplicates())
		form.Submit("decision=different", "note=Rang both").LeadsTo(paths.Duplicates())
		if n := h.Count(t, `audit_lines where what = 'registration.pairJudged'`); n != 1 {
			t.Errorf("judged %d times", n)
		}
		late.Submit("decision=same", "note=My words").Is(409, "decided already", "My words")
		b.Get(paths.Duplicates()).Is(200, "No pair waits")
	})
}

func TestOnePersonWhoseYearsOverlapIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		first, second, id := h.pair(t, "2026-09-01")
		b := h.As(t, team)
		b.Get(paths.Duplicate(id))
		b.Submit("decision=same", "note=Rang both").Is(409, "a year at the same time", "Nothing has been changed", "Rang both")
		if h.Record(t, them, second.ID).Person == first.Person {
			t.Error("the records came together all the same")
		}
		must(t, h.Decide(ctx, them, second.ID, second.Version, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"),
			Reason: "other-role", Concerns: "no"}))
		b.Submit("decision=same", "note=Rang both").Is(409)
		must(t, h.Undo(ctx, them, second.ID, second.Version+1, "Wrong reason"))
		must(t, h.Decide(ctx, them, second.ID, second.Version+2, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"),
			Reason: "registered-by-mistake", Concerns: "no"}))
		b.Submit("decision=same", "note=Rang both").Is(303)
		if now := h.Record(t, ours, first.ID); now.Person != first.Person || len(now.Employments) != 1 {
			t.Errorf("after the mistake was withdrawn: %s, %v", now.Person, now.Employments)
		}
	})
}

func TestOnePerson(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-10-31"), Reason: "left-employer", Concerns: "no"}))
		e := entry(1)
		e.Identity.Email, e.StartsOn = "other@example.org", at("2026-11-02")
		added, err := h.Add(ctx, them, e)
		must(t, err)
		twins, err := h.Twins(ctx, team)
		must(t, err)
		h.As(t, team).Get(paths.Duplicate(twins[0].ID)).Submit("decision=same", "note=Same date of birth, same course").Is(303)
		if now := h.Record(t, them, added.ID); now.Person != r.Person {
			t.Errorf("the later year belongs to %s, not %s", now.Person, r.Person)
		}
	})
}

func TestRuling(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r, id := h.disputed(t, 1)
		b := h.As(t, team)
		b.Get(paths.Disputes()).Is(200, "Amara Okafor1", "Ashford", "Barnwell")
		b.Get(paths.Dispute(id)).Is(200, "The losing employer says: Still works here", "Has not reported a leaving")
		b.Submit("why=Kept").Is(422, "Say whether the year moves or stays", "Kept")
		b.Submit("moves=yes", "why=Kept", "leaves_on-day=").Is(422, "Enter the first day no longer with the losing employer")
		b.Submit("moves=yes", "why=Kept", "leaves_on=2026-12-02", "joins_on=2026-12-01").Is(422, "cannot join before leaving")
		b.Submit("moves=yes", "leaves_on=2026-12-01", "joins_on=2026-12-01").Is(422, "Say why")
		form := b.Page
		for range 2 { // sent twice, it has one effect
			form.Submit("moves=yes", "leaves_on=2026-12-01", "joins_on=2026-12-01", "why=Payroll says so").LeadsTo(paths.Disputes())
		}
		h.Until(t, at("2026-12-01"))
		if now := h.Record(t, them, r.ID); len(now.Employments) != 2 || now.Transfers[0].Resolution != "Payroll says so" {
			t.Errorf("after the ruling: %+v", now.Transfers)
		}
	})
}

func TestStaleRulingShowsBothTexts(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r, id := h.disputed(t, 1)
		b := h.As(t, team)
		b.Get(paths.Dispute(id))
		transfer := h.Record(t, ours, r.ID).OpenTransfer().ID
		must(t, h.Deny(ctx, tenant.SignedIn(r.Person, "a", asye.NQSW), transfer, "I start in January"))
		b.Submit("moves=no", "why=My reason").Is(409, "Saved now", "I start in January", "It stays. My reason")
		other := h.As(t, team).Get(paths.Dispute(id))
		b.Submit("moves=no", "why=My reason").Is(303)
		other.Submit("moves=no", "why=Too late").Is(409, "no longer disputed", "Too late")
		if now := h.Record(t, ours, r.ID); now.OpenTransfer() != nil || now.Transfers[0].Resolution != "My reason" {
			t.Errorf("transfer %+v", now.Transfers[0])
		}
	})
}

func TestLongQueuesComeInPages(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for n := range 26 {
			h.disputed(t, n+1)
		}
		h.As(t, team).Get(paths.Disputes()).Is(200, "Showing 1 to 25 of 26 moves").Has("page=2")
		h.As(t, team).Get(paths.Disputes()+"?page=2").Is(200, "Showing 26 to 26 of 26 moves", "Okafor26")
		h.As(t, team).Get(paths.Disputes()+"?page=99").Is(200, "Showing 26 to 26 of 26 moves")
	})
}
