package asye

import "testing"

func TestCohort(t *testing.T) {
	tests := []struct {
		day    string
		cohort string
		number int
	}{
		{"2019-04-01", "2019-20", 8},
		{"2020-03-31", "2019-20", 8},
		{"2020-04-01", "2020-21", 9},
		{"2026-11-22", "2026-27", 15},
		{"1999-04-01", "1999-00", -12},
	}
	for _, tt := range tests {
		c := CohortOf(MustDate(tt.day))
		if c.String() != tt.cohort || c.Number() != tt.number {
			t.Errorf("%s is in %s, number %d; want %s, %d", tt.day, c, c.Number(), tt.cohort, tt.number)
		}
		if back, err := ParseCohort(tt.cohort); err != nil || back != c {
			t.Errorf("ParseCohort(%s) = %v, %v", tt.cohort, back, err)
		}
		if !c.Period().Contains(MustDate(tt.day)) {
			t.Errorf("%s is outside %s", tt.day, c.Period())
		}
	}
	for _, bad := range []string{"", "2026", "2026-28", "2026/27", "26-27", "abcd-ef"} {
		if _, err := ParseCohort(bad); err == nil {
			t.Errorf("ParseCohort(%q) was accepted", bad)
		}
	}
}

// What is stored is one word; what is shown is a name of its own.
func TestEntryRoutesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range EntryRoutes() {
		if name := r.String(); name == string(r) || seen[name] {
			t.Errorf("the route %q is shown as %q", string(r), name)
		} else {
			seen[name] = true
		}
	}
	if got := EntryRoute("by-sea").String(); got != "by-sea" {
		t.Errorf("a route that is not in the list is shown as %q", got)
	}
}
