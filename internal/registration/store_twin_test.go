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
				h.Register(t, ours, entry(1))
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
		first := h.Register(t, ours, entry(1))
		must(t, h.Decide(ctx, ours, first.ID, first.Version, registration.Outcome{Result: "withdrawn",
			DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		later := entry(1)
		later.StartsOn, later.Identity.Email = at("2026-11-01"), "second@example.org"
		second := h.Register(t, them, later)
		twins, err := h.Twins(ctx, team)
		must(t, err)
		must(t, h.Judge(ctx, team, twins[0].ID, true, "The same date of birth and number"))
		if got := h.Record(t, them, second.ID); got.Person != first.Person {
			t.Errorf("the year belongs to %s, want %s", got.Person, first.Person)
		}
	})
}

// The newer year of a pair is closed for its employer, on behalf of whoever
// coordinates it, and the two come together in one act.
func TestREG53_TheNewerYearIsClosedAsAMistake(t *testing.T) {
	for _, starts := range []string{"2026-10-01", "2026-12-07"} { // running, and not started
		t.Run(starts, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				first := h.Register(t, ours, entry(1))
				second := h.Register(t, them, entry(1, func(e *registration.Entry) {
					e.StartsOn, e.Identity.Email = at(starts), "second@example.org"
				}))
				twins, err := h.Twins(ctx, team)
				must(t, err)
				pair, err := h.Twin(ctx, team, twins[0].ID)
				must(t, err)
				year, err := pair.Closing()
				if err != nil || year.ID != second.ID || len(pair.Clashes()) != 1 || pair.Clashes()[0].Older.OrgName != "Ashford" {
					t.Fatalf("%+v, %v", year, err)
				}
				if err := h.JudgeMistake(ctx, ours, pair.ID, "Mine"); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("by a coordinator: %v", err)
				}
				must(t, h.JudgeMistake(ctx, team, pair.ID, "Both employers say so"))
				closed := h.Record(t, them, second.ID)
				if o := closed.Outcome(); o == nil || o.Reason != registration.Mistaken || closed.Person == first.Person {
					t.Errorf("%+v", closed.Outcome())
				}
				if n := h.Count(t, `audit_lines where what = 'registration.withdrawn' and actor_id = 'nat' and on_behalf_of = 'co-b' and org_id = 'b'`); n != 1 {
					t.Errorf("%d lines say on whose behalf", n)
				}
				if left, _ := h.Twins(ctx, team); len(left) != 0 {
					t.Errorf("still waiting: %v", left)
				}
				if still := h.Record(t, ours, first.ID); still.Outcome() != nil || len(still.Employments) != 1 {
					t.Errorf("the older year changed: %+v", still)
				}
			})
		})
	}
}

func TestWhenTheNewerYearCanBeClosed(t *testing.T) {
	year := func(id, starts, ends string) registration.TwinYear {
		return registration.TwinYear{ID: asye.EnrolmentID(id), Reference: id, Period: between(starts, ends)}
	}
	moving, gone := year("n", "2026-10-01", ""), year("o", "2026-09-01", "")
	moving.Moving, gone.Mistaken = true, true
	old := []registration.TwinYear{year("o", "2026-09-01", "")}
	for name, c := range map[string]struct {
		newer, older []registration.TwinYear
		want         bool
	}{
		"REG-53_both_run":                   {[]registration.TwinYear{year("n", "2026-10-01", "")}, old, true},
		"REG-53_no_two_at_once":             {[]registration.TwinYear{year("n", "2026-10-01", "")}, []registration.TwinYear{year("o", "2025-09-01", "2026-10-01")}, false},
		"REG-53_the_newer_has_its_outcome":  {[]registration.TwinYear{year("n", "2026-10-01", "2026-11-01")}, old, false},
		"REG-53_the_newer_is_moving":        {[]registration.TwinYear{moving}, old, false},
		"REG-53_the_older_was_the_mistake":  {[]registration.TwinYear{year("n", "2026-10-01", "")}, []registration.TwinYear{gone}, false},
		"REG-53_two_newer_years_in_the_way": {[]registration.TwinYear{year("n", "2026-10-01", ""), year("m", "2025-10-01", "2026-09-30")}, []registration.TwinYear{year("o", "2025-09-01", "")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			twin := registration.Twin{One: registration.TwinSide{Years: c.newer}, Other: registration.TwinSide{Years: c.older}}
			if _, err := twin.Closing(); (err == nil) != c.want {
				t.Errorf("%v, want it to be possible: %v", err, c.want)
			}
		})
	}
}
