package upload

import (
	"bytes"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// exportNewView asks what to download.
type exportNewView struct {
	ui.Page
	Cohorts []asye.Cohort
	Cohort  string
}

// exportNew serves "Download registrations": the question, or, once a format
// has been chosen, the file.
func (p *pages) exportNew(w http.ResponseWriter, r *web.Request) error {
	q := r.URL.Query()
	e := Export{Format: q.Get("format"), Filter: registration.Filter{Programme: q.Get("programme"),
		Status: registration.Status(q.Get("status")), Search: q.Get("q")}}
	if text := q.Get("cohort"); text != "" {
		cohort, err := asye.ParseCohort(text)
		if err != nil {
			return fault.New(fault.Invalid, "%s", err)
		}
		e.Cohort = cohort
	}
	if e.Format == "" {
		cohorts, err := p.store.registrations.Cohorts(r.Context(), r.Scope)
		if err != nil {
			return err
		}
		v := exportNewView{Page: r.Page("Download registrations"), Cohorts: cohorts, Cohort: q.Get("cohort")}
		v.Breadcrumbs = crumbs()
		return r.Render(w, exportNew(v))
	}
	var body bytes.Buffer
	if err := p.store.Export(r.Context(), r.Scope, e, &body); err != nil {
		return err
	}
	contentType := files.Format(e.Format).ContentType()
	if e.Format == JSON {
		contentType = files.ContentTypeJSON
	}
	return send(w, ExportName(r.Today, e.Format), contentType, body.Bytes())
}

func (v exportNewView) cohorts() []ui.Choice {
	items := []ui.Choice{{Value: "", Text: "All cohorts"}}
	for _, c := range v.Cohorts {
		items = append(items, ui.Choice{Value: c.String(), Text: c.String()})
	}
	return items
}

func (v exportNewView) formats() []ui.Choice {
	return []ui.Choice{{Value: string(files.XLSX), Text: "Excel workbook"}, {Value: string(files.CSV), Text: "CSV"},
		{Value: JSON, Text: "JSON", Hint: "For other programs."}}
}
