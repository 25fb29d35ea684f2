package export

import (
	"bytes"
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
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
	f := File{Format: q.Get("format"), Filter: registration.Filter{Programme: q.Get("programme"),
		Status: registration.Status(q.Get("status")), Search: q.Get("q")}}
	if text := q.Get("cohort"); text != "" {
		cohort, err := asye.ParseCohort(text)
		if err != nil {
			return fault.New(fault.Invalid, "%s", err)
		}
		f.Cohort = cohort
	}
	if f.Format == "" {
		cohorts, err := p.store.registrations.Cohorts(r.Context(), r.Scope)
		if err != nil {
			return err
		}
		v := exportNewView{Page: r.Page("Download registrations"), Cohorts: cohorts, Cohort: q.Get("cohort")}
		v.Breadcrumbs = []ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "NQSWs", Href: paths.Registrations(nil)}}
		return r.Render(w, exportNew(v))
	}
	var body bytes.Buffer
	if err := p.store.Write(r.Context(), r.Scope, f, &body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", f.contentType())
	w.Header().Set("Content-Disposition", files.Attachment(f.Name(r.Today)))
	_, err := w.Write(body.Bytes())
	return err
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
