package asye

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	ordinal   = regexp.MustCompile(`(?i)\b(\d{1,2})(st|nd|rd|th)\b`)
	weekday   = regexp.MustCompile(`(?i)^(mon|tues|wednes|thurs|fri|satur|sun)day,?\s+`)
	numbers   = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$`)
	words     = regexp.MustCompile(`^(\d{1,2})[ \-]([A-Za-z]{3,9})\.?[ \-,]+(\d{4}|\d{2})$`)
	isoDate   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}([T ]00:00(:00(\.0+)?)?Z?)?$`)
	midnights = regexp.MustCompile(`\s+0?0:00(:00)?$`)
)

// ParseUKDate reads a date as somebody in England writes it: 1/9/2026,
// 01.09.2026, 1 Sept 2026, Tuesday 1st September 2026, or 2026-09-01. Day comes
// before month, and the year has four digits. Its error is a whole sentence.
func ParseUKDate(text string) (Date, error) {
	t := strings.Join(strings.Fields(text), " ")
	t = midnights.ReplaceAllString(t, "")
	if isoDate.MatchString(t) {
		return ukDate(text, t[:4], t[5:7], t[8:10])
	}
	if m := numbers.FindStringSubmatch(t); m != nil {
		return ukDate(text, m[3], m[2], m[1])
	}
	t = ordinal.ReplaceAllString(weekday.ReplaceAllString(t, ""), "$1")
	if m := words.FindStringSubmatch(t); m != nil {
		month, ok := monthNamed(m[2])
		if !ok {
			return Date{}, fmt.Errorf("%q has no month that we know. Write the date like 1 September 2026", text)
		}
		return ukDate(text, m[3], strconv.Itoa(int(month)), m[1])
	}
	return Date{}, fmt.Errorf("%q is not a date that we can read. Write it like 1 September 2026 or 01/09/2026", text)
}

func ukDate(text, year, month, day string) (Date, error) {
	y, m, d := atoi(year), atoi(month), atoi(day)
	if len(year) == 2 {
		return Date{}, fmt.Errorf("%q has a year of two digits. Write all four, like 2026", text)
	}
	if m > 12 && d <= 12 {
		return Date{}, fmt.Errorf("%q has the month before the day. Write the day first, like 13/09/2026", text)
	}
	made := NewDate(y, time.Month(m), d)
	if y < 1900 || y > 2199 || made != (Date{y, m, d}) {
		return Date{}, fmt.Errorf("%q is not a day on the calendar. Check the day, the month and the year", text)
	}
	return made, nil
}

// MonthFirst reports whether text can only be a date with the month written
// before the day, as 9/13/2026: a sign that the whole column may be so.
func MonthFirst(text string) bool {
	m := numbers.FindStringSubmatch(strings.TrimSpace(text))
	return m != nil && atoi(m[2]) > 12 && atoi(m[2]) <= 31 && atoi(m[1]) >= 1 && atoi(m[1]) <= 12
}

// EitherOrder reports whether text would be another date if the month were
// written first, as 1/9/2026.
func EitherOrder(text string) bool {
	m := numbers.FindStringSubmatch(strings.TrimSpace(text))
	return m != nil && atoi(m[1]) <= 12 && atoi(m[2]) <= 12 && atoi(m[1]) != atoi(m[2])
}

func monthNamed(name string) (time.Month, bool) {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name == full || name == full[:3] || name == "sept" && m == time.September {
			return m, true
		}
	}
	return 0, false
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits) // the pattern has let only digits through
	return n
}
