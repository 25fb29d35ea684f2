package equalitytest

import "example.org/asye/internal/asye"

// Cell is how many of one combination passed and failed.
type Cell struct {
	Female, White bool
	Deferrals     int
	Passed        int
	Failed        int
}

// Published fills three cohorts with complete records, over two employers and
// every age, and around them with everything that must not be counted with them.
func Published(w *World, cells []Cell) {
	w.Employer("la1", asye.LocalAuthority, "London")
	w.Employer("nhs1", asye.NHSBody, "")
	employers := []string{"la1", "la1", "la1", "nhs1"}
	ages := []string{"1998-06-01", "1994-06-01", "1989-06-01", "1980-06-01", "1970-06-01", "1960-06-01", ""}
	minoritised := []string{"mixed", "asian", "black", "other"}
	n := 0
	for _, cell := range cells {
		for i := range cell.Passed + cell.Failed {
			r := Record{Cohort: asye.Cohort(2018 + n%3), Employer: employers[n%len(employers)], Deferrals: cell.Deferrals,
				Result: "passed", Sex: "male", EthnicGroup: minoritised[n%4]}
			if ages[n%len(ages)] != "" {
				r.BornOn = asye.MustDate(ages[n%len(ages)])
			}
			if i < cell.Failed {
				r.Result = "failed"
			}
			if cell.Female {
				r.Sex = "female"
			}
			if cell.White {
				r.EthnicGroup = "white"
			}
			w.Add(r)
			n++
		}
	}
	around(w)
}

// around is 12 registrations in the cohorts that are no complete records, of
// which 6 have an outcome, and 3 registrations elsewhere.
func around(w *World) {
	const declined = "prefer_not_to_say"
	base := Record{Cohort: 2019, Employer: "la1", Result: "failed", Sex: "female", EthnicGroup: "white"}
	add := func(edit func(*Record)) {
		r := base
		edit(&r)
		w.Add(r)
	}
	for _, edit := range []func(*Record){
		func(r *Record) { r.Sex = "" }, func(r *Record) { r.Sex = declined }, func(r *Record) { r.EthnicGroup = "" },
		func(r *Record) { r.EthnicGroup = declined }, func(r *Record) { r.Sex, r.EthnicGroup = "", "" },
		func(r *Record) { r.Sex, r.EthnicGroup, r.Deferrals = declined, declined, 3 },
		func(r *Record) { r.Result = "withdrawn" }, func(r *Record) { r.Result = "withdrawn" }, func(r *Record) { r.Result = "" },
		func(r *Record) { r.Result = "" }, func(r *Record) { r.Result = "" },
	} {
		add(edit)
	}
	undone := w.Add(base)
	w.Exec(`update outcomes set undone_at = '2021-10-01T00:00:00.000000Z', undone_reason = 'r' where enrolment_id = $1`, string(undone))
	add(func(r *Record) { r.Cohort = 2021 })
	add(func(r *Record) { r.Cohort = 2017 })
	add(func(r *Record) { r.Programme = "adults" })
}
