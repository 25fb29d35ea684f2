package figures

import (
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// asked reports whether the tables of a page are asked for as a file.
func asked(r *web.Request) bool { return r.Value("format") == "csv" }

// tablesFile serves the tables of a page as one file: a line for each cell, so that
// tables of different columns fit into it.
func (f frame) tablesFile(w http.ResponseWriter, tables []ui.TableOptions) error {
	attach(w, files.ContentTypeCSV, fileName("outcomes-"+f.here.file, f.Report, "csv"))
	return files.WriteCSV(w, []string{"programme", "cohorts", "records", "table", "row", "column", "value"}, f.cells(tables))
}

// cells gives every cell but those of the first column, which name the row.
func (f frame) cells(tables []ui.TableOptions) iter.Seq[[]string] {
	var out [][]string
	of := []string{f.Query.Programme, strings.Join(cohortTexts(f.Query.Cohorts), " "), f.Report.Basis()}
	for _, t := range tables {
		for _, row := range t.Rows {
			for i, cell := range row[1:] {
				out = append(out, append(of[:len(of):len(of)], t.Caption, row[0].Text, t.Head[i+1].Text, cell.Text))
			}
		}
	}
	return slices.Values(out)
}

// file is the address of the tables of this page as a file.
func (f frame) file() string {
	q := url.Values(address(f.Query))
	q.Set("format", "csv")
	return f.here.at(q)
}
