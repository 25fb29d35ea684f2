package releases

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/workbook"
)

// releaseShowView is one release as readers see it.
type releaseShowView struct {
	ui.Page
	figures
	Release   publication.Release
	Programme string
}

// releaseShow shows a release to everybody.
func (p *pages) releaseShow(w http.ResponseWriter, r *web.Request) error {
	release, err := p.store.Public(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := releaseShowView{Page: r.Page(release.Content.Title), figures: figures{release.Content}, Release: release, Programme: p.named(release.Content.Programme)}
	v.Wide, v.Back = true, &ui.Link{Text: "Back to published figures", Href: paths.Releases()}
	return r.Render(w, releaseShowPage(v))
}

// releaseFile serves the same as a file: CSV, or a workbook. It is written whole
// before it is sent, so that a fault is a page and no half of a file.
func (p *pages) releaseFile(w http.ResponseWriter, r *web.Request) error {
	release, err := p.store.Public(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	b := book(release, p.named(release.Content.Programme))
	format := r.Value("format")
	write, kind := release.Content.WriteCSV, "text/csv; charset=utf-8"
	switch format {
	case "ods":
		write, kind = b.WriteODS, workbook.ContentTypeODS
	case "xlsx":
		write, kind = b.WriteXLSX, files.ContentTypeXLSX
	case "", "csv":
		format = "csv"
	default:
		return fault.New(fault.Invalid, "There is no format %q. Choose from csv, ods, xlsx", format)
	}
	var out bytes.Buffer
	if err := write(&out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fileName(release.Content)+format))
	_, err = out.WriteTo(w)
	return err
}

func fileName(c publication.Content) string {
	parts := []string{"release", c.Programme}
	if n := len(c.Cohorts); n > 0 {
		parts = append(parts, c.Cohorts[0], "to", c.Cohorts[n-1])
	}
	return strings.Join(parts, "-") + "."
}

// downloads lead to the release as files.
func (v releaseShowView) downloads() []ui.Link {
	to := func(text, format string) ui.Link {
		return ui.Link{Text: text, Href: paths.ReleaseFile(v.Release.ID, format)}
	}
	return []ui.Link{to("ODS, a workbook for everybody", "ods"), to("XLSX, the same for Excel", "xlsx"), to("CSV, for a spreadsheet or a program", "csv")}
}

func (v releaseShowView) facts() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "Programme", Text: v.Programme},
		{Key: "Cohorts counted together", Text: cohorts(v.Release.Content.Cohorts)},
		{Key: "Reference period", Text: v.Release.Content.Period},
		{Key: "Published", Text: published(v.Release)},
		{Key: "How people are protected", Text: publication.MethodSaid(v.Release.Content.Method)},
	}
}
