package registration_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// problem is the field and the sentence of one refusal.
func problem(field, text string) fault.Problem { return fault.Problem{Field: field, Text: text} }

func TestRegister(t *testing.T) {
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	today := at("2026-11-22")
	type E = registration.Entry
	long := strings.Repeat("é", 100) // characters, not bytes
	badEmail := problem("email", "Enter an e-mail address in the correct form, like name@example.org")
	longName := "Names must be 100 characters or fewer"
	tests := []struct {
		name string
		edit func(*E) // how it differs from a good entry
		want fault.Problems
	}{
		{"REG-1 good", func(*E) {}, nil},
		{"REG-1 no names", func(e *E) { e.Identity.GivenName, e.Identity.FamilyName = "", "" },
			fault.Problems{problem("given_name", "Enter the NQSW's first name"), problem("family_name", "Enter the NQSW's last name")}},
		{"REG-1 100 characters", func(e *E) { e.Identity.GivenName, e.Identity.MiddleNames, e.Identity.FamilyName = long, long, long }, nil},
		{"REG-1 101 characters", func(e *E) { e.Identity.MiddleNames = long + "e" }, fault.Problems{problem("middle_names", longName)}},
		{"REG-2 no e-mail", func(e *E) { e.Identity.Email = "" }, nil},
		{"REG-2 no domain", func(e *E) { e.Identity.Email = "amara" }, fault.Problems{badEmail}},
		{"REG-2 no dot", func(e *E) { e.Identity.Email = "amara@localhost" }, fault.Problems{badEmail}},
		{"REG-2 254 characters", func(e *E) { e.Identity.Email = strings.Repeat("a", 242) + "@example.org" }, nil},
		{"REG-2 255 characters", func(e *E) { e.Identity.Email = strings.Repeat("a", 243) + "@example.org" }, fault.Problems{badEmail}},
		{"REG-3 no number", func(e *E) { e.Number = "" },
			fault.Problems{problem("regulator_number", "Enter the Social Work England number, like SW1234")}},
		{"REG-4 no date of birth", func(e *E) { e.DateOfBirth = registration.Entry{}.DateOfBirth },
			fault.Problems{problem("date_of_birth", "Enter the NQSW's date of birth, like 27 3 1998")}},
		{"REG-4 born today", func(e *E) { e.DateOfBirth = today }, fault.Problems{problem("date_of_birth", "The date of birth must be in the past")}},
		{"REG-4 18 today", func(e *E) { e.DateOfBirth = at("2008-11-22") }, nil},
		{"REG-4 18 tomorrow", func(e *E) { e.DateOfBirth = at("2008-11-23") },
			fault.Problems{problem("date_of_birth", "The date of birth makes the NQSW younger than 18. Check the year")}},
		{"REG-4 100 today", func(e *E) { e.DateOfBirth = at("1926-11-22") }, nil},
		{"REG-4 100 yesterday", func(e *E) { e.DateOfBirth = at("1926-11-21") },
			fault.Problems{problem("date_of_birth", "The date of birth makes the NQSW older than 100. Check the year")}},
		{"REG-5 on the register today", func(e *E) { e.AddedToRegisterOn = today }, nil},
		{"REG-5 on the register tomorrow", func(e *E) { e.AddedToRegisterOn = today.AddDays(1) },
			fault.Problems{problem("added_to_register_on", "The date of joining the register must be today or in the past")}},
		{"REG-5 nothing of the background", func(e *E) { e.Qualification, e.EntryRoute, e.QualifiedYear = "", "", 0 }, nil},
		{"REG-5 qualified in 1960", func(e *E) { e.QualifiedYear = 1960 }, nil},
		{"REG-5 qualified in 1959", func(e *E) { e.QualifiedYear = 1959 },
			fault.Problems{problem("qualified_year", "The year of qualifying must be a year from 1960 to 2026")}},
		{"REG-5 qualified this year", func(e *E) { e.QualifiedYear = 2026 }, nil},
		{"REG-5 qualified next year", func(e *E) { e.QualifiedYear = 2027 },
			fault.Problems{problem("qualified_year", "The year of qualifying must be a year from 1960 to 2026")}},
		{"REG-5 not on the lists", func(e *E) { e.Qualification, e.EntryRoute = "phd", "by sea" }, fault.Problems{
			problem("qualification", "Choose the highest qualification from the list"), problem("entry_route", "Choose the route into social work from the list")}},
		{"REG-5 another route in words", func(e *E) { e.EntryRoute, e.EntryRouteOther = "other", "Return to practice" }, nil},
		{"REG-5 another route without", func(e *E) { e.EntryRoute = "other" },
			fault.Problems{problem("entry_route_other", "Say which route into social work it was")}},
		{"REG-6 no start", func(e *E) { e.StartsOn = registration.Entry{}.StartsOn },
			fault.Problems{problem("starts_on", "Enter the date on which the year starts, like 1 9 2026")}},
		{"REG-6 12 months from today", func(e *E) { e.Programme, e.StartsOn = "adults", at("2027-11-22") }, nil},
		{"REG-6 a day more", func(e *E) { e.Programme, e.StartsOn = "adults", at("2027-11-23") },
			fault.Problems{problem("starts_on", "The year cannot start more than 12 months from today")}},
		{"REG-6 the last day of the rules", func(e *E) { e.StartsOn = at("2027-03-31") }, nil},
		{"REG-6 no programme", func(e *E) { e.Programme = "" }, fault.Problems{problem("programme", "Choose the programme")}},
		{"REG-7 no hours", func(e *E) { e.Hours, e.FullTimeHours = 0, 0 }, fault.Problems{
			problem("hours", "Enter the contracted hours a week, like 37 or 22.5"), problem("full_time_hours", "Enter the full-time hours a week of the post, like 37")}},
		{"REG-7 full time", func(e *E) { e.Hours, e.FullTimeHours = 3700, 3700 }, nil},
		{"REG-7 a little more than full time", func(e *E) { e.Hours, e.FullTimeHours = 3701, 3700 },
			fault.Problems{problem("hours", "The contracted hours cannot be more than the full-time hours")}},
		{"REG-7 every hour of a week", func(e *E) { e.Hours, e.FullTimeHours = 16800, 16800 }, nil},
		{"REG-7 more than a week has", func(e *E) { e.Hours, e.FullTimeHours = 3700, 16801 },
			fault.Problems{problem("full_time_hours", "Enter the full-time hours a week of the post, like 37")}},
		{"REG-7 an assessor's address without the name", func(e *E) { e.AssessorName, e.AssessorEmail = "", "ann@example.org" },
			fault.Problems{problem("assessor_name", "Enter the assessor's name as well as the e-mail address")}},
		{"REG-7 a team of 200 characters", func(e *E) { e.Team = long + long }, nil},
		{"REG-7 of 201", func(e *E) { e.Team = long + long + "e" }, fault.Problems{problem("team", "The team must be 200 characters or fewer")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := entry(1)
			tt.edit(&e)
			_, err := registration.Register(e, catalogue, today)
			if got := fault.ProblemsOf(err); !slices.Equal(got, tt.want) {
				t.Errorf("problems = %v, want %v", got, tt.want)
			}
		})
	}
	t.Run("REG-6 the day after the last", func(t *testing.T) {
		e := entry(1)
		e.StartsOn = at("2027-04-01")
		_, err := registration.Register(e, catalogue, today)
		if got := fault.ProblemsOf(err).For("starts_on"); !strings.Contains(got, "has no rules for a start on 1 April 2027") {
			t.Errorf("problem = %q", got)
		}
	})
}

