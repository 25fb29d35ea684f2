package analyse

import (
	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/stat/crosstab"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/firth"
	"example.org/asye/internal/stat/small"
	"example.org/asye/internal/stat/table"
)

// Analysis is what was found in a file. The names of statistics are those of
// docs/statistics.md.
type Analysis struct {
	Records   int64             `json:"records"`
	Malformed int64             `json:"malformed"`
	Lines     []tally.Malformed `json:"malformed_lines,omitempty"`
	Outcome   string            `json:"outcome"`
	Event     string            `json:"event"`
	Level     float64           `json:"level"`
	Outcomes  []Outcome         `json:"outcomes"`
	Events    int64             `json:"events"`
	Total     int64             `json:"total"` // who count
	Tables    []Table           `json:"tables"`
	Family    []Look            `json:"multiplicity,omitempty"`
	Model     *firth.Model      `json:"model,omitempty"`
	Employers *small.Report     `json:"employers,omitempty"`
}

// Outcome is how many records have one outcome.
type Outcome struct {
	Outcome string `json:"outcome"`
	Records int64  `json:"records"`
	Counts  bool   `json:"counts"` // is among those that count
}

// Table is one characteristic.
type Table struct {
	Characteristic string       `json:"characteristic"`
	Reference      string       `json:"reference"`
	Groups         []Group      `json:"groups"`
	Comparisons    []Comparison `json:"comparisons"`
	Whole          *Whole       `json:"whole"`
	Trend          *table.Trend `json:"trend,omitempty"`
	TrendError     string       `json:"trend_error,omitempty"`
}

// Whole is the test of all groups of a characteristic at once.
type Whole struct {
	crosstab.Result
	Error string `json:"error,omitempty"`
}

// Group is everybody with one value of a characteristic.
type Group struct {
	Group   string                         `json:"group"`
	Missing bool                           `json:"missing,omitempty"` // nothing is known: not compared
	Events  int64                          `json:"events"`
	Total   int64                          `json:"total"`
	Records int64                          `json:"records"` // also those who do not count
	Rate    figure.Figure                  `json:"rate"`
	CI      map[string]table.RateIntervals `json:"ci"`
	Rest    Rest                           `json:"complement"`
	Events1 figure.Figure                  `json:"share_of_events"`
	People1 figure.Figure                  `json:"share_of_people"`
	RR      figure.Figure                  `json:"representation_ratio"`
}

// Rest is everybody who is not in a group and whose value is known.
type Rest struct {
	Events     int64         `json:"events"`
	Total      int64         `json:"total"`
	Rate       figure.Figure `json:"rate"`
	Likelihood figure.Figure `json:"relative_likelihood"` // of the group against the rest
}

// Comparison is one group against the reference group.
type Comparison struct {
	Group     string `json:"group"`
	Reference string `json:"reference"`
	table.Groups
	Holm   figure.Figure `json:"p_holm"` // of midp_two_sided, among the groups of this characteristic
	BH     figure.Figure `json:"p_bh"`
	Strata *table.Strata `json:"strata,omitempty"`
	Why    string        `json:"strata_error,omitempty"`
}

// Look is one characteristic among all that were looked at.
type Look struct {
	Characteristic string        `json:"characteristic"`
	P              figure.Figure `json:"p"`
	Holm           figure.Figure `json:"p_holm"`
	BH             figure.Figure `json:"p_bh"`
}
