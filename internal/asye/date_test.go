package asye

import (
	"testing"
	"time"
)

func TestAddMonths(t *testing.T) {
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2026-08-31", 6, "2027-02-28"},
		{"2027-08-31", 6, "2028-02-29"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2028-02-29", 48, "2032-02-29"},
		{"2026-09-01", 12, "2027-09-01"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-03-29", 7, "2026-10-29"}, // across both clock changes
	}
	for _, tt := range tests {
		if got := MustDate(tt.from).AddMonths(tt.n); got.ISO() != tt.want {
			t.Errorf("%s and %d months = %s, want %s", tt.from, tt.n, got.ISO(), tt.want)
		}
	}
}

func TestDaysAcrossClockChanges(t *testing.T) {
	for _, day := range []string{"2026-03-28", "2026-10-24", "2028-02-28"} {
		d := MustDate(day)
		if got := d.DaysUntil(d.AddDays(3)); got != 3 {
			t.Errorf("three days from %s counted as %d", day, got)
		}
	}
}

func TestParseUKDate(t *testing.T) {
	good := []string{"1/9/2026", "01/09/2026", "01.09.2026", "1-9-2026", "1 9 2026", " 1 September 2026 ",
		"1 Sep 2026", "1 sept 2026", "1-Sep-2026", "Tuesday 1 September 2026", "1st September 2026",
		"2026-09-01", "2026-09-01 00:00:00", "01/09/2026 00:00"}
	for _, text := range good {
		if d, err := ParseUKDate(text); err != nil || d != NewDate(2026, time.September, 1) {
			t.Errorf("ParseUKDate(%q) = %v, %v", text, d, err)
		}
	}
	bad := []string{"", "September 2026", "9/13/2026", "31/9/2026", "29/2/2027", "1/9/26", "1 Smarch 2026",
		"44000", "0/1/2026", "1/0/2026", "1/1/1826", "2026-13-01", "1/9/2026 extra"}
	for _, text := range bad {
		if d, err := ParseUKDate(text); err == nil {
			t.Errorf("ParseUKDate(%q) gave %v", text, d)
		}
	}
}

func TestDateOrder(t *testing.T) {
	if !MonthFirst("9/13/2026") || MonthFirst("13/9/2026") || MonthFirst("1/9/2026") {
		t.Error("MonthFirst must see only what cannot be day first")
	}
	if !EitherOrder("1/9/2026") || EitherOrder("9/9/2026") || EitherOrder("13/9/2026") || EitherOrder("1 Sep 2026") {
		t.Error("EitherOrder must see only what has two readings")
	}
}

func TestDateStored(t *testing.T) {
	d := MustDate("2026-09-01")
	for _, from := range []any{"2026-09-01", []byte("2026-09-01"), d.time()} {
		var got Date
		if err := got.Scan(from); err != nil || got != d {
			t.Errorf("Scan(%v) = %v, %v", from, got, err)
		}
	}
	var none Date
	if v, err := none.Value(); v != nil || err != nil {
		t.Errorf("no date is stored as %v, %v", v, err)
	}
	if err := none.Scan(3.2); err == nil {
		t.Error("a number was read as a date")
	}
}

func TestPeriod(t *testing.T) {
	year := Period{MustDate("2026-09-01"), MustDate("2027-09-01")}
	if !year.Contains(year.Start) || year.Contains(year.End) || year.Contains(year.Start.AddDays(-1)) {
		t.Error("a period holds its start and not its end")
	}
	next := Since(year.End)
	if year.Overlaps(next) || next.Overlaps(year) {
		t.Error("periods that touch do not overlap")
	}
	if !Since(year.End.AddDays(-1)).Overlaps(year) {
		t.Error("one shared day is an overlap")
	}
	if year.Days() != 365 || year.String() != "1 September 2026 to 31 August 2027" {
		t.Errorf("%d days, %s", year.Days(), year)
	}
}

func FuzzParseUKDate(f *testing.F) {
	for _, seed := range []string{"1/9/2026", "29 Feb 2028", "2026-09-01", "31st of never"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseUKDate(text)
		if err == nil {
			if back, err := ParseUKDate(d.String()); err != nil || back != d {
				t.Errorf("%q read as %s, read back as %s, %v", text, d, back, err)
			}
		}
	})
}
