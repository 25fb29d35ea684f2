package registration

import (
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
)

// Typed is what somebody typed into a form, by the names of its fields. Both
// url.Values and a journey's answers are.
type Typed interface{ Get(field string) string }

// DetailsTyped reads an NQSW's details from a form. The problems are those of
// reading alone: what was typed and cannot be understood. [Details.Check]
// judges the rest.
func DetailsTyped(form Typed) (Details, fault.Problems) {
	var p fault.Problems
	d := Details{
		Identity: asye.Identity{GivenName: form.Get("given_name"), MiddleNames: form.Get("middle_names"),
			FamilyName: form.Get("family_name"), Email: form.Get("email")}.Trimmed(),
		Number:            numberTyped(form, &p),
		DateOfBirth:       DateTyped(form, "date_of_birth", "The date of birth", &p),
		AddedToRegisterOn: DateTyped(form, "added_to_register_on", "The date of joining the register", &p),
		Qualification:     form.Get("qualification"),
		QualifiedYear:     yearTyped(form, &p),
		EntryRoute:        form.Get("entry_route"),
		EntryRouteOther:   oneLine(form.Get("entry_route_other")),
	}
	if d.EntryRoute != OtherRoute {
		d.EntryRouteOther = ""
	}
	return d, p
}

// EntryTyped reads a whole entry from a form, as [DetailsTyped] does.
func EntryTyped(form Typed) (Entry, fault.Problems) {
	d, p := DetailsTyped(form)
	e := Entry{
		Identity: d.Identity, Number: d.Number, DateOfBirth: d.DateOfBirth, AddedToRegisterOn: d.AddedToRegisterOn,
		Qualification: d.Qualification, QualifiedYear: d.QualifiedYear, EntryRoute: d.EntryRoute,
		EntryRouteOther: d.EntryRouteOther,
		Programme:       form.Get("programme"),
		StartsOn:        DateTyped(form, "starts_on", "The first day of the year", &p),
		Hours:           HoursTyped(form, "hours", &p),
		FullTimeHours:   HoursTyped(form, "full_time_hours", &p),
		Team:            oneLine(form.Get("team")),
		AssessorName:    oneLine(form.Get("assessor_name")),
		AssessorEmail:   strings.ToLower(strings.TrimSpace(form.Get("assessor_email"))),
	}
	answer := func(key string) programme.Answer { return programme.Answer(form.Get(EligibilityField(key))) }
	e.Eligibility = programme.Answers{
		Registered: answer(programme.AskRegistered), Current: answer(programme.AskCurrent),
		InSector: answer(programme.AskSector), Agency: answer(programme.AskAgency),
		AlreadyFunded: answer(programme.AskFunded),
		QualifiedOn:   DateTyped(form, EligibilityField(programme.AskQualified), "The date of the award", &p),
	}
	return e, p
}

// EligibilityField is the name of the form field that a question is asked in.
func EligibilityField(question string) string { return "eligibility_" + question }

// DateTyped reads the three parts of a date: zero when all are empty, and a
// problem with name when they are not a day on the calendar. what begins the
// sentence: "The date of birth".
func DateTyped(form Typed, name, what string, p *fault.Problems) asye.Date {
	var parts []string
	for _, part := range []string{"-day", "-month", "-year"} {
		if text := strings.TrimSpace(form.Get(name + part)); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return asye.Date{}
	}
	day, err := asye.ParseUKDate(strings.Join(parts, " "))
	p.If(len(parts) < 3 || err != nil, name, "%s must be a real date, like 27 3 2026", what)
	if len(parts) < 3 {
		return asye.Date{}
	}
	return day
}

// HoursTyped reads hours a week: zero when nothing was typed, and a problem
// with name when it is not a number of hours.
func HoursTyped(form Typed, name string, p *fault.Problems) Hours {
	text := strings.TrimSpace(form.Get(name))
	if text == "" {
		return 0
	}
	hours, err := ParseHours(text)
	if err != nil {
		p.If(true, name, "%s", err)
	}
	return hours
}

func numberTyped(form Typed, p *fault.Problems) Number {
	text := form.Get("regulator_number")
	if strings.TrimSpace(text) == "" {
		return ""
	}
	number, err := ParseNumber(text)
	if err != nil {
		p.If(true, "regulator_number", "%s", err)
	}
	return number
}

func yearTyped(form Typed, p *fault.Problems) int {
	text := strings.TrimSpace(form.Get("qualified_year"))
	if text == "" {
		return 0
	}
	year, err := strconv.Atoi(text)
	p.If(err != nil || len(text) != 4, "qualified_year", "The year of qualifying must be four figures, like 2026")
	if err != nil {
		return 0
	}
	return year
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Join puts what could not be read before what was judged, once for a field:
// somebody who typed nonsense is not told as well that nothing was typed.
func Join(unread fault.Problems, judged error) fault.Problems {
	all := append(fault.Problems(nil), unread...)
	for _, p := range fault.ProblemsOf(judged) {
		if unread.For(p.Field) == "" {
			all = append(all, p)
		}
	}
	return all
}

// Of keeps the problems of some fields, in the order of those fields.
func Of(all fault.Problems, fields []string) fault.Problems {
	var out fault.Problems
	for _, field := range fields {
		for _, p := range all {
			if p.Field == field {
				out = append(out, p)
			}
		}
	}
	return out
}