func TestRegisterVerdict(t *testing.T) {
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	type E = registration.Entry
	tests := []struct {
		name    string
		edit    func(*E)
		refused string // the field
		funded  bool
	}{
		{"REG-9 eligible", func(*E) {}, "", true},
		{"REG-9 not with the regulator", func(e *E) { e.Eligibility.Registered = programme.No }, "eligibility_registered", false},
		{"REG-9 another sector", func(e *E) { e.Eligibility.InSector = programme.No }, "eligibility_sector", false},
		{"REG-9 nobody has asked", func(e *E) { e.Eligibility = programme.Answers{} }, "eligibility_registered", false},
		{"REG-9 paid for before", func(e *E) { e.Eligibility.AlreadyFunded = programme.Yes }, "", false},
		{"REG-9 qualified four years before", func(e *E) { e.Eligibility.QualifiedOn = at("2022-09-01") }, "", true},
		{"REG-9 and a day", func(e *E) { e.Eligibility.QualifiedOn = at("2022-08-31") }, "", false},
		{"REG-9 the year does not decide", func(e *E) { e.Eligibility.YearFinished = 2022 }, "", false},
		{"REG-9 the year of the details stands in", func(e *E) { e.Eligibility.YearFinished, e.QualifiedYear = 0, 2026 }, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := entry(1)
			tt.edit(&e)
			r, err := registration.Register(e, catalogue, at("2026-11-22"))
			problems := fault.ProblemsOf(err)
			if tt.refused == "" && len(problems) > 0 || tt.refused != "" && problems.For(tt.refused) == "" {
				t.Fatalf("problems = %v, want one with %q", problems, tt.refused)
			}
			if r.Verdict.Funded != tt.funded {
				t.Errorf("funded = %t, want %t", r.Verdict.Funded, tt.funded)
			}
			if tt.refused == "" && !tt.funded && len(r.Verdict.Reasons) == 0 {
				t.Error("an unfunded NQSW is told why")
			}
			if len(r.Verdict.Evidence.Answers) < 5 {
				t.Errorf("the evidence has %d answers, want all", len(r.Verdict.Evidence.Answers))
			}
		})
	}
}

