package publication

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/platform/files"
)

// WriteCSV writes every row of a release, completeness first. Where a figure is
// not told stands its mark.
func (c Content) WriteCSV(w io.Writer) error {
	header := []string{"release", "cohorts", "method", "table", "group", "row", "failed", "total", "failed_per_100", "low", "high"}
	var rows [][]string
	for _, t := range c.all() {
		for _, r := range t.Rows {
			row := []string{c.Title, strings.Join(c.Cohorts, " "), string(c.Method), t.Key, r.Name, string(r.Sort)}
			rows = append(rows, append(row, c.figures(t, r)...))
		}
	}
	return files.WriteCSV(w, header, slices.Values(rows))
}

func (c Content) figures(t Table, r Row) []string {
	if t.Key == StandingTable {
		return []string{string(NotApplied), r.Total.plain(), string(NotApplied), string(NotApplied), string(NotApplied)}
	}
	rate := c.Rate(r)
	if !rate.Known() {
		return []string{r.Failed.plain(), r.Total.plain(), string(rate.Mark), string(rate.Mark), string(rate.Mark)}
	}
	return []string{r.Failed.plain(), r.Total.plain(), Hundred(rate.Of), Hundred(rate.Low), Hundred(rate.High)}
}

// plain is a figure as a program reads it.
func (f Figure) plain() string {
	if f.Mark != Shown {
		return string(f.Mark)
	}
	return strconv.Itoa(f.N)
}
