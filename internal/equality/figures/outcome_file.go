package figures

import (
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// downloads lead to the same figures as files.
func (f frame) downloads() []ui.Link {
	to := func(text string, format equality.Format) ui.Link {
		q := address(f.Query)
		q.Set("format", string(format))
		return ui.Link{Text: text, Href: paths.OutcomesFile(q)}
	}
	return []ui.Link{to("CSV, for a spreadsheet", equality.CSV), to("JSON, for a program, with every statistic", equality.JSON)}
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
	kinds := map[equality.Format]string{equality.CSV: "text/csv; charset=utf-8", equality.JSON: "application/json", equality.Text: "text/plain; charset=utf-8"}
	if kinds[format] == "" {
		return released.Write(w, format) // refuses, and names the formats there are
	}
	w.Header().Set("Content-Type", kinds[format])
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fileName(released.Report(), string(format))))
	return released.Write(w, format)
}

// fileName tells one file of figures from another: it has the programme, the
// first and last cohort, and whether complete records alone are counted.
func fileName(r equality.Report, ending string) string {
	parts := []string{"outcomes", r.Query.Programme}
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
