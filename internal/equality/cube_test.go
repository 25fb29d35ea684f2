package equality

import (
	"slices"
	"testing"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/schema"
)

// count is how many records have a result and a level.
func countIn(c *tally.Cube, result string, at int, level string) int64 {
	i, j := slices.Index(c.Columns[0].Levels, result), slices.Index(c.Columns[at].Levels, level)
	if i < 0 || j < 0 {
		return -1
	}
	return c.Margin(0, at)[i*len(c.Columns[at].Levels)+j]
}

func TestCube(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		build(t, d, report21)
		s := NewStore(d)
		c, err := s.Cube(ctx, analyst, Query{Cohorts: threeCohorts}, "gender", ByEmployer, ByCohort, "region")
		if err != nil {
			t.Fatal(err)
		}
		if c.Records != 1672 {
			t.Errorf("%d records", c.Records)
		}
		for _, want := range []struct {
			result string
			at     int
			level  string
			n      int64
		}{
			{Failed, 1, "Male", 6}, {Passed, 1, "Male", 168}, {Failed, 1, Declined, 2}, {Failed, 1, Unanswered, 2},
			{Withdrawn, 1, "Female", 2}, {NoOutcome, 1, "Female", 4},
		} {
			if got := countIn(c, want.result, want.at, want.level); got != want.n {
				t.Errorf("%s, %s: %d, want %d", want.result, want.level, got, want.n)
			}
		}
		if without, nhs := countIn(c, Failed, 4, NotOnFile), countIn(c, Failed, 2, "nhs1"); without <= 0 || without != nhs {
			t.Errorf("%d failed at employers of no region, %d at the one that has none", without, nhs)
		}
		if !slices.Equal(c.Columns[3].Levels, []string{"2018-19", "2019-20", "2020-21"}) || len(c.Columns[2].Levels) != 2 {
			t.Errorf("cohorts %v, employers %v", c.Columns[3].Levels, c.Columns[2].Levels)
		}
		only, err := s.Cube(ctx, analyst, Query{Cohorts: threeCohorts, CompleteOnly: true}, "gender")
		if err != nil || countIn(only, Failed, 1, "Female") != 18 || countIn(only, Failed, 1, "Male") != 6 || countIn(only, Passed, 1, "Female") != 1468 {
			t.Errorf("complete records: %v, %v", only, err)
		}
		if _, err := s.Cube(ctx, cora, Query{}, "gender"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a coordinator got %v", err)
		}
	})
}
