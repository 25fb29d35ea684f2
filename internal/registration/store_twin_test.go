package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

func TestREG50_TwinsArePutToTheNationalTeam(t *testing.T) {
	byNumber, byName := entry(1), entry(1)
	byNumber.Identity = asye.Identity{GivenName: "A", FamilyName: "O"}
	byName.Number, byName.Identity.Email = "SW99", ""
	for name, e := range map[string]registration.Entry{"number": byNumber, "name_and_birth": byName} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				h.add(t, ours, 1)
				added, err := h.Add(ctx, them, e)
				if err != nil || !added.Twin {
					t.Fatalf("%v, twin %v", err, added.Twin)
				}
				twins, err := h.Twins(ctx, team)
				if err != nil || len(twins) != 1 || twins[0].Why != name {
					t.Fatalf("%v, %v", twins, err)
				}
				if _, err := h.Twins(ctx, ours); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("a coordinator saw the queue: %v", err)
				}
				if err := h.Judge(ctx, team, twins[0].ID, true, "Rang both"); fault.KindOf(err) != fault.Conflict {
					t.Errorf("two years at once united: %v", err)
				}
				must(t, h.Judge(ctx, team, twins[0].ID, false, "Two people"))
				if left, _ := h.Twins(ctx, team); len(left) != 0 {
					t.Errorf("still waiting: %v", left)
				}
			})
		})
	}
}

func TestREG52_OnePersonsYearsComeTogether(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		first := h.add(t, ours, 1)
		must(t, h.Decide(ctx, ours, first.ID, first.Version, registration.Outcome{Result: "withdrawn",
			DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		later := entry(1)
		later.StartsOn, later.Identity.Email = at("2026-11-01"), "second@example.org"
		second := h.addEntry(t, them, later)
		twins, err := h.Twins(ctx, team)
		must(t, err)
		must(t, h.Judge(ctx, team, twins[0].ID, true, "The same date of birth and number"))
		if got := h.get(t, them, second.ID); got.Person != first.Person {
			t.Errorf("the year belongs to %s, want %s", got.Person, first.Person)
		}
	})
}
