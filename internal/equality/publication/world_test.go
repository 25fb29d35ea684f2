package publication

import (
	"math"
	"math/rand/v2"
	"strconv"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/stat/disclosure"
)

// mix is how a made-up population is drawn.
type mix struct {
	cohorts   int
	employers int
	each      float64 // people at an employer and cohort, on average
	fails     float64
}

// people draws a population, as the store would count it.
func (m mix) people(draw *rand.Rand) *tally.Cube {
	var columns []tally.Column
	for _, name := range append([]string{equality.ByResult}, Columns()...) {
		columns = append(columns, tally.Column{Name: name})
	}
	b := tally.Build(columns...)
	for c := range m.cohorts {
		for e := range m.employers {
			for range poisson(draw, m.each) {
				b.Add(m.person(draw, asye.Cohort(2018+c), e)...)
			}
		}
	}
	return b.Cube()
}

func (m mix) person(draw *rand.Rand, cohort asye.Cohort, employer int) []string {
	result := equality.Passed
	switch roll := draw.Float64(); {
	case roll < m.fails:
		result = equality.Failed
	case roll < m.fails+0.08:
		result = equality.Withdrawn
	case roll < m.fails+0.12:
		result = equality.NoOutcome
	}
	out := []string{result, cohort.String(), "e" + strconv.Itoa(employer), strconv.Itoa(draw.IntN(256))}
	ethnic := pick(draw, "White", "White", "White", "Asian", "Black", "Other", equality.Unanswered)
	for _, c := range equality.Characteristics() {
		level := ""
		switch c.Key {
		case "gender":
			level = pick(draw, "Female", "Female", "Female", "Female", "Male", equality.Declined)
		case "ethnicity":
			if level = ethnic; ethnic != "White" && ethnic != equality.Unanswered {
				level = "Minoritised ethnic groups"
			}
		case "ethnic_group":
			level = ethnic
		case "ethnic_background":
			if level = ethnic; ethnic != equality.Unanswered {
				level += pick(draw, " one", " one", " two")
			}
		case "region":
			level = "region " + strconv.Itoa(employer/4)
		case "employer_type":
			level = pick(draw, "Local authority")
		default:
			level = pick(draw, "a", "a", "a", "b", "b", "c", equality.NotOnFile)
		}
		out = append(out, level)
	}
	return out
}

func pick(draw *rand.Rand, from ...string) string { return from[draw.IntN(len(from))] }

func poisson(draw *rand.Rand, mean float64) int {
	n := -1
	for p := 1.0; p > math.Exp(-mean); n++ {
		p *= draw.Float64()
	}
	return n
}

func plan(method disclosure.Method, from, to int, tables ...string) Plan {
	p := Plan{Title: "From " + strconv.Itoa(from) + " to " + strconv.Itoa(to), Period: "a period", Programme: "x", Tables: tables, Method: method}
	for c := from; c <= to; c++ {
		p.Cohorts = append(p.Cohorts, asye.Cohort(c))
	}
	return p
}
