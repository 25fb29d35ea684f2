package registration

import (
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Fact is one thing known, with its name as pages and exports say it.
type Fact struct{ Label, Text string }

// Facts are the details in the order of pages. What is not known is empty.
func (d Details) Facts() []Fact {
	year := ""
	if d.QualifiedYear != 0 {
		year = strconv.Itoa(d.QualifiedYear)
	}
	route := EntryRoutes().Label(d.EntryRoute)
	if d.EntryRoute == OtherRoute && d.EntryRouteOther != "" {
		route = d.EntryRouteOther
	}
	return []Fact{
		{"First name", d.Identity.GivenName}, {"Middle names", d.Identity.MiddleNames}, {"Last name", d.Identity.FamilyName},
		{"E-mail address", d.Identity.Email}, {"Social Work England number", string(d.Number)},
		{"Date of birth", d.DateOfBirth.String()}, {"Date added to the register", d.AddedToRegisterOn.String()},
		{"Year of qualifying", year}, {"Highest qualification", Qualifications().Label(d.Qualification)},
		{"Route into social work", route},
	}
}

// Schedule is the dates of a year that begins as the entry says.
func (r Registered) Schedule(today asye.Date) programme.Schedule {
	return Record{Row: Row{StartsOn: r.StartsOn}, Rules: r.Version,
		Patterns: []Pattern{{Period: asye.Since(r.StartsOn), Hours: r.Hours, FullTimeHours: r.FullTimeHours}}}.Schedule(today)
}

// String is the hours with the share of full time that they are: "22.2 of 37 a
// week, part-time".
func (p Pattern) String() string {
	if p.Hours == 0 {
		return ""
	}
	if p.Hours < p.FullTimeHours {
		return p.Hours.String() + " of " + p.FullTimeHours.String() + " hours a week, part-time"
	}
	return p.Hours.String() + " hours a week, full-time"
}

// String is the extension's length: "3 months and 10 days".
func (e Extension) String() string {
	text := counted(e.Months, "month")
	if e.Days == 0 {
		return text
	}
	if e.Months == 0 {
		return counted(e.Days, "day")
	}
	return text + " and " + counted(e.Days, "day")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// String is how far the transfer has come, as pages say it.
func (s TransferStatus) String() string {
	switch s {
	case TransferReported:
		return "Leaving reported"
	case TransferClaimed:
		return "Claimed by another employer"
	case TransferAgreed:
		return "Waiting for the NQSW to confirm"
	case TransferConfirmed:
		return "Confirmed"
	case TransferDisputed:
		return "With the national team"
	case TransferCompleted:
		return "Completed"
	case TransferCancelled:
		return "Cancelled"
	}
	return string(s)
}

// ResultText is what a look at the register found, in words.
func (c RegisterCheck) ResultText() string {
	switch c.Result {
	case "registered":
		return "Registered, under the recorded name"
	case "name_differs":
		return "Registered, under another name"
	case "lapsed":
		return "Registration has lapsed"
	case "removed":
		return "Removed from the register"
	case "not_found":
		return "Not found"
	}
	return c.Result
}

// Good reports whether the look at the register raised no question.
func (c RegisterCheck) Good() bool { return c.Result == "registered" }

// Programmes are those that somebody can start on: not the drafts.
func Programmes(catalogue *programme.Catalogue) Options {
	var all Options
	for _, one := range catalogue.Programmes() {
		if !one.Draft {
			all = append(all, Option{Key: one.Key, Label: one.Name})
		}
	}
	return all
}

// Assess is what the eligibility answers so far lead to, whatever else is still
// missing or wrong; the zero verdict while no rules can be found.
func Assess(e Entry, catalogue *programme.Catalogue) Registered {
	r := Registered{Entry: e}
	r.judge(catalogue)
	return r
}
