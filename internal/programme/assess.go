package programme

import (
	"fmt"
	"strconv"
	"time"

	"example.org/asye/internal/asye"
)

// Assess decides from the answers whether somebody can be registered, and
// whether they are funded, and says why in words meant for them. Somebody who
// is not funded is registered all the same (PRG-5 to PRG-9).
func (v Version) Assess(a Answers) Verdict {
	s := assessment{version: v, answers: a, asked: map[string]bool{}}
	s.verdict = Verdict{Registrable: true, Funded: true, Settled: true}
	for _, q := range v.Eligibility {
		if !q.OnlyIfAsked || s.asked[q.Key] {
			s.ask(q)
		}
	}
	e := &s.verdict.Evidence
	e.Programme, e.Version, e.Start = v.Programme, v.Version, a.Start
	e.Registrable, e.Funded = s.verdict.Registrable, s.verdict.Funded
	return s.verdict
}

type assessment struct {
	version Version
	answers Answers
	asked   map[string]bool // questions that the answer to another has raised
	verdict Verdict
}

func (s *assessment) ask(q Question) {
	var given string
	var result Result
	if q.Kind == OnDay {
		given, result = s.onDay(q)
	} else {
		given, result = s.yesNo(q)
	}
	switch result.Leads {
	case Blocked:
		s.verdict.Registrable, s.verdict.Funded = false, false
	case Unfunded:
		s.verdict.Funded = false
	case Unsettled:
		s.verdict.Settled, s.verdict.Funded = false, false
		s.verdict.Registrable = s.verdict.Registrable && !q.canBlock()
	}
	if result.Text != "" {
		s.verdict.Reasons = append(s.verdict.Reasons, Reason{q.Key, result.Leads, result.Text, q.Basis})
	}
	s.verdict.Evidence.Answers = append(s.verdict.Evidence.Answers, EvidenceAnswer{
		Key: q.Key, Question: q.Text, Answer: given, Leads: result.Leads, Reason: result.Text, Basis: q.Basis.String(),
	})
}

func (s *assessment) yesNo(q Question) (string, Result) {
	given := s.answers.yesNo(q.Key)
	switch given {
	case Yes:
		return string(given), *q.Yes
	case No:
		return string(given), *q.No
	}
	return "", notYet(q)
}

func notYet(q Question) Result {
	return Result{Unsettled, fmt.Sprintf("This question has not been answered yet: %s", q.Text)}
}

func (q Question) canBlock() bool {
	for _, r := range []*Result{q.Yes, q.No} {
		if r != nil && r.Leads == Blocked {
			return true
		}
	}
	for _, l := range q.Limits {
		if l.Leads == Blocked {
			return true
		}
	}
	return false
}

func (s *assessment) onDay(q Question) (string, Result) {
	a := s.answers
	if a.Start.IsZero() || a.QualifiedOn.IsZero() && a.YearFinished == 0 {
		return "", notYet(q)
	}
	if a.QualifiedOn.IsZero() {
		return strconv.Itoa(a.YearFinished), s.inYear(q)
	}
	if a.QualifiedOn.After(a.Start) {
		return a.QualifiedOn.ISO(), Result{Unsettled, fmt.Sprintf(
			"The qualification was awarded on %s, after the start on %s. Check both dates.", a.QualifiedOn, a.Start)}
	}
	return a.QualifiedOn.ISO(), s.raise(q.limit(a.QualifiedOn, a.Start))
}

// inYear decides from the year alone, where the first and the last day of that
// year lead to the same; otherwise somebody has to look up the day.
func (s *assessment) inYear(q Question) Result {
	year, start := s.answers.YearFinished, s.answers.Start
	if year > start.Year() {
		return Result{Unsettled, fmt.Sprintf(
			"The qualification was finished in %d, after the start on %s. Check the year and the date.", year, start)}
	}
	last := asye.NewDate(year, time.December, 31)
	if last.After(start) {
		last = start
	}
	earliest, latest := q.limit(asye.NewDate(year, time.January, 1), start), q.limit(last, start)
	if earliest != latest {
		return Result{Unsettled, fmt.Sprintf(
			"The year %d alone does not decide this. Give the day on which the qualification was awarded.", year)}
	}
	return s.raise(latest)
}

// limit finds the limit that decides for somebody who qualified on one day and
// starts on another. The anniversary itself is within the limit.
func (q Question) limit(qualified, start asye.Date) Limit {
	for _, l := range q.Limits {
		if l.Months == 0 || !start.After(qualified.AddMonths(l.Months)) {
			return l
		}
	}
	return Limit{} // check has made sure that the last limit takes the rest
}

func (s *assessment) raise(l Limit) Result {
	if l.Asks != "" {
		s.asked[l.Asks] = true
	}
	return l.Result
}
