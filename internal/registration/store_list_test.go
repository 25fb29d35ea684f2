package registration_test

import (
	"fmt"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/registration"
)

func TestListFindsSortsAndPages(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for n := range 30 {
			e := entry(n)
			e.StartsOn = at("2026-04-01").AddDays(n)
			e.Team = fmt.Sprintf("Team %02d", 30-n)
			h.Register(t, ours, e)
		}
		list := func(f registration.Filter) registration.Found {
			t.Helper()
			found, err := h.List(ctx, ours, f)
			must(t, err)
			return found
		}
		if got := list(registration.Filter{Page: 2}); got.Total != 30 || got.Pages != 2 || len(got.Rows) != 5 {
			t.Errorf("second page: %d of %d rows on %d pages", len(got.Rows), got.Total, got.Pages)
		}
		if got := list(registration.Filter{Page: 99}); got.Page != 2 {
			t.Errorf("a page past the end is page %d", got.Page)
		}
		if got := list(registration.Filter{Sort: "starts", Down: true}); got.Rows[0].StartsOn != at("2026-04-30") {
			t.Errorf("latest start first: %s", got.Rows[0].StartsOn)
		}
		if got := list(registration.Filter{Sort: "team"}); got.Rows[0].Team != "Team 01" {
			t.Errorf("first team: %s", got.Rows[0].Team)
		}
		for _, search := range []string{"okafor7", "SW1007", "OKAFOR7"} {
			if got := list(registration.Filter{Search: search}); got.Total != 1 {
				t.Errorf("search %q found %d", search, got.Total)
			}
		}
		if got := list(registration.Filter{Search: "100%"}); got.Total != 0 {
			t.Errorf("a wildcard matched %d", got.Total)
		}
		if got := list(registration.Filter{Size: -1}); len(got.Rows) != 30 {
			t.Errorf("everything is %d rows", len(got.Rows))
		}
	})
}

// TestStatusInSQLAndInGo compares the two on records in every state.
func TestStatusInSQLAndInGo(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for n, start := range []string{"2026-04-01", "2026-11-22", "2026-11-23", "2027-02-01", "2025-11-22", "2025-11-21",
			"2025-06-01", "2026-09-01", "2026-09-02", "2026-09-03"} {
			e := entry(n)
			e.StartsOn, e.Programme = at(start), "child-and-family"
			h.Register(t, ours, e)
		}
		all, err := h.List(ctx, ours, registration.Filter{Sort: "starts", Size: -1})
		must(t, err)
		end := map[int]registration.Result{2: "failed", 3: "passed", 4: "withdrawn"}
		for i, row := range all.Rows {
			if result, ok := end[i]; ok && !row.StartsOn.After(at("2026-11-20")) {
				must(t, h.Decide(ctx, ours, row.ID, row.Version, registration.Outcome{Result: result, DecidedOn: at("2026-11-20"),
					ToldOn: at("2026-11-20"), Reason: "other", Concerns: "no"}))
			} else if i == 5 {
				must(t, h.Pause(ctx, ours, row.ID, row.Version, registration.Pause{Period: asye.Since(at("2026-11-22")), Reason: "sickness"}))
			} else if i == 6 {
				must(t, h.Pause(ctx, ours, row.ID, row.Version, registration.Pause{Period: asye.Since(at("2026-11-23")), Reason: "sickness"}))
			}
		}
		today := clock.Today(h.DB.Clock())
		seen := 0
		counts, err := h.Counts(ctx, ours, registration.Filter{})
		must(t, err)
		for _, status := range registration.Statuses() {
			found, err := h.List(ctx, ours, registration.Filter{Status: status})
			must(t, err)
			seen += found.Total
			if counts[status] != found.Total {
				t.Errorf("%s: counted %d, listed %d", status, counts[status], found.Total)
			}
			for _, row := range found.Rows {
				if got := row.Status(today); got != status {
					t.Errorf("SQL says %s, Go says %s for the year from %s", status, got, row.StartsOn)
				}
			}
		}
		if seen != all.Total {
			t.Errorf("%d of %d have a status", seen, all.Total)
		}
	})
}
