package upload_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/upload"
)

func (h house) file(t *testing.T, people ...row) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cohort.csv")
	if err := os.WriteFile(path, columnstest.CSV(t, people...), 0o600); err != nil {
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
		if err != nil || sum.New != 2 || sum.Wrong != 1 || !sum.Refused() || h.Count(t, `enrolments`)+h.Count(t, `uploads`) != 0 {
			t.Fatalf("a dry run: %+v, %v", sum, err)
		}
		last := 0
		sum, err = h.Import(ctx, scope, upload.Import{Path: path, Errors: wrong, Progress: func(done, total int) { last = done * 100 / total }})
		if err != nil || sum.New != 2 || sum.Wrong != 1 || last != 100 || h.Count(t, `enrolments where org_id = 'a'`) != 2 {
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
		if h.Count(t, `audit_lines where actor_kind = 'import' and what = 'registration.registered'`) != 3 {
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
