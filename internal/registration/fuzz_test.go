package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// Whatever is typed into the form of a registration is a registration, or is
// refused in words beside a field.
func FuzzEntryTyped(f *testing.F) {
	catalogue, err := programme.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Ada", "SW1000", "3", "2", "1998", "37", "child-and-family")
	f.Add("", "", "31", "2", "1998", "1e9", "x")
	f.Add("<b>", "\x00", "-1", "13", "99999", "37.5.5", "")
	f.Fuzz(func(t *testing.T, name, number, day, month, year, hours, course string) {
		typed := journey.Answers{"given_name": name, "family_name": name, "regulator_number": number, "date_of_birth-day": day, "date_of_birth-month": month,
			"date_of_birth-year": year, "starts_on-day": day, "starts_on-month": month, "starts_on-year": year, "hours": hours, "full_time_hours": hours, "programme": course}
		entry, unread := registration.EntryTyped(typed)
		_, err := registration.Register(entry, catalogue, asye.MustDate("2026-11-25"))
		for _, p := range registration.Join(unread, err) {
			if p.Text == "" {
				t.Fatalf("%q is refused without a word", p.Field)
			}
		}
		if kind := fault.KindOf(err); err != nil && kind != fault.Invalid && kind != fault.Forbidden {
			t.Fatalf("%v", err)
		}
	})
}
