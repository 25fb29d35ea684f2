// Package published holds the figures that were published about the year, with
// their sources, so that computed figures can stand beside them.
//
// The file data/published-figures.json has them as printed. Where the source
// gives the cohorts in words, the list cohorts repeats them for the program.
package published

import (
	_ "embed"
	"encoding/json"

	"example.org/asye/internal/asye"
)

//go:embed data/published-figures.json
var file []byte

// Figures are the published figures that the service compares itself with.
type Figures struct {
	Registrations Registrations `json:"registrations"`
	Outcomes      Outcomes      `json:"outcomes"`
}

// Registrations are how many people were registered in each cohort.
type Registrations struct {
	Source   string `json:"source"`
	ByCohort []struct {
		Year          string `json:"year"`
		Registrations int    `json:"registrations"`
	} `json:"by_cohort"`
}

// Outcomes are how the years of some cohorts together ended, among complete
// records.
type Outcomes struct {
	Source          string             `json:"source"`
	Programme       string             `json:"programme"`
	Cohorts         []string           `json:"cohorts"`
	CompleteRecords int                `json:"complete_records"`
	Failed          int                `json:"failed"`
	By              map[string][]Group `json:"by"`
	Note            string             `json:"note"`
}

// Group is one line of a published table.
type Group struct {
	Group   string `json:"group"`
	Failed  int    `json:"failed"`
	Total   int    `json:"total"`
	Percent string `json:"printed_percent"` // as printed, to one decimal
}

// Read gives the published figures. The file is part of the program: if it
// cannot be read, the program is broken, and says so.
func Read() Figures {
	var f Figures
	if err := json.Unmarshal(file, &f); err != nil {
		panic("the published figures cannot be read: " + err.Error())
	}
	return f
}

// For is the published number of registrations of a cohort; 0 and false when
// none was published.
func (r Registrations) For(c asye.Cohort) (int, bool) {
	for _, one := range r.ByCohort {
		if one.Year == c.String() {
			return one.Registrations, true
		}
	}
	return 0, false
}

// Find is the published line for a group of a characteristic.
func (o Outcomes) Find(characteristic, group string) (Group, bool) {
	for _, g := range o.By[characteristic] {
		if g.Group == group {
			return g, true
		}
	}
	return Group{}, false
}
