package tally

import (
	"slices"
	"testing"
)

func TestBuild(t *testing.T) {
	b := Build(Column{"result", []string{"passed", "failed"}}, Column{Name: "region"})
	b.Add("failed", "South")
	b.Add("passed", "North")
	b.Add("passed", "South")
	b.Add("passed", "South")
	c := b.Cube()
	if c.Records != 4 || !slices.Equal(c.Columns[1].Levels, []string{"South", "North"}) {
		t.Errorf("%d records in %v", c.Records, c.Columns)
	}
	if got := c.Margin(0, 1); !slices.Equal(got, []int64{2, 1, 1, 0}) {
		t.Errorf("the cells are %v", got)
	}
	if got := c.Margin(0); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("by result: %v", got)
	}
	b.Add("withdrawn", "North")
	if got := c.Margin(0); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("a cube changed afterwards: %v", got)
	}
}