func TestParseHours(t *testing.T) {
	for text, want := range map[string]registration.Hours{"37": 3700, " 22.5 ": 2250, "22.25": 2225, "0.5": 50, "168": 16800} {
		if got, err := registration.ParseHours(text); err != nil || got != want {
			t.Errorf("REG-7 %q = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "x", "-3", "22,5", "37.555", "1000", ".5", "3 7", "٣٧"} {
		if got, err := registration.ParseHours(text); err == nil {
			t.Errorf("REG-7 %q = %d, want an error", text, got)
		}
	}
	for hours, want := range map[registration.Hours]string{3700: "37", 2250: "22.5", 2205: "22.05", 10: "0.1", 0: "", 10000: "100"} {
		if got := hours.String(); got != want {
			t.Errorf("%d hundredths are %q, want %q", int(hours), got, want)
		}
	}
}

// What cannot be read is told of once, and never as if nothing had been typed.
func TestTyped(t *testing.T) {
	form := url.Values{"given_name": {"Amara"}, "family_name": {"Okafor"}, "email": {"amara@example.org"},
		"regulator_number": {"nonsense"}, "qualified_year": {"'26"},
		"date_of_birth-day": {"4"}, "date_of_birth-month": {"13"}, "date_of_birth-year": {"1997"}}
	typed, unread := registration.DetailsTyped(form)
	got := registration.Join(unread, typed.Check(at("2026-11-22")))
	if len(got) != 3 || got.For("date_of_birth") == "" || got.For("regulator_number") == "" || got.For("qualified_year") == "" {
		t.Errorf("problems = %v, want one for each of the three fields", got)
	}
	half, unread := registration.DetailsTyped(url.Values{"date_of_birth-month": {"5"}, "date_of_birth-year": {"1997"}})
	if unread.For("date_of_birth") == "" || !half.DateOfBirth.IsZero() {
		t.Errorf("half a date = %s, %v", half.DateOfBirth, unread)
	}
}
