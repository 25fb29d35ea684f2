package queue_test

import (
	"net/http"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/queue"
)

// disputed is a move that our employer has objected to.
func (h *house) disputed(t *testing.T, n int) (registration.Record, string) {
	t.Helper()
	r := h.add(t, n)
	must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
	must(t, h.Object(ctx, ours, r.ID, h.get(t, ours, r.ID).Version, "Still works here"))
	return r, h.get(t, ours, r.ID).OpenTransfer().ID
}

// pair is two records with one number: ours, and theirs that starts on a day.
func (h *house) pair(t *testing.T, starts string) (registration.Record, registration.Record, string) {
	t.Helper()
	first := h.add(t, 1)
	e := h.entry(1)
	e.Identity.GivenName, e.Identity.Email, e.StartsOn = "Amara-Jane", "other@example.org", at(starts)
	added, err := h.Add(ctx, them, e)
	must(t, err)
	twins, err := h.Twins(ctx, team)
	must(t, err)
	if len(twins) != 1 {
		t.Fatalf("%d pairs", len(twins))
	}
	return first, h.get(t, them, added.ID), twins[0].ID
}

func TestOnlyTheNationalTeamGetsIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, id := h.disputed(t, 1)
		for _, path := range []string{paths.Duplicates(), paths.Duplicate("x"), paths.Disputes(), paths.Dispute(id)} {
			for _, role := range asye.Roles() {
				if role != asye.National {
					h.as(t, tenant.SignedIn("co-a", "a", role)).get(path).is(http.StatusForbidden)
				}
			}
		}
		h.as(t, team).get(paths.Duplicate("x")).is(http.StatusNotFound)
		h.as(t, team).get(paths.Dispute("x")).is(http.StatusNotFound)
	})
}

func TestEmptyQueuesSaySo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.as(t, team).get(paths.Duplicates()).is(http.StatusOK, "No pair waits for a decision")
		h.as(t, team).get(paths.Disputes()).is(http.StatusOK, "No move is disputed")
		if cards, err := queue.Cards(h.Store)(ctx, team, at("2026-11-22")); err != nil || len(cards) != 0 {
			t.Errorf("cards %v, %v", cards, err)
		}
	})
}

func TestTwoPeople(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, _, id := h.pair(t, "2026-09-01")
		cards, err := queue.Cards(h.Store)(ctx, team, at("2026-11-22"))
		if err != nil || len(cards) != 1 || cards[0].Count != 1 || cards[0].Href != paths.Duplicates() {
			t.Errorf("cards %v, %v", cards, err)
		}
		b := h.as(t, team).get(paths.Duplicates()).is(http.StatusOK, "Amara-Jane", "same Social Work England number", "Showing 1 to 1 of 1 pairs", paths.Duplicate(id))
		b.get(paths.Duplicate(id)).is(http.StatusOK, "Ashford", "Barnwell", "3 February 1998")
		b.submit("note=Kept").is(http.StatusUnprocessableEntity, "Say whether the two are one person", "Kept")
		b.submit("decision=different").is(http.StatusUnprocessableEntity, "Say how you know")
		late := h.as(t, team).get(paths.Duplicate(id))
		form := b.filled([]string{"decision=different", "note=Rang both"})
		b.send(http.MethodPost, paths.Duplicate(id), form).is(http.StatusSeeOther, paths.Duplicates())
		b.send(http.MethodPost, paths.Duplicate(id), form).is(http.StatusSeeOther, paths.Duplicates())
		if n := h.count(t, `audit_lines where what = 'registration.pairJudged'`); n != 1 {
			t.Errorf("judged %d times", n)
		}
		late.submit("decision=same", "note=My words").is(http.StatusConflict, "decided already", "My words")
		b.get(paths.Duplicates()).is(http.StatusOK, "No pair waits")
	})
}

func TestOnePersonWhoseYearsOverlapIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first, second, id := h.pair(t, "2026-09-01")
		b := h.as(t, team).get(paths.Duplicate(id))
		b.submit("decision=same", "note=Rang both").is(http.StatusConflict, "year running at the same time", "Nothing has been changed", "Rang both")
		if h.get(t, them, second.ID).Person == first.Person {
			t.Error("the records came together all the same")
		}
		must(t, h.Decide(ctx, them, second.ID, second.Version, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"),
			Reason: "other-role", Concerns: "no"}))
		b.submit("decision=same", "note=Rang both").is(http.StatusConflict)
		must(t, h.Undo(ctx, them, second.ID, second.Version+1, "Wrong reason"))
		must(t, h.Decide(ctx, them, second.ID, second.Version+2, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"),
			Reason: "registered-by-mistake", Concerns: "no"}))
		b.submit("decision=same", "note=Rang both").is(http.StatusSeeOther)
		if now := h.get(t, ours, first.ID); now.Person != first.Person || len(now.Employments) != 1 {
			t.Errorf("after the mistake was withdrawn: %s, %v", now.Person, now.Employments)
		}
	})
}

func TestOnePerson(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		must(t, h.Decide(ctx, ours, r.ID, r.Version, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-10-31"), Reason: "left-employer", Concerns: "no"}))
		e := h.entry(1)
		e.Identity.Email, e.StartsOn = "other@example.org", at("2026-11-02")
		added, err := h.Add(ctx, them, e)
		must(t, err)
		twins, err := h.Twins(ctx, team)
		must(t, err)
		h.as(t, team).get(paths.Duplicate(twins[0].ID)).submit("decision=same", "note=Same date of birth, same course").is(http.StatusSeeOther)
		if now := h.get(t, them, added.ID); now.Person != r.Person {
			t.Errorf("the later year belongs to %s, not %s", now.Person, r.Person)
		}
	})
}

func TestRuling(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r, id := h.disputed(t, 1)
		b := h.as(t, team).get(paths.Disputes()).is(http.StatusOK, "Amara Okafor1", "Ashford", "Barnwell")
		b.get(paths.Dispute(id)).is(http.StatusOK, "The losing employer says: Still works here", "has not reported a leaving")
		b.submit("why=Kept").is(http.StatusUnprocessableEntity, "Say whether the year moves or stays", "Kept")
		b.submit("moves=yes", "why=Kept", "leaves_on-day=").is(http.StatusUnprocessableEntity, "Enter the first day no longer with the losing employer")
		b.submit("moves=yes", "why=Kept", "leaves_on=2026-12-02", "joins_on=2026-12-01").is(http.StatusUnprocessableEntity, "cannot join before leaving")
		b.submit("moves=yes", "leaves_on=2026-12-01", "joins_on=2026-12-01").is(http.StatusUnprocessableEntity, "Say why")
		form := b.filled([]string{"moves=yes", "leaves_on=2026-12-01", "joins_on=2026-12-01", "why=Payroll says so"})
		b.send(http.MethodPost, paths.Dispute(id), form).is(http.StatusSeeOther, paths.Disputes())
		b.send(http.MethodPost, paths.Dispute(id), form).is(http.StatusSeeOther, paths.Disputes())
		if now := h.get(t, them, r.ID); len(now.Employments) != 2 || now.Transfers[0].Resolution != "Payroll says so" {
			t.Errorf("after the ruling: %+v", now.Transfers)
		}
	})
}

func TestStaleRulingShowsBothTexts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r, id := h.disputed(t, 1)
		b := h.as(t, team).get(paths.Dispute(id))
		transfer := h.get(t, ours, r.ID).OpenTransfer().ID
		must(t, h.Deny(ctx, tenant.SignedIn(r.Person, "a", asye.NQSW), transfer, "I start in January"))
		b.submit("moves=no", "why=My reason").is(http.StatusConflict, "Saved now", "I start in January", "It stays. My reason")
		other := h.as(t, team).get(paths.Dispute(id))
		b.submit("moves=no", "why=My reason").is(http.StatusSeeOther)
		other.submit("moves=no", "why=Too late").is(http.StatusConflict, "no longer disputed", "Too late")
		if now := h.get(t, ours, r.ID); now.OpenTransfer() != nil || now.Transfers[0].Resolution != "My reason" {
			t.Errorf("transfer %+v", now.Transfers[0])
		}
	})
}

func TestLongQueuesComeInPages(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for n := range 26 {
			h.disputed(t, n+1)
		}
		h.as(t, team).get(paths.Disputes()).is(http.StatusOK, "Showing 1 to 25 of 26 moves", "page=2")
		h.as(t, team).get(paths.Disputes()+"?page=2").is(http.StatusOK, "Showing 26 to 26 of 26 moves", "Okafor26")
		h.as(t, team).get(paths.Disputes()+"?page=99").is(http.StatusOK, "Showing 26 to 26 of 26 moves")
	})
}
