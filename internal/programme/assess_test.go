package programme

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// eligible are answers that nothing stands against, for a start on a day.
func eligible(start, qualified string) Answers {
	return Answers{Start: day(start), QualifiedOn: day(qualified), Registered: Yes, Current: Yes, InSector: Yes, Agency: No, AlreadyFunded: No}
}

func TestAssess(t *testing.T) {
	registered := func(registrable, funded bool) [2]bool { return [2]bool{registrable, funded} }
	funded, unfunded, refused := registered(true, true), registered(true, false), registered(false, false)
	good := func(edit func(*Answers)) Answers {
		a := eligible("2026-09-01", "2026-07-10")
		edit(&a)
		return a
	}
	tests := []struct {
		name    string
		version string
		answers Answers
		want    [2]bool
		reasons string // the questions that a reason is given for
	}{
		{"PRG-5_all_well", "2026", good(func(*Answers) {}), funded, ""},
		{"PRG-5_not_registered_with_the_regulator", "2026", good(func(a *Answers) { a.Registered = No }), refused, "registered"},
		{"PRG-5_not_asked_about_the_regulator", "2026", good(func(a *Answers) { a.Registered = "" }), refused, "registered"},
		{"PRG-5_another_sector", "2026", good(func(a *Answers) { a.InSector = No }), refused, "sector"},

		{"PRG-6_the_day_before_four_years", "2026", eligible("2026-09-01", "2022-09-02"), funded, ""},
		{"PRG-6_four_years_to_the_day", "2026", eligible("2026-09-01", "2022-09-01"), funded, ""},
		{"PRG-6_the_day_after_four_years", "2026", eligible("2026-09-01", "2022-08-31"), unfunded, "qualified"},
		{"PRG-6_awarded_on_the_day_it_starts", "2026", eligible("2026-09-01", "2026-09-01"), funded, ""},
		{"PRG-6_awarded_after_the_start", "2026", eligible("2026-09-01", "2026-09-02"), unfunded, "qualified"},
		{"PRG-6_no_date", "2026", good(func(a *Answers) { a.QualifiedOn = Answers{}.QualifiedOn }), unfunded, "qualified"},

		{"PRG-7_two_years_to_the_day_are_not_asked", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2021-09-01"), day("2019-09-01"), "" }), funded, ""},
		{"PRG-7_two_years_and_a_day_are_asked", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2021-09-01"), day("2019-08-31"), "" }), unfunded, "current"},
		{"PRG-7_and_the_employer_is_satisfied", "2018", eligible("2021-09-01", "2019-08-31"), funded, ""},
		{"PRG-7_and_the_employer_is_not", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2021-09-01"), day("2019-08-31"), No }), unfunded, "current"},
		{"PRG-7_after_four_years_nobody_asks", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2021-09-01"), day("2017-08-31"), "" }), unfunded, "qualified"},
		{"PRG-7_29_February_and_two_years", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2022-02-28"), day("2020-02-29"), "" }), funded, ""},
		{"PRG-7_29_February_two_years_and_a_day", "2018", good(func(a *Answers) { a.Start, a.QualifiedOn, a.Current = day("2022-03-01"), day("2020-02-29"), "" }), unfunded, "current"},

		{"PRG-8_already_paid_for", "2026", good(func(a *Answers) { a.AlreadyFunded = Yes }), unfunded, "already_funded"},
		{"PRG-8_an_agency_is_told_what_to_agree", "2026", good(func(a *Answers) { a.Agency = Yes }), funded, "agency"},
		{"PRG-8_every_reason_is_given", "2026", good(func(a *Answers) { a.Registered, a.InSector, a.AlreadyFunded = No, No, Yes }), refused, "registered sector already_funded"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := version(t, "child-and-family", tt.version).Assess(tt.answers)
			var reasons []string
			for _, r := range got.Reasons {
				reasons = append(reasons, r.Key)
				if !strings.HasSuffix(r.Text, ".") && !strings.HasSuffix(r.Text, "?") || r.Source.String() == "" {
					t.Errorf("the reason %q is not a sentence with a source %q", r.Text, r.Source)
				}
			}
			if registered(got.Registrable, got.Funded) != tt.want || strings.Join(reasons, " ") != tt.reasons {
				t.Errorf("registrable %v, funded %v, because of %v; want %v, %q", got.Registrable, got.Funded, reasons, tt.want, tt.reasons)
			}
		})
	}
}

// The four-year line for somebody who qualified on a leap day, and starts on
// either side of it four years on. No version that is built in covers both.
func TestAssessLeapDay(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	for start, want := range map[string]bool{"2028-02-28": true, "2028-02-29": true, "2028-03-01": false} {
		t.Run("PRG-6_29_February_"+start, func(t *testing.T) {
			if got := v.Assess(eligible(start, "2024-02-29")); got.Funded != want || !got.Registrable {
				t.Errorf("funded %v, registrable %v", got.Funded, got.Registrable)
			}
		})
	}
}

func TestAssessYearAlone(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	tests := []struct {
		name            string
		year            int
		funded, settled bool
	}{
		{"PRG-6_a_year_well_within", 2023, true, true},
		{"PRG-6_a_year_that_the_line_goes_through", 2022, false, false},
		{"PRG-6_a_year_well_before", 2021, false, true},
		{"PRG-6_the_year_of_the_start", 2026, true, true},
		{"PRG-6_a_year_after_the_start", 2027, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := eligible("2026-09-01", "2026-07-01")
			a.QualifiedOn, a.YearFinished = Answers{}.QualifiedOn, tt.year
			got := v.Assess(a)
			if got.Funded != tt.funded || got.Settled != tt.settled || !got.Registrable {
				t.Errorf("funded %v, settled %v, registrable %v: %+v", got.Funded, got.Settled, got.Registrable, got.Reasons)
			}
		})
	}
}

func TestAssessEarlyCareer(t *testing.T) {
	v := version(t, "early-career", "2027")
	a := eligible("2027-09-01", "2027-07-01")
	a.Agency = Yes
	if got := v.Assess(a); got.Funded || !got.Registrable {
		t.Errorf("PRG-8: an agency worker is funded %v, registrable %v", got.Funded, got.Registrable)
	}
	if got := v.Assess(eligible("2027-09-01", "2024-08-31")); got.Funded || !got.Registrable {
		t.Errorf("PRG-6: three years and a day are funded %v, registrable %v", got.Funded, got.Registrable)
	}
}

func TestEvidence(t *testing.T) {
	a := eligible("2026-09-01", "2022-08-31")
	got := version(t, "child-and-family", "2026").Assess(a).Evidence
	t.Run("PRG-9_survives_storing", func(t *testing.T) {
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		var back Evidence
		if err := json.Unmarshal(text, &back); err != nil || !slices.Equal(back.Answers, got.Answers) || back.Start != got.Start {
			t.Errorf("%s\nread back as %+v, %v", text, back, err)
		}
	})
	t.Run("PRG-9_keeps_each_answer_and_the_rules_it_was_judged_by", func(t *testing.T) {
		var answers []string
		for _, one := range got.Answers {
			if one.Question == "" || one.Basis == "" {
				t.Errorf("%s is kept without its question or its source", one.Key)
			}
			answers = append(answers, one.Key+" "+one.Answer+" "+string(one.Leads))
		}
		want := []string{"registered yes ok", "qualified 2022-08-31 unfunded", "sector yes ok", "agency no ok", "already_funded no ok"}
		if diff := cmp.Diff(want, answers); diff != "" {
			t.Error(diff)
		}
		if got.Programme != "child-and-family" || got.Version != "2026" || got.Funded || !got.Registrable {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnswerOf(t *testing.T) {
	if AnswerOf(true) != Yes || AnswerOf(false) != No {
		t.Error("yes and no are mixed up")
	}
}
