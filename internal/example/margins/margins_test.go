package margins

import (
	"reflect"
	"strconv"
	"testing"

	"example.org/asye/internal/equality/published"
)

func TestJointFitsEveryPublishedMargin(t *testing.T) {
	o := published.Read().Outcomes
	keys := map[string]func(Cell) string{
		"gender":    func(c Cell) string { return pick(c.Female, "Female", "Male") },
		"ethnicity": func(c Cell) string { return pick(c.White, "White", "Minoritised ethnic groups") },
		"deferrals": func(c Cell) string { return strconv.Itoa(c.Deferrals) },
	}
	for by, key := range keys {
		failed, total := map[string]int{}, map[string]int{}
		for _, c := range Joint() {
			failed[key(c)] += c.Failed
			total[key(c)] += c.Failed + c.Passed
		}
		for _, want := range o.By[by] {
			if failed[want.Group] != want.Failed || total[want.Group] != want.Total {
				t.Errorf("%s %s = %d of %d, want %d of %d", by, want.Group, failed[want.Group], total[want.Group], want.Failed, want.Total)
			}
		}
		if len(total) != len(o.By[by]) {
			t.Errorf("%s has the groups %v", by, total)
		}
	}
}

func TestJointCells(t *testing.T) {
	all := Joint()
	if len(all) != 12 {
		t.Errorf("%d cells, want 2 × 2 × 3", len(all))
	}
	passed, failed := 0, 0
	for _, c := range all {
		if c.Passed < 0 || c.Failed < 0 {
			t.Errorf("%+v is less than nobody", c)
		}
		passed, failed = passed+c.Passed, failed+c.Failed
	}
	if passed != 1636 || failed != 24 {
		t.Errorf("%d passed and %d failed, want 1,636 and 24", passed, failed)
	}
	if !reflect.DeepEqual(all, Joint()) {
		t.Error("a second call gives another distribution")
	}
}

func pick(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}
