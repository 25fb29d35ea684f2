package equality

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
)

// What is asked of the figures is a question that can be counted, or is refused.
func FuzzQuery(f *testing.F) {
	f.Add("2018-19,2019-20", "gender,ethnicity", "child-and-family")
	f.Add("2018-19,2018-19", "shoe", "")
	f.Add(",", "gender,gender", "adults'; --")
	have := []asye.Cohort{2018, 2019}
	f.Fuzz(func(t *testing.T, cohorts, by, programme string) {
		read, err := ReadCohorts(strings.Split(cohorts, ","))
		if err != nil {
			return
		}
		q, err := Asked(Query{Cohorts: read, By: strings.Split(by, ","), Programme: programme}, have)
		if err != nil {
			return
		}
		for _, key := range q.By {
			if _, found := characteristic(key); !found {
				t.Fatalf("%q is counted by", key)
			}
		}
		if len(q.Cohorts) == 0 || len(q.Cohorts) > len(have) || len(q.By) > len(Characteristics()) {
			t.Fatalf("%+v", q)
		}
	})
}
