package programme

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/asye/internal/asye"
)

// working puts a schedule into words, step by step. It follows the spells in
// order and says, at each change, where the end then lies.
type working struct {
	line   timeline
	months int
	end    asye.Date // as far as the steps have come
	list   []Step
}

func (w working) steps(earned, end asye.Date, more Extension) []Step {
	start := w.line.start
	w.end = start
	w.move(start.AddMonths(w.months), func(last asye.Date) string {
		return fmt.Sprintf("%s from %s is %s.", counted(w.months, "month"), start, last)
	})
	w.earn()
	if more.Months > 0 || more.Days > 0 {
		w.extend(earned, end, more)
	}
	w.move(end, func(last asye.Date) string {
		if w.line.provisional(end) {
			return fmt.Sprintf("The last day of the year is %s at the earliest. It moves for as long as the pause goes on.", last)
		}
		return fmt.Sprintf("The last day of the year is %s.", last)
	})
	return w.list
}

// move adds a step after which the year ends before the day given.
func (w *working) move(end asye.Date, text func(last asye.Date) string) {
	last := end.AddDays(-1)
	w.list = append(w.list, Step{Text: text(last), Days: w.end.DaysUntil(end), Last: last})
	w.end = end
}

// earn goes through the spells until the year has been worked.
func (w *working) earn() {
	left := big.NewRat(int64(w.line.start.DaysUntil(w.end)), 1)
	current := fullTime
	for _, s := range w.line.spells {
		if !s.period.Start.Before(w.end) {
			return
		}
		if s.pause != nil {
			w.paused(*s.pause)
			continue
		}
		if s.share != current {
			current = s.share
			w.changed(s, left)
		}
		if s.period.IsOpen() {
			return
		}
		left.Sub(left, s.share.earned(s.period.Days()))
	}
}

func (w *working) paused(p stop) {
	w.move(w.end.AddDays(p.period.Days()), func(last asye.Date) string {
		if p.open {
			return fmt.Sprintf("%s from %s has no return date yet. Counting %s, to %s, the last day moves to %s at the earliest.",
				title(p.reason), p.period.Start, counted(p.period.Days(), "day"), p.period.LastDay(), last)
		}
		return fmt.Sprintf("%s from %s (%s) moves the last day to %s.", title(p.reason), p.period, length(p.period), last)
	})
}

func (w *working) changed(s spell, left *big.Rat) {
	days := s.share.daysFor(left)
	w.move(s.period.Start.AddDays(days), func(last asye.Date) string {
		remained := " that remained"
		if s.period.Start == w.line.start {
			remained = ""
		}
		return fmt.Sprintf("%s from %s, the %s%s %s %s: the last day is then %s.",
			rate(s), s.period.Start, fullDays(left), remained, takes(left), counted(days, "day"), last)
	})
}

// extend adds a step for the extensions, and one for each pause that lies in
// the time they add.
func (w *working) extend(earned, end asye.Date, more Extension) {
	within := asye.Period{Start: earned, End: end}
	var after []stop
	paused := 0
	for _, p := range w.line.stops {
		if p.period.Overlaps(within) {
			p.period.Start = later(p.period.Start, earned)
			after = append(after, p)
			paused += p.period.Days()
		}
	}
	w.move(end.AddDays(-paused), func(last asye.Date) string {
		because := ""
		if more.Reason != "" {
			because = " (" + more.Reason + ")"
		}
		return fmt.Sprintf("An extension of %s%s moves the last day to %s.", amount(more), because, last)
	})
	for _, p := range after {
		w.paused(p)
	}
}

// rate reads "At 0.6 of full time (22.2 of 37 hours a week)".
func rate(s spell) string {
	if s.pattern == nil {
		return "At full time"
	}
	of := fmt.Sprintf("(%s of %s hours a week)", hours(s.pattern.Hours), hours(s.pattern.FullTime))
	if s.share == fullTime {
		return "At full time " + of
	}
	return fmt.Sprintf("At %s of full time %s", decimal(big.NewRat(int64(s.share.part), int64(s.share.whole)), 3), of)
}

// hours writes hundredths of an hour as hours: 2220 is 22.2.
func hours(hundredths int) string { return decimal(big.NewRat(int64(hundredths), 100), 2) }

// decimal writes a number to so many places, with "about" where it is rounded.
func decimal(n *big.Rat, places int) string {
	text := n.FloatString(places)
	exact, _ := new(big.Rat).SetString(text)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if exact.Cmp(n) != 0 {
		return "about " + text
	}
	return text
}

func fullDays(left *big.Rat) string {
	text := decimal(left, 1)
	if text == "1" {
		return "1 full-time day"
	}
	return text + " full-time days"
}

func takes(left *big.Rat) string {
	if decimal(left, 1) == "1" {
		return "takes"
	}
	return "take"
}

// length reads "3 months, 92 days" for whole calendar months, or "30 days".
func length(p asye.Period) string {
	days := counted(p.Days(), "day")
	for months := 1; ; months++ {
		switch p.Start.AddMonths(months).Compare(p.End) {
		case 0:
			return counted(months, "month") + ", " + days
		case 1:
			return days
		}
	}
}

// amount reads "3 months and 10 days".
func amount(e Extension) string {
	switch {
	case e.Days == 0:
		return counted(e.Months, "month")
	case e.Months == 0:
		return counted(e.Days, "day")
	}
	return counted(e.Months, "month") + " and " + counted(e.Days, "day")
}

func counted(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}

// reasons lists the reasons of the extensions once each, in the same order
// whatever order they were recorded in.
func reasons(all []Extension) string {
	var texts []string
	for _, e := range all {
		if e.Reason != "" && e.Months >= 0 && e.Days >= 0 {
			texts = append(texts, e.Reason)
		}
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Compare(a, b) })
	return strings.Join(slices.Compact(texts), "; ")
}

func title(reason string) string {
	if reason == "" {
		return "A pause"
	}
	first, size := utf8.DecodeRuneInString(reason)
	return string(unicode.ToUpper(first)) + reason[size:]
}

// tooLong warns where the year goes past the longest time that is known of.
func (v Version) tooLong(start asye.Date, s Schedule) []string {
	if v.Longest == nil || !s.End.After(start.AddMonths(v.Longest.Months)) {
		return nil
	}
	whose := "The rule"
	if v.Longest.Local {
		whose = "This is a local rule, and your employer may have another"
	}
	return []string{fmt.Sprintf("The year would last until %s, which is more than %s after it began. %s: %s.",
		s.LastDay, counted(v.Longest.Months, "month"), whose, v.Longest.Basis)}
}
