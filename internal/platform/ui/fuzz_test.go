package ui

import (
	"net/url"
	"strings"
	"testing"
)

// A colour is one that white text can be read on, and no style can hide in it.
func FuzzTheme(f *testing.F) {
	for _, seed := range []string{"#0b5560", "#ffff00", "", "red", "#0b5560;}body{display:none", "#0B5560\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, colour string) {
		theme := Theme{Colour: colour}
		if theme.Check() == nil && colour != "" && (!hexColour.MatchString(colour) || ContrastWithWhite(colour) < MinimumContrast) {
			t.Fatalf("%q is taken", colour)
		}
		if used := theme.colour(); !hexColour.MatchString(used) {
			t.Fatalf("%q is used as %q", colour, used)
		}
	})
}

// The parts of a date are read as they were typed.
func FuzzDateField(f *testing.F) {
	f.Add("27", "3", "2027")
	f.Add("", "March", " 27")
	f.Fuzz(func(t *testing.T, day, month, year string) {
		form := url.Values{"on-day": {day}, "on-month": {month}, "on-year": {year}}
		typed := ParseDateField(form, "on")
		if strings.TrimSpace(typed.Day) != strings.TrimSpace(day) || strings.TrimSpace(typed.Month) != strings.TrimSpace(month) || strings.TrimSpace(typed.Year) != strings.TrimSpace(year) {
			t.Fatalf("%q %q %q is read as %+v", day, month, year, typed)
		}
	})
}
