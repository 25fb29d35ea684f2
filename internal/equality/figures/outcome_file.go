package figures

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/workbook"
)

// downloads lead to the same figures as files.
func (f frame) downloads() []ui.Link {
	to := func(text string, format equality.Format) ui.Link {
		q := address(f.Query)
		q.Set("format", string(format))
		return ui.Link{Text: text, Href: paths.OutcomesFile(q)}
	}
	return []ui.Link{to("ODS, a workbook for everybody", ods), to("XLSX, the same for Excel", xlsx), to("CSV, for a spreadsheet", equality.CSV), to("JSON, for a program, with every statistic", equality.JSON)}
}

// outcomeFile serves the figures as a file.
func (p *pages) outcomeFile(w http.ResponseWriter, r *web.Request) error {
	q, err := p.queryOf(r)
	if err != nil {
		return err
	}
	report, err := p.store.Count(r.Context(), r.Scope, q)
	if err != nil {
		return err
	}
	released := equality.Release(report)
	format := equality.Format(r.Value("format"))
	if format == ods || format == xlsx {
		return p.outcomeBook(w, r, released.Report(), format)
	}
	kinds := map[equality.Format]string{equality.CSV: "text/csv; charset=utf-8", equality.JSON: "application/json", equality.Text: "text/plain; charset=utf-8"}
	if kinds[format] == "" {
		return released.Write(w, format) // refuses, and names the formats there are
	}
	attach(w, kinds[format], fileName("outcomes", released.Report(), string(format)))
	return released.Write(w, format)
}

// The workbooks, which stand beside the formats of the command line.
const (
	ods  equality.Format = "ods"
	xlsx equality.Format = "xlsx"
)

// outcomeBook serves the figures as a workbook. It is written whole before it is
// sent, so that a fault is a page and no half of a file.
func (p *pages) outcomeBook(w http.ResponseWriter, r *web.Request, report equality.Report, format equality.Format) error {
	study, err := report.Study()
	if err != nil {
		return err
	}
	of, err := chosen(p.programmes, report.Query.Programme)
	if err != nil {
		return err
	}
	b := book(report, study, of.Name, r.Today)
	write, kind := b.WriteODS, workbook.ContentTypeODS
	if format == xlsx {
		write, kind = b.WriteXLSX, files.ContentTypeXLSX
	}
	var whole bytes.Buffer
	if err := write(&whole); err != nil {
		return err
	}
	attach(w, kind, fileName("outcomes", report, string(format)))
	_, err = whole.WriteTo(w)
	return err
}

func attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}

// fileName tells one file of figures from another: it has what it is of, the
// programme, the first and last cohort, and whether complete records alone are counted.
func fileName(what string, r equality.Report, ending string) string {
	parts := []string{what, r.Query.Programme}
	if n := len(r.Query.Cohorts); n > 0 {
		parts = append(parts, r.Query.Cohorts[0].String())
		if n > 1 {
			parts = append(parts, "to", r.Query.Cohorts[n-1].String())
		}
	}
	if r.Query.CompleteOnly {
		parts = append(parts, "complete")
	}
	return strings.Join(parts, "-") + "." + ending
}
