// Package columnstest makes the files that employers send, for tests of what
// becomes of them.
package columnstest

import (
	"bytes"
	"fmt"
	"maps"
	"testing"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration/columns"
)

// Catalogue is the programmes of the service.
func Catalogue(t testing.TB) *programme.Catalogue {
	t.Helper()
	c, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// List is the columns for [Catalogue].
func List(t testing.TB) columns.List {
	t.Helper()
	return columns.New(Catalogue(t))
}

// Cells are the texts of one row, by the keys of the columns.
type Cells map[string]string

// Person is the row of the nth of any number of NQSWs, each another, with what
// is edited in it: "hours", "18.5", and so on.
func Person(n int, edits ...string) Cells {
	p := Cells{"given_name": "Amara", "family_name": fmt.Sprintf("Okafor%d", n),
		"email": fmt.Sprintf("amara%d@example.org", n), "regulator_number": fmt.Sprintf("SW%d", 1000+n),
		"date_of_birth": "27/03/1999", "qualification": "MA", "qualified_year": "2026",
		"entry_route": "Postgraduate degree in social work", "programme": "Child and family ASYE",
		"starts_on": "2026-09-01", "hours": "37", "full_time_hours": "37", "team": "Duty", "assessor_name": "Jo Bell",
		"assessor_email": "jo.bell@example.org", "eligibility_registered": "Yes", "eligibility_sector": "Yes",
		"eligibility_agency": "No", "eligibility_already_funded": "No"}
	return p.With(edits...)
}

// With is the row with other texts in some of its cells.
func (c Cells) With(edits ...string) Cells {
	c = maps.Clone(c)
	for i := 0; i+1 < len(edits); i += 2 {
		c[edits[i]] = edits[i+1]
	}
	return c
}

// CSV is a file with the columns of the template.
func CSV(t testing.TB, people ...Cells) []byte {
	t.Helper()
	read := List(t).Read()
	var out bytes.Buffer
	err := files.WriteCSV(&out, columns.Headers(read), func(yield func([]string) bool) {
		for _, p := range people {
			row := make([]string, len(read))
			for i, c := range read {
				row[i] = p[c.Key]
			}
			if !yield(row) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Read reads a file as an upload is read.
func Read(t testing.TB, data []byte) *files.Sheet {
	t.Helper()
	sheet, err := files.Read("cohort.csv", bytes.NewReader(data), int64(len(data)), files.Limits{}, files.HeadedBy(List(t).Recognises))
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// Sheet is a file with the columns of the template, read.
func Sheet(t testing.TB, people ...Cells) *files.Sheet {
	t.Helper()
	return Read(t, CSV(t, people...))
}
