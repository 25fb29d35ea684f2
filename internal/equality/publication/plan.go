package publication

import (
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
)

// Plan is what somebody wants to release.
type Plan struct {
	Title     string
	Period    string // the reference period, in words
	Programme string
	Cohorts   []asye.Cohort // counted together
	Tables    []string      // keys of Kinds
	Method    disclosure.Method
}

// The longest title and period that are taken.
const longest = 150

// Methods are the methods that a release can choose from, the usual one first.
func Methods() []disclosure.Method {
	return []disclosure.Method{disclosure.TenFive, disclosure.HESA, disclosure.CellKey}
}

// Planned judges a plan against the cohorts that have registrations, and puts it
// in order (PUB-1).
func Planned(p Plan, have []asye.Cohort) (Plan, error) {
	p.Title, p.Period = strings.TrimSpace(p.Title), strings.TrimSpace(p.Period)
	slices.Sort(p.Cohorts)
	p.Cohorts = slices.Compact(p.Cohorts)
	var wrong fault.Problems
	wrong.If(p.Title == "", "title", "Enter a title that says what the release is about")
	wrong.If(len([]rune(p.Title)) > longest, "title", "The title must be %d characters or fewer", longest)
	wrong.If(p.Period == "", "period", "Enter the reference period, such as outcomes recorded by 31 March 2027")
	wrong.If(len([]rune(p.Period)) > longest, "period", "The reference period must be %d characters or fewer", longest)
	wrong.If(len(p.Cohorts) == 0, "cohorts", "Tick at least one cohort")
	wrong.If(len(p.Tables) == 0, "tables", "Tick at least one table")
	wrong.If(!slices.Contains(Methods(), p.Method), "method", "Choose a method: 10-5, hesa or cell-key")
	for _, c := range p.Cohorts {
		wrong.If(!slices.Contains(have, c), "cohorts", "The cohort %s has no registrations in this programme", c)
	}
	var tables []string
	for _, k := range Kinds() {
		if slices.Contains(p.Tables, k.Key) {
			tables = append(tables, k.Key)
		}
	}
	for _, key := range p.Tables {
		wrong.If(!slices.Contains(tables, key), "tables", "There is no table %q", key)
	}
	wrong.If(slices.Contains(tables, EmployerTable) && p.Method != disclosure.TenFive, "tables",
		"Employers can be told apart only with the method 10-5: the others hide nothing of an employer with few NQSWs")
	wrong.If(slices.Contains(tables, CohortTable) && len(p.Cohorts) == 1, "tables", "A table by cohort needs two cohorts or more")
	p.Tables = tables
	return p, wrong.Err()
}
