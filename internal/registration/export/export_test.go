package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/export"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/registration/upload"
)

var (
	ctx    = context.Background()
	ours   = registrationtest.Ours
	them   = registrationtest.Them
	must   = registrationtest.Must
	entry  = registrationtest.Entry
	person = columnstest.Person
)

type house struct {
	*export.Store
	registrationtest.House
	upload *upload.Store
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	registrationtest.Each(t, func(t *testing.T, h registrationtest.House) {
		run(t, house{export.NewStore(h.DB, h.Store), h, upload.NewStore(h.DB, h.Store, upload.DefaultSettings())})
	})
}

func (h house) bring(t *testing.T, people ...columnstest.Cells) {
	t.Helper()
	u, err := h.upload.Stage(ctx, ours, columnstest.Sheet(t, people...))
	must(t, err)
	_, err = h.upload.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version})
	must(t, err)
}

func (h house) write(t *testing.T, scope tenant.Scope, f export.File) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, h.Write(ctx, scope, f, &out))
	return out.Bytes()
}

// What is exported and uploaded again changes nothing, in either format, and no
// cell of it is a formula (REG-65).
func TestREG70_RoundTrip(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1, "given_name", "=1+1", "team", "-Duty", "middle_names", "Zoë; \"Z\"", "added_to_register_on", "1 July 2026"),
			person(2, "hours", "18.5", "email", "", "assessor_name", "", "assessor_email", "", "eligibility_agency", ""),
			person(3, "entry_route", "Other", "entry_route_other", "Abroad", "qualified_year", "", "eligibility_qualified", "3 July 2026", "eligibility_current", "Yes"))
		for _, format := range []string{"csv", "xlsx"} {
			data := h.write(t, ours, export.File{Format: format})
			plan, err := h.upload.Check(ctx, ours, columnstest.Read(t, data))
			must(t, err)
			if plan.Count(check.Same) != 3 || len(plan.Lines) != 3 || len(plan.AllWarnings()) > 0 {
				t.Errorf("%s: %+v %+v", format, plan.Lines, plan.AllWarnings())
			}
			if format == "csv" && bytes.Contains(data, []byte("\n=1")) {
				t.Error("a formula stands in the CSV file")
			}
		}
	})
}

// The header is the columns that are read, then those that only the export has,
// and none of them is about equality (REG-69).
func TestHeader(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		data := h.write(t, ours, export.File{Format: "csv"})
		golden.Text(t, "header.csv", string(data))
		if sheet, all := columnstest.Read(t, data), columnstest.List(t).All(); !slices.Equal(sheet.Header, columns.Headers(all)) {
			t.Errorf("the header is %q", sheet.Header)
		}
	})
}

func TestWrite(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1, func(e *registration.Entry) { e.Identity.MiddleNames = "" }))
		h.Register(t, ours, entry(2, func(e *registration.Entry) { e.StartsOn = e.StartsOn.AddMonths(-7) }))
		h.Register(t, them, entry(3))
		system := tenant.System("test")
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			file  export.File
			want  int
		}{
			{"one employer's own", ours, export.File{Format: "json"}, 2},
			{"a person cannot ask for another", ours, export.File{Format: "json", Employer: "b"}, 2},
			{"one cohort", ours, export.File{Format: "json", Filter: registration.Filter{Cohort: 2026}}, 1},
			{"every employer", system, export.File{Format: "json"}, 3},
			{"one of them", system, export.File{Format: "json", Employer: "b"}, 1},
		} {
			var rows []map[string]any
			if err := json.Unmarshal(h.write(t, tt.scope, tt.file), &rows); err != nil || len(rows) != tt.want {
				t.Errorf("%s: %d rows, want %d, %v", tt.name, len(rows), tt.want, err)
				continue
			}
			if rows[0]["hours"] != 37.0 || rows[0]["eligibility_agency"] != false || rows[0]["middle_names"] != nil {
				t.Errorf("%s: %v", tt.name, rows[0])
			}
		}
		if err := h.Write(ctx, ours, export.File{Format: "ods"}, &bytes.Buffer{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another format: %v", err)
		}
	})
}

func TestPage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := webtest.Pages{DB: h.DB, Mount: func(m *web.Mux) { export.Mount(m, h.Store) }}.As(t, ours)
		b.Get("/export").Is(200, "No registrations yet")
		h.Register(t, ours, entry(1))
		b.Get("/export?cohort=2026-27").Is(200, "2026-27", "Download")
		b.Get("/export?cohort=last").Is(422)
		b.Get("/export?format=ods").Is(422)
		for format, kind := range map[string]string{"csv": "text/csv", "xlsx": "spreadsheetml", "json": "application/json"} {
			head := b.Get("/export?format=" + format).Is(200).Header
			if !strings.Contains(head.Get("Content-Type"), kind) || head.Get("Content-Disposition") != `attachment; filename="registrations 2026-11-22.`+format+`"` {
				t.Errorf("%s: %v", format, head)
			}
		}
		b.Get("/export?format=csv&cohort=2026-27").Is(200).Has("Okafor1")
		b.Get("/export?format=csv&cohort=2025-26").Is(200).HasNot("Okafor1")
	})
}
