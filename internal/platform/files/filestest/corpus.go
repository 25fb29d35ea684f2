package filestest

import "slices"

// Hostile is a file that somebody sends to do harm, or by mistake.
type Hostile struct {
	Name string // what it is
	File string // what the browser calls it
	Type string // what the browser says that it is
	Data []byte
	Says string // a word of the sentence that refuses it; empty where it is read, harmlessly
}

// Header and row of a good spreadsheet of registrations, so that what is hostile
// is met behind a header that is right.
var (
	header = []string{"First name", "Last name", "E-mail address", "Social Work England number", "Date of birth", "Year finished qualification",
		"Entry route", "Programme", "Start date", "Contracted hours a week", "Full-time hours a week", "Team", "Assessor's name",
		"Registered with Social Work England", "Works in the programme's sector", "Agency worker", "Already funded"}
	row = []string{"Amara", "Okafor", "amara@example.org", "SW760001", "27/03/1999", "2026", "Postgraduate degree in social work",
		"Child and family ASYE", "2026-09-01", "37", "37", "Duty", "Jo Bell", "Yes", "Yes", "No", "No"}
)

// Types that browsers give to files.
const (
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csv  = "text/csv"
)

// Corpus are the hostile files: more than sixty, each made by code.
func Corpus() []Hostile {
	return slices.Concat(bombs(), entities(), disguises(), containers(), damaged(), texts(), contents())
}
