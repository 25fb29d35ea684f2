package asye

import (
	"fmt"
	"strconv"
)

type (
	// OrganisationID names an employer, or the national body above them.
	OrganisationID string
	// PersonID names a human being, whatever they do here.
	PersonID string
	// EnrolmentID names one person's time on one programme: their year.
	EnrolmentID string
)

// Role is what a person does for one organisation.
type Role string

// The roles that can sign in. A person may hold several.
const (
	NQSW          Role = "nqsw"          // a newly qualified social worker, in their year
	Coordinator   Role = "coordinator"   // runs an employer's programme
	Director      Role = "director"      // answers for an employer's programme, and signs for it
	National      Role = "national"      // the national team
	Analyst       Role = "analyst"       // counts people, never sees a name beside an answer
	Administrator Role = "administrator" // looks after the system and who may use it
)

// Roles lists every role, in the order in which pages show them.
func Roles() []Role { return []Role{NQSW, Coordinator, Director, National, Analyst, Administrator} }

// String is the role as people say it.
func (r Role) String() string {
	switch r {
	case NQSW:
		return "NQSW"
	case Coordinator:
		return "Coordinator"
	case Director:
		return "Director"
	case National:
		return "National team"
	case Analyst:
		return "Analyst"
	case Administrator:
		return "Administrator"
	}
	return string(r)
}

// Cohort is a financial year, April to March, named by the year in which it
// starts: Cohort(2026) is 2026-27. Zero is no cohort.
type Cohort int

// CohortOf is the cohort of those who start on a day.
func CohortOf(start Date) Cohort {
	if start.Month() < 4 {
		return Cohort(start.Year() - 1)
	}
	return Cohort(start.Year())
}

// ParseCohort reads 2026-27.
func ParseCohort(text string) (Cohort, error) {
	if len(text) == 7 && text[4] == '-' {
		if first, err := strconv.Atoi(text[:4]); err == nil && Cohort(first).String() == text {
			return Cohort(first), nil
		}
	}
	return 0, fmt.Errorf("%q is not a cohort. Write the financial year, like 2026-27", text)
}

// String is the financial year: 2026-27.
func (c Cohort) String() string { return fmt.Sprintf("%04d-%02d", int(c), (int(c)+1)%100) }

// Number is the number by which the sector knows a cohort: 2019-20 is cohort 8
// (Skills for Care, annual report 2021-22).
func (c Cohort) Number() int { return int(c) - 2011 }

// Period is the financial year as days.
func (c Cohort) Period() Period {
	return Period{NewDate(int(c), 4, 1), NewDate(int(c)+1, 4, 1)}
}
