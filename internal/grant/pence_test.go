package grant

import (
	"math"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
)

func TestPenceAsPeopleWriteThem(t *testing.T) {
	for _, one := range []struct {
		pence Pence
		text  string
		plain string
	}{
		{0, "£0.00", "0.00"},
		{5, "£0.05", "0.05"},
		{100000, "£1,000.00", "1000.00"},
		{-80000, "−£800.00", "-800.00"},
		{-1, "−£0.01", "-0.01"},
		{123456789, "£1,234,567.89", "1234567.89"},
		{math.MaxInt64, "£92,233,720,368,547,758.07", "92233720368547758.07"},
		{math.MinInt64, "−£92,233,720,368,547,758.08", "-92233720368547758.08"},
	} {
		if one.pence.String() != one.text || one.pence.Plain() != one.plain {
			t.Errorf("%d is %s and %s", int64(one.pence), one.pence, one.pence.Plain())
		}
	}
}

func TestPenceAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]Pence{
		"1000": 100000, "£1,000.00": 100000, "-800.5": -80050, "−£800.00": -80000, "0.05": 5, " 12 ": 1200, "7.": 700,
		"£1\u00a0000": 100000, "1\u202f000.10": 100010,
	} {
		if got, err := ParsePence(text); err != nil || got != want {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "£", "-", "1000.005", ".5", "1.2.3", "--5", "5-", "1e3", "0x10", "1_000", "ten", "٣", "1000000000001", "99999999999999999999", "5.-1", "5.é"} {
		if got, err := ParsePence(text); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "Write it in pounds and pence") {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
}
