package upload_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/upload"
)

func parse(text string) (asye.Date, error) { return asye.ParseUKDate(text) }

func (h house) file(t *testing.T, people ...map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cohort.csv")
	if err := os.WriteFile(path, h.csv(people...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImport(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		scope := tenant.Import("cohort.csv", "a")
		path := h.file(t, person(1), person(2, "hours", "many"), person(3))
		wrong := filepath.Join(t.TempDir(), "wrong.csv")

		sum, err := h.Import(ctx, scope, upload.Import{Path: path, DryRun: true})
		if err != nil || sum.New != 2 || sum.Wrong != 1 || !sum.Refused() || h.count(t, `enrolments`)+h.count(t, `uploads`) != 0 {
			t.Fatalf("a dry run: %+v, %v", sum, err)
		}
		last := 0
		sum, err = h.Import(ctx, scope, upload.Import{Path: path, Errors: wrong, Progress: func(done, total int) { last = done * 100 / total }})
		if err != nil || sum.New != 2 || sum.Wrong != 1 || last != 100 || h.count(t, `enrolments where org_id = 'a'`) != 2 {
			t.Fatalf("summary = %+v, %d%%, %v", sum, last, err)
		}
		var out bytes.Buffer
		if err := sum.Write(&out); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"cohort.csv: 3 rows, upload UP-", "new        2", "errors     1", "row 3: Contracted hours a week (N): \"many\" is not a number of hours. Write it like 37 or 22.5.", wrong} {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%q is not in:\n%s", text, out.String())
			}
		}
		data, _ := os.ReadFile(wrong)
		os.WriteFile(wrong, bytes.Replace(data, []byte(",many,"), []byte(",30,"), 1), 0o600)
		sum, err = h.Import(ctx, scope, upload.Import{Path: wrong})
		if err != nil || sum.New != 1 || sum.Refused() {
			t.Errorf("the mended file: %+v, %v", sum, err)
		}
		if h.count(t, `audit_lines where actor_kind = 'import' and what = 'registration.registered'`) != 3 {
			t.Error("the audit trail does not say that a file was imported")
		}
	})
}

func TestImportRefuses(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		_, err := h.Import(ctx, tenant.Import("x", "a"), upload.Import{Path: "no-such-file.csv"})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("no such file: %v", err)
		}
		h.stage(t, person(9))
		_, err = h.Import(ctx, tenant.Import("x", "a"), upload.Import{Path: h.file(t, person(1))})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("while an upload waits: %v", err)
		}
	})
}

// What is exported and uploaded again changes nothing, in either format.
func TestRoundTrip(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1, "given_name", "=1+1", "team", "-Duty", "middle_names", "Zoë; \"Z\"", "added_to_register_on", "1 July 2026"),
			person(2, "hours", "18.5", "email", "", "assessor_name", "", "assessor_email", "", "eligibility_agency", ""),
			person(3, "entry_route", "Other", "entry_route_other", "Abroad", "qualified_year", "", "eligibility_qualified", "3 July 2026", "eligibility_current", "Yes"))
		for _, format := range []string{"csv", "xlsx"} {
			var out bytes.Buffer
			if err := h.Export(ctx, ours, upload.Export{Format: format}, &out); err != nil {
				t.Fatal(err)
			}
			plan, err := h.Check(ctx, ours, h.read(t, out.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if counts(plan) != [4]int{0, 0, 3, 0} || len(plan.AllWarnings()) > 0 {
				t.Errorf("%s: %v %+v %+v", format, counts(plan), plan.Lines, plan.AllWarnings())
			}
			if format == "csv" && strings.Contains(out.String(), "\n=1") {
				t.Error("a formula stands in the CSV file")
			}
		}
	})
}

func TestExport(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1), person(2, "starts_on", "1 February 2026"))
		if u, err := h.Stage(ctx, them, h.sheet(t, person(3))); err != nil {
			t.Fatal(err)
		} else if _, err := h.Confirm(ctx, them, u.ID, upload.Decision{Seen: u.Version}); err != nil {
			t.Fatal(err)
		}
		system := tenant.System("test")
		this := upload.Export{Format: "json"}
		this.Cohort = 2026
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			e     upload.Export
			want  int
		}{
			{"one employer's own", ours, upload.Export{Format: "json"}, 2},
			{"a person cannot ask for another", ours, upload.Export{Format: "json", Employer: "b"}, 2},
			{"one cohort", ours, this, 1},
			{"every employer", system, upload.Export{Format: "json"}, 3},
			{"one of them", system, upload.Export{Format: "json", Employer: "b"}, 1},
		} {
			var out bytes.Buffer
			var rows []map[string]any
			if err := h.Export(ctx, tt.scope, tt.e, &out); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(out.Bytes(), &rows); err != nil || len(rows) != tt.want {
				t.Errorf("%s: %d rows, want %d, %v", tt.name, len(rows), tt.want, err)
				continue
			}
			if rows[0]["hours"] != 37.0 || rows[0]["eligibility_agency"] != false || rows[0]["middle_names"] != nil {
				t.Errorf("%s: %v", tt.name, rows[0])
			}
		}
		if err := h.Export(ctx, ours, upload.Export{Format: "ods"}, &bytes.Buffer{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another format: %v", err)
		}
	})
}
