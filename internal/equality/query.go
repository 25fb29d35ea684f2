package equality

import (
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// ChildAndFamily is the programme that is counted when nobody asks for another.
const ChildAndFamily = "child-and-family"

// Query says what to count.
type Query struct {
	Cohorts      []asye.Cohort // every cohort with a registration when empty
	Programme    string        // ChildAndFamily when empty
	By           []string      // keys of Characteristics; those of Published when empty
	CompleteOnly bool          // count complete records only (EQU-13)
}

// ReadCohorts reads cohorts as they are written, like 2018-19.
func ReadCohorts(texts []string) ([]asye.Cohort, error) {
	var out []asye.Cohort
	var p fault.Problems
	for _, text := range texts {
		c, err := asye.ParseCohort(strings.TrimSpace(text))
		if err != nil {
			p.If(true, "cohorts", "%s", err)
			continue
		}
		out = append(out, c)
	}
	return out, p.Err()
}

// Asked judges a query against the cohorts that have registrations, and fills
// in what it leaves open. Its problems name what could have been asked for.
func Asked(q Query, have []asye.Cohort) (Query, error) {
	if q.Programme == "" {
		q.Programme = ChildAndFamily
	}
	if len(q.By) == 0 {
		q.By = Published()
	}
	if len(q.Cohorts) == 0 {
		q.Cohorts = slices.Clone(have)
	}
	q.By, q.Cohorts = once(q.By), once(q.Cohorts)
	slices.Sort(q.Cohorts)
	var p fault.Problems
	for _, key := range q.By {
		_, found := characteristic(key)
		p.If(!found, "by", "There is no characteristic %q. Choose from %s", key, characteristicKeys())
	}
	for _, c := range q.Cohorts {
		p.If(!slices.Contains(have, c), "cohorts", "The cohort %s has no registrations in the programme %s. %s", c, q.Programme, choice(have))
	}
	return q, p.Err()
}

// Missing lists the cohorts between the first and the last that have no
// registrations.
func Missing(have []asye.Cohort) []asye.Cohort {
	var out []asye.Cohort
	for i := 1; i < len(have); i++ {
		for c := have[i-1] + 1; c < have[i]; c++ {
			out = append(out, c)
		}
	}
	return out
}

func choice(have []asye.Cohort) string {
	if len(have) == 0 {
		return "No cohort has any yet"
	}
	return "Choose from " + cohortNames(have, ", ")
}

func cohortNames(cohorts []asye.Cohort, between string) string {
	return strings.Join(cohortTexts(cohorts), between)
}

func cohortTexts(cohorts []asye.Cohort) []string {
	out := make([]string, len(cohorts))
	for i, c := range cohorts {
		out[i] = c.String()
	}
	return out
}

func once[T comparable](list []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// CohortList reads "2018-19, 2019-20 and 2020-21".
func CohortList(cohorts []string) string {
	if len(cohorts) < 2 {
		return strings.Join(cohorts, "")
	}
	last := len(cohorts) - 1
	return strings.Join(cohorts[:last], ", ") + " and " + cohorts[last]
}
