package equality

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// Format is a way in which figures can be written.
type Format string

// The formats of figures.
const (
	Text Format = "text"
	JSON Format = "json"
	CSV  Format = "csv"
)

// Write writes the figures in a format. An unknown format is refused in a
// sentence that names the known ones; otherwise it fails only when w does.
func (r Released) Write(w io.Writer, f Format) error {
	switch f {
	case Text:
		return r.writeText(w)
	case JSON:
		return r.writeJSON(w)
	case CSV:
		return r.writeCSV(w)
	}
	return fault.New(fault.Invalid, "There is no format %q. Choose from text, json, csv; on the page also ods and xlsx", f)
}

// The shape of the JSON. Fields are added to it and never renamed.
type (
	jsonReport struct {
		Cohorts       []string    `json:"cohorts"`
		Registrations int         `json:"registrations"`
		Complete      int         `json:"complete"`
		Failed        int         `json:"failed"`
		Tables        []jsonTable `json:"tables"`
		Programme     string      `json:"programme"`
		CompleteOnly  bool        `json:"complete_only"`
		WithOutcome   int         `json:"with_outcome"`
		Withdrawn     int         `json:"withdrawn"`
		All           jsonCount   `json:"all"`
		// Statistics are what the counts say, in the names of docs/statistics.md.
		Statistics *analyse.Analysis `json:"statistics"`
	}
	jsonTable struct {
		Characteristic string      `json:"characteristic"`
		Groups         []jsonGroup `json:"groups"`
		Known          int         `json:"known"`
		Of             int         `json:"of"`
		NotKnown       jsonCount   `json:"not_known"`
		All            jsonCount   `json:"all"`
		Small          bool        `json:"small"` // it could tell on somebody (EQU-16)
	}
	jsonGroup struct {
		Group string `json:"group"`
		jsonCount
	}
	jsonCount struct {
		Failed int      `json:"failed"`
		Total  int      `json:"total"`
		Passed int      `json:"passed"`
		Rate   *float64 `json:"failed_per_100"` // null when total is 0
	}
)

