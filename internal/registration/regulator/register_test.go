package regulator

import (
	"context"
	"errors"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration"
)

func known(_ context.Context, number registration.Number) (string, error) {
	if number == "SW2001" || number == "SW999911" || number == "SW999941" {
		return "Amara Okafor", nil
	}
	return "", nil
}

func TestSimulator(t *testing.T) {
	s, err := NewSimulator(known)
	if err != nil {
		t.Fatal(err)
	}
	amara := asye.Identity{GivenName: "Amara", FamilyName: "Okafor"}
	tests := []struct {
		name           string
		number         registration.Number
		result, listed string
	}{
		{"REG-10 known here", "SW2001", "registered", "Amara Okafor"},
		{"REG-10 known nowhere", "SW2002", "not_found", ""},
		{"REG-10 a row of its own", "SW1001", "name_differs", "Morgan Ashdown"},
		{"REG-10 lapsed comes before the name", "SW1002", "lapsed", "Robin Fairweather"},
		{"REG-10 removed", "SW1003", "removed", "Charlie Penrose"},
		{"REG-10 a pattern, under the recorded name", "SW999911", "lapsed", "Amara Okafor"},
		{"REG-10 a pattern, under another name", "SW999931", "name_differs", "Alex Otherwise"},
		{"REG-10 a pattern goes before what is recorded", "SW999941", "not_found", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 { // the same number gets the same answer
				l, err := s.Look(context.Background(), tt.number)
				if err != nil {
					t.Fatal(err)
				}
				if got := Compare(l, amara); got.Result != tt.result || got.RegisteredName != tt.listed || got.Number != tt.number {
					t.Errorf("%+v, want %s under %q", got, tt.result, tt.listed)
				}
			}
		})
	}
}

// Every scenario has a status that a check can be kept with, and each that the
// register can have is there to try.
func TestScenarios(t *testing.T) {
	s, err := NewSimulator(known)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Status]bool{}
	for _, r := range append(s.scenarios.Rows, s.scenarios.Patterns...) {
		seen[r.Status] = true
		if (r.Number == "") == (r.Prefix == "") {
			t.Errorf("%+v has a number and a prefix, or neither", r)
		}
	}
	for _, status := range []Status{Registered, Lapsed, Removed, NotFound} {
		if !seen[status] {
			t.Errorf("no scenario is %s", status)
		}
		delete(seen, status)
	}
	if len(seen) > 0 || s.scenarios.CheckedOn.IsZero() {
		t.Errorf("statuses that no check can have: %v; checked on %s", seen, s.scenarios.CheckedOn)
	}
}

func TestSimulatorPassesAFailureOn(t *testing.T) {
	want := errors.New("the database is away")
	s, err := NewSimulator(func(context.Context, registration.Number) (string, error) { return "", want })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Look(context.Background(), "SW1"); !errors.Is(err, want) {
		t.Errorf("err = %v", err)
	}
}

func TestSameName(t *testing.T) {
	tests := []struct {
		listed   string
		recorded asye.Identity
		same     bool
	}{
		{"Siân Rees", asye.Identity{GivenName: "Sian", FamilyName: "REES"}, true},
		{"Mary Ann Jones", asye.Identity{GivenName: "Mary", FamilyName: "Jones"}, true},
		{"Mary Jones", asye.Identity{GivenName: "Mary", MiddleNames: "Ann", FamilyName: "Jones"}, true},
		{"Mary Smith", asye.Identity{GivenName: "Mary", FamilyName: "Jones"}, false},
		{"Ann Jones", asye.Identity{GivenName: "Mary", MiddleNames: "Ann", FamilyName: "Jones"}, false},
		{"Mary Van der Berg", asye.Identity{GivenName: "Mary", FamilyName: "van der Berg"}, true},
		{"", asye.Identity{GivenName: "Mary", FamilyName: "Jones"}, false},
	}
	for _, tt := range tests {
		if got := sameName(tt.listed, tt.recorded); got != tt.same {
			t.Errorf("REG-10 %q and %q are the same: %t", tt.listed, tt.recorded.Full(), got)
		}
	}
}
