package statement

import (
	"cmp"
	"maps"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
)

// Figure is what a movement of money is counted as in the funder's report.
type Figure string

// What a movement can be counted as.
const (
	FigureClaimed   Figure = "claimed"   // asked for, whatever became of it
	FigureAccepted  Figure = "accepted"  // payments and instalments that went on a statement
	FigureAdjusted  Figure = "adjusted"  // put right by hand
	FigureRecovered Figure = "recovered" // taken back
	FigurePaid      Figure = "paid"
)

// figureOf is what an entry of the ledger counts as, by the kind of its item.
func figureOf(kind Kind) Figure {
	switch kind {
	case KindLine, KindInstalment, KindInstalmentBack:
		return FigureAccepted
	case KindRecovery:
		return FigureRecovered
	case KindAdjustment:
		return FigureAdjusted
	}
	return FigurePaid
}

// Movement is an amount that was claimed, or that went through the ledger.
type Movement struct {
	Type   asye.EmployerType
	Region string
	Figure Figure
	Pence  grant.Pence // above zero towards the employer; recoveries are above zero too
	On     asye.Date
}

// Split is what a report has a row for each of.
type Split string

// What a report can be split by.
const (
	ByType   Split = "type"
	ByRegion Split = "region"
	ByMonth  Split = "month"
)

// Splits lists them.
func Splits() []Split { return []Split{ByType, ByRegion, ByMonth} }

// String is the split as pages say it.
func (s Split) String() string {
	switch s {
	case ByRegion:
		return "Region"
	case ByMonth:
		return "Month"
	}
	return "Kind of employer"
}

// ReportRow is one row of a report.
type ReportRow struct {
	Key         string // a month as 2026-11
	Title       string
	Claimed     grant.Pence
	Accepted    grant.Pence
	Adjusted    grant.Pence
	Recovered   grant.Pence
	Paid        grant.Pence
	Outstanding grant.Pence // accepted and adjusted, less recovered and paid; at the end of a month, of all until then
}

func (l *ReportRow) add(m Movement) {
	switch m.Figure {
	case FigureClaimed:
		l.Claimed += m.Pence
	case FigureAccepted:
		l.Accepted += m.Pence
	case FigureAdjusted:
		l.Adjusted += m.Pence
	case FigureRecovered:
		l.Recovered += m.Pence
	case FigurePaid:
		l.Paid += m.Pence
	}
	l.Outstanding = l.Accepted + l.Adjusted - l.Recovered - l.Paid
}

// Tabulate makes the rows of a report, and its last row, of everything.
func Tabulate(all []Movement, by Split) (rows []ReportRow, total ReportRow) {
	total.Title = "All"
	found := map[string]*ReportRow{}
	for _, m := range all {
		key, title := place(m, by)
		if found[key] == nil {
			found[key] = &ReportRow{Key: key, Title: title}
		}
		found[key].add(m)
		total.add(m)
	}
	for _, l := range found {
		rows = append(rows, *l)
	}
	order := orderOf(by, slices.Collect(maps.Keys(found)))
	slices.SortFunc(rows, func(a, b ReportRow) int { return cmp.Compare(slices.Index(order, a.Key), slices.Index(order, b.Key)) })
	if by == ByMonth {
		carry(rows)
	}
	return rows, total
}

// place is the row that a movement belongs to.
func place(m Movement, by Split) (key, title string) {
	switch by {
	case ByRegion:
		if m.Region == "" {
			return "", "Region not known"
		}
		return m.Region, m.Region
	case ByMonth:
		return m.On.ISO()[:len("2026-11")], m.On.Month().String() + " " + m.On.ISO()[:len("2026")]
	}
	return string(m.Type), m.Type.String()
}

func orderOf(by Split, keys []string) []string {
	if by != ByType {
		slices.Sort(keys)
		return keys
	}
	var out []string
	for _, t := range asye.EmployerTypes() {
		out = append(out, string(t))
	}
	return out
}

// carry lets what is outstanding go on from one month to the next.
func carry(rows []ReportRow) {
	for i := 1; i < len(rows); i++ {
		rows[i].Outstanding += rows[i-1].Outstanding
	}
}
