package grant

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/asye/internal/platform/fault"
)

// altered is one of the files that are built in, with one text exchanged.
func altered(t *testing.T, name, old, now string) fstest.MapFS {
	t.Helper()
	text, err := embedded.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	return fstest.MapFS{name: {Data: []byte(strings.Replace(string(text), old, now, 1))}}
}

// What a file says and the program would never do, or do wrongly, is refused.
func TestGRA8_NothingIsSaidInVain(t *testing.T) {
	const family, adults = "child-and-family-2026-27.json", "adults-2026-27.json"
	for _, one := range []struct{ file, says, old, new string }{
		{family, "days of leaving", `"registration_back_within_days": 28`, `"registration_back_within_days": -1`},
		{family, "falls on the start", `"final": { "milestone": "completion"`, `"final": { "milestone": "registration"`},
		{family, "needs an amount", `"pence": 100000`, `"pence": -100000`},
		{family, "needs an amount", `"pence": 100000`, `"pence": 9223372036854775807`},
		{adults, "needs an amount", `"pence": 0`, `"pence": -5`},
		{adults, "needs an amount", `"pence": 0`, `"pence": 5`},
		{adults, "pot", `"pot_pence": 0`, `"pot_pence": -1`},
		{adults, "pot", `"pot_pence": 0`, `"pot_pence": 500`},
		{adults, "pot", `"pot_number": 0`, `"pot_number": 5`},
		{adults, "ceiling", `"pence": 200000`, `"pence": 99999`},
		{adults, "has two ceilings", `"types": ["private",`, `"types": ["nhs",`},
		{adults, "is not one", `"types": ["private",`, `"types": ["privat",`},
	} {
		_, err := Load(altered(t, one.file, one.old, one.new))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", one.says, err)
		}
	}
}

func TestGRA9_EachDayHasADeadline(t *testing.T) {
	const family, before = "child-and-family-2026-27.json", "child-and-family-2025-26.json"
	for _, one := range []struct{ file, old, new, says string }{
		{family, `"key": "year", "first_day": "2026-04-01"`, `"key": "year", "first_day": "2026-04-02"`, "1 April 2026"},
		{family, `"last_day": "2027-03-31", "at": `, `"last_day": "2027-03-30", "at": `, "31 March 2027"},
		{before, `"first_day": "2026-03-01", "last_day": "2026-03-31"`, `"first_day": "2026-03-02", "last_day": "2026-03-31"`, "1 March 2026"},
		{before, `"first_day": "2026-03-01", "last_day": "2026-03-31"`, `"first_day": "2026-02-28", "last_day": "2026-03-31"`, "cover the same day"},
		{before, `"first_day": "2026-03-01", "last_day": "2026-03-31"`, `"first_day": "2025-03-01", "last_day": "2025-04-01"`, "cover the same day"},
	} {
		_, err := Load(altered(t, one.file, one.old, one.new))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", one.says, err)
		}
	}
	if _, err := Load(altered(t, family, `"key": "year", "first_day": "2026-04-01", "last_day": "2027-03-31"`, `"key": "year", "first_day": "2026-01-01", "last_day": "2027-12-31"`)); err != nil {
		t.Errorf("a deadline for more than the window: %v", err)
	}
}

func TestGRA6_TimesThatCannotBe(t *testing.T) {
	const family = "child-and-family-2026-27.json"
	for _, one := range []struct{ at, zone, says string }{
		{"2027-03-31 9:30", "Europe/London", "cannot be read"},
		{"2027-03-28 01:00", "Europe/London", "skipped"},
		{"2027-03-28 01:59", "Europe/London", "skipped"},
		{"2027-03-28 02:00", "Europe/London", ""},
		{"2027-03-28 00:59", "Europe/London", ""},
		{"2027-03-31 23:59", "Local", "cannot be read"},
		{"2027-03-31 23:59", "", "cannot be read"},
		{"2027-03-31 23:59", "Europe/Nowhere", "cannot be read"},
		{"2027-02-29 23:59", "Europe/London", "cannot be read"},
		{"2027-03-31 24:00", "Europe/London", "cannot be read"},
		{"2026-10-04 02:15", "Australia/Lord_Howe", "skipped"}, // clocks that move by half an hour
	} {
		_, err := Load(altered(t, family, `"at": "2027-03-31 23:59", "zone": "Europe/London"`, `"at": "`+one.at+`", "zone": "`+one.zone+`"`))
		if (err == nil) != (one.says == "") || err != nil && !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s in %q: %v", one.at, one.zone, err)
		}
	}
	for _, one := range []struct{ at, zone, closes string }{
		{"2027-04-04 01:45", "Australia/Lord_Howe", "2027-04-03T15:16:00.000000Z"}, // comes twice, half an hour apart
		{"2026-10-25 01:00", "Europe/London", "2026-10-25T01:01:00.000000Z"},
		{"2026-10-25 01:59", "Europe/London", "2026-10-25T02:00:00.000000Z"},
		{"2026-10-25 02:00", "Europe/London", "2026-10-25T02:01:00.000000Z"},
		{"2026-11-01 01:30", "America/New_York", "2026-11-01T06:31:00.000000Z"}, // comes twice, west of Greenwich
		{"2026-11-25 23:59", "UTC", "2026-11-26T00:00:00.000000Z"},
	} {
		if got, err := (Deadline{At: one.at, Zone: one.zone}).Closes(); err != nil || got.String() != one.closes {
			t.Errorf("%s in %s closes at %s, %v", one.at, one.zone, got, err)
		}
	}
}
