package publication

import (
	"slices"
	"strings"
	"sync"

	"example.org/asye/internal/equality"
)

// Kind is a table that a release can hold.
type Kind struct {
	Key    string   // as it is asked for: "gender"
	Name   string   // as a heading: "Gender"
	Source string   // where it comes from
	Family string   // the one of Families that it belongs to
	part   int      // which part of a leaf names its row
	rows   []string // the order of the rows; others follow in the alphabet
}

// The Families whose leaves are no answers and no records.
const (
	byCohort  = "cohort"
	byPlace   = "place"
	bySitting = "standing"
)

// Families are the characteristics that nothing but the totals links to each
// other, each with the columns that tell its groups apart. Columns of which one
// follows from another are one family: whoever knows the background knows the
// group, and whoever knows the employer knows the region.
var Families = map[string][]string{
	"gender":     {"gender"},
	"ethnicity":  {"ethnicity", "ethnic_group", "ethnic_background"},
	"deferrals":  {"deferrals"},
	"age_band":   {"age_band"},
	"disability": {"disability"},
	"route":      {"route"},
	byPlace:      {equality.ByEmployer, "region", "employer_type"},
	byCohort:     {equality.ByCohort},
}

// NotKnown is the row of those whose group is not known.
const NotKnown = "Not known"

// All is the row of everybody.
const All = "All"

// The tables that are by no characteristic.
const (
	EmployerTable = "employer"
	CohortTable   = "cohort"
	StandingTable = bySitting
)

// Kinds are the tables that a release can hold, in their order.
func Kinds() []Kind { return slices.Clone(kinds()) }

// kinds are made once: they are asked for with every row.
var kinds = sync.OnceValue(func() []Kind {
	var out []Kind
	for _, c := range equality.Characteristics() {
		for name, columns := range Families {
			if at := slices.Index(columns, c.Key); at >= 0 {
				out = append(out, Kind{Key: c.Key, Name: c.Name, Source: c.Source, Family: name, part: at, rows: c.Groups()})
			}
		}
	}
	return append(out,
		Kind{Key: EmployerTable, Name: "Employer", Source: "The employer that has the registration now.", Family: byPlace},
		Kind{Key: CohortTable, Name: "Cohort", Source: "The cohort of the registration.", Family: byCohort})
})

// KindOf finds a table by its key; the completeness of a release is one too.
func KindOf(key string) (Kind, bool) {
	if key == StandingTable {
		return Kind{Key: StandingTable, Name: "Registrations", Family: bySitting}, true
	}
	all := kinds()
	at := slices.IndexFunc(all, func(k Kind) bool { return k.Key == key })
	if at < 0 {
		return Kind{}, false
	}
	return all[at], true
}

// LeafOf writes the finest group of a family that a record is in.
func LeafOf(parts []string) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		if out[i] = part; slices.Contains(equality.Unknown(), part) {
			out[i] = NotKnown
		}
	}
	return strings.Join(out, "|")
}

// Row is the row of a table in which a leaf is counted.
func (k Kind) Row(leaf string) string {
	parts := strings.Split(leaf, "|")
	if k.part >= len(parts) {
		return leaf
	}
	return parts[k.part]
}

// Order sorts the rows of a table: as the characteristic lists them, others in
// the alphabet, and those not known at the end.
func (k Kind) Order(a, b string) int {
	rank := func(row string) int {
		if row == NotKnown {
			return len(k.rows) + 1
		}
		if at := slices.Index(k.rows, row); at >= 0 {
			return at
		}
		return len(k.rows)
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// Groups lists the rows of a table in order, where they do not follow from the
// records.
func (k Kind) Groups() []string { return k.rows }
