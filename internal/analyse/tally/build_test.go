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
	if c.Records != 4 || !slices.Equal(c.Columns[1].Levels, []string{"North", "South"}) {
		t.Errorf("%d records in %v", c.Records, c.Columns)
	}
	if got := c.Margin(0, 1); !slices.Equal(got, []int64{1, 2, 0, 1}) {
		t.Errorf("the cells are %v", got)
	}
	if got := c.Margin(0); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("by result: %v", got)
	}
	b.Add("withdrawn", "North")
	if got := c.Margin(0); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("a cube changed afterwards: %v", got)
	}
	south := c.Only(func(levels []uint16) bool { return c.Columns[1].Levels[levels[1]] == "South" })
	if south.Records != 3 || !slices.Equal(south.Margin(0, 1), []int64{0, 2, 0, 1}) {
		t.Errorf("in the south %d: %v", south.Records, south.Margin(0, 1))
	}
}

func TestBuildPutsNumbersInOrder(t *testing.T) {
	b := Build(Column{Name: "deferrals"}, Column{"sex", []string{"Male", "Female"}})
	for _, n := range []string{"10", "2", "0", "2"} {
		b.Add(n, "Unknown")
	}
	c := b.Cube()
	if !slices.Equal(c.Columns[0].Levels, []string{"0", "2", "10"}) || !slices.Equal(c.Margin(0), []int64{1, 2, 1}) {
		t.Errorf("%v: %v", c.Columns[0].Levels, c.Margin(0))
	}
	if !slices.Equal(c.Columns[1].Levels, []string{"Male", "Female", "Unknown"}) {
		t.Errorf("%v", c.Columns[1].Levels)
	}
}