func (r Released) writeJSON(w io.Writer) error {
	from := r.report
	study, err := from.Study()
	if err != nil {
		return err
	}
	out := jsonReport{Cohorts: cohortTexts(from.Query.Cohorts), Registrations: from.Registrations, Complete: from.Complete,
		Failed: from.Failed, Tables: []jsonTable{}, Programme: from.Query.Programme, CompleteOnly: from.Query.CompleteOnly,
		WithOutcome: from.WithOutcome, Withdrawn: from.Withdrawn, All: jsonOf(from.All()), Statistics: study}
	for _, t := range from.Tables {
		table := jsonTable{Characteristic: t.Characteristic.Key, Groups: []jsonGroup{}, Known: t.Known, Of: t.Of,
			NotKnown: jsonOf(t.NotKnown), All: jsonOf(t.All()), Small: t.Small()}
		for _, c := range t.Groups {
			table.Groups = append(table.Groups, jsonGroup{c.Group, jsonOf(c)})
		}
		out.Tables = append(out.Tables, table)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func jsonOf(c Count) jsonCount { return jsonCount{c.Failed, c.Total(), c.Passed, rounded(c)} }

// rounded is the rate to one decimal, as in every other format.
func rounded(c Count) *float64 {
	rate, err := strconv.ParseFloat(c.RateText(), 64)
	if err != nil {
		return nil
	}
	return &rate
}

// writeCSV writes a line for each group and, told apart by the column row, for
// those whose group is not known and for all.
func (r Released) writeCSV(w io.Writer) error {
	from := r.report
	header := []string{"cohorts", "records", "characteristic", "group", "failed", "passed", "total",
		"failed_per_100", "known", "with_outcome", "row", "small", "rate_low", "rate_high", "compared_with", "difference", "difference_low", "difference_high",
		"ratio", "ratio_low", "ratio_high", "p_mid", "p_mid_holm"}
	study, err := from.Study()
	if err != nil {
		return err
	}
	var rows [][]string
	for i, t := range from.Tables {
		start := []string{cohortNames(from.Query.Cohorts, " "), from.Basis(), t.Characteristic.Key}
		add := func(c Count, kind string) {
			rows = append(rows, slices.Concat(start, t.csv(c, kind), statistics(c, study.Tables[i])))
		}
		for _, c := range t.Groups {
			add(c, "group")
		}
		add(t.NotKnown, "not_known")
		add(t.All(), "all")
	}
	return files.WriteCSV(w, header, slices.Values(rows))
}

func (t Table) csv(c Count, kind string) []string {
	rate, small := c.RateText(), "no"
	if c.Total() == 0 {
		rate = ""
	}
	if t.Small() {
		small = "yes"
	}
	return []string{c.Group, strconv.Itoa(c.Failed), strconv.Itoa(c.Passed), strconv.Itoa(c.Total()), rate,
		strconv.Itoa(t.Known), strconv.Itoa(t.Of), kind, small}
}

// statistics are the columns of what the counts of a group say, with all their
// digits; empty where something is not defined.
func statistics(c Count, of analyse.Table) []string {
	out := make([]string, 11)
	if c.Total() > 0 {
		low, high := table.Wilson(int64(c.Failed), int64(c.Total()), Level)
		out[0], out[1] = digits(figure.Figure(low)), digits(figure.Figure(high))
	}
	at := slices.IndexFunc(of.Comparisons, func(one analyse.Comparison) bool { return one.Group == c.Group })
	if at < 0 {
		return out
	}
	one := of.Comparisons[at]
	ci := one.CI[levelName]
	out[2] = one.Reference
	for i, v := range []figure.Figure{one.RD, ci.Newcombe[0], ci.Newcombe[1], one.RR, ci.SCAS[0], ci.SCAS[1], one.MidTwoSided, one.Holm} {
		out[3+i] = digits(v)
	}
	return out
}

func digits(v figure.Figure) string {
	if !v.Defined() {
		return ""
	}
	return strconv.FormatFloat(float64(v), 'g', -1, 64)
}

// Basis says which records are counted.
func (r Report) Basis() string {
	if r.Query.CompleteOnly {
		return "complete records"
	}
	return "records with an outcome"
}

func (r Released) writeText(w io.Writer) error {
	from := r.report
	var out strings.Builder
	cohorts := cohortNames(from.Query.Cohorts, ", ")
	if cohorts == "" {
		cohorts = "none yet"
	}
	fmt.Fprintf(&out, "Outcomes of the %s programme, cohorts: %s\n\n", from.Query.Programme, cohorts)
	for _, line := range from.summary() {
		fmt.Fprintf(&out, "%-38s %9s\n", line[0], line[1])
	}
	fmt.Fprintf(&out, "\nCounted below: %s.\n%s\n", from.Basis(), from.Sentence())
	study, err := from.Study()
	if err != nil {
		return err
	}
	for i, t := range from.Tables {
		t.writeText(&out)
		for _, c := range study.Tables[i].Comparisons {
			fmt.Fprintf(&out, "%s\n", t.Said(c))
		}
	}
	_, err = io.WriteString(w, out.String())
	return err
}

// summary is the figures above the tables, in words.
func (r Report) summary() [][2]string {
	return [][2]string{
		{"Registrations", thousands(r.Registrations)},
		{"Passed or failed", thousands(r.WithOutcome)},
		{"Withdrawn (in no rate)", thousands(r.Withdrawn)},
		{"No outcome yet", thousands(r.NoOutcome())},
		{"Complete records", thousands(r.Complete)},
		{"Failed, of the records counted", thousands(r.Failed)},
	}
}

func (t Table) writeText(out *strings.Builder) {
	width := len([]rune(t.Characteristic.Name))
	rows := append(slices.Clone(t.Groups), t.NotKnown, t.All())
	if t.Small() {
		fmt.Fprintf(out, "\nWarning: %s\n", smallText)
	}
	for _, c := range rows {
		width = max(width, len([]rune(c.Group)))
	}
	fmt.Fprintf(out, "\n%-*s  %7s  %7s  %7s\n", width, t.Characteristic.Name, "Failed", "Total", "Per 100")
	for _, c := range rows {
		fmt.Fprintf(out, "%-*s  %7s  %7s  %7s\n", width, c.Group, thousands(c.Failed), thousands(c.Total()), c.RateText())
	}
	fmt.Fprintf(out, "%s\n", t.Completeness())
}

// Completeness says how much of the whole the groups of a table are.
func (t Table) Completeness() string {
	share := "none"
	if t.Of > 0 {
		share = strconv.FormatFloat(100*float64(t.Known)/float64(t.Of), 'f', 1, 64) + "%"
	}
	text := fmt.Sprintf("Counts %s of %s records with an outcome (%s).", thousands(t.Known), thousands(t.Of), share)
	if !mostlyKnown(t.Known, t.Of) {
		text += " The others may have ended differently."
	}
	return text
}

// thousands writes a whole number as people read it: 3,052.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
