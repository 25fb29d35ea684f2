package upload_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

func catalogue(t *testing.T) *programme.Catalogue {
	t.Helper()
	c, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// golden compares with a file, and writes it when ASYE_GOLDEN is set.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if os.Getenv("ASYE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is written now. Look at the difference, and run the test with ASYE_GOLDEN=1 if it is meant", path)
	}
}

// The template, the document, the check and the export follow one definition.
func TestOneDefinition(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	var headers []string
	example := map[string]string{}
	for _, c := range upload.Read(h.Columns()) {
		headers = append(headers, c.Header)
		example[c.Key] = c.Example
	}
	t.Run("template", func(t *testing.T) {
		for _, format := range []string{"csv", "xlsx"} {
			var out bytes.Buffer
			if err := upload.Template(&out, format, catalogue(t)); err != nil {
				t.Fatal(err)
			}
			sheet, err := files.Read("t", bytes.NewReader(out.Bytes()), int64(out.Len()), files.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(sheet.Header, headers) {
				t.Errorf("%s template has %q, want %q", format, sheet.Header, headers)
			}
			if format == "csv" {
				golden(t, "testdata/template.csv", out.Bytes())
			}
		}
	})
	t.Run("document", func(t *testing.T) {
		golden(t, "../../../docs/registration-columns.md", []byte(upload.Document(h.Columns())))
	})
	t.Run("export", func(t *testing.T) {
		var out bytes.Buffer
		if err := h.Export(ctx, ours, upload.Export{Format: "csv"}, &out); err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/export-header.csv", out.Bytes())
		sheet := h.read(t, out.Bytes())
		if !slices.Equal(sheet.Header[:len(headers)], headers) {
			t.Errorf("the export begins with %q, want %q", sheet.Header[:len(headers)], headers)
		}
	})
	t.Run("examples", func(t *testing.T) {
		delete(example, "entry_route_other") // only with the entry route Other
		plan, err := h.Check(ctx, ours, h.sheet(t, example))
		if err != nil {
			t.Fatal(err)
		}
		if counts(plan) != [4]int{1, 0, 0, 0} {
			t.Errorf("the row of examples is refused: %+v", plan.Problems())
		}
	})
}

// Whatever registration says is wrong has a column to stand under.
func TestProblemsHaveColumns(t *testing.T) {
	columns := upload.Columns(catalogue(t))
	entries := []registration.Entry{{}, {Programme: "child-and-family", StartsOn: asye.MustDate("2026-09-01"),
		EntryRoute: "other", Qualification: "?", QualifiedYear: 1, AssessorEmail: "x", Hours: 9, FullTimeHours: 1,
		AddedToRegisterOn: asye.MustDate("2040-01-01"), DateOfBirth: asye.MustDate("2040-01-01"),
		Identity:    asye.Identity{MiddleNames: strings.Repeat("x", 101), Email: "x"},
		Eligibility: programme.Answers{Registered: programme.No, InSector: programme.No}}}
	for _, e := range entries {
		_, err := registration.Register(e, catalogue(t), asye.MustDate("2026-11-22"))
		problems := fault.ProblemsOf(err)
		if len(problems) < 5 {
			t.Fatalf("only %d problems", len(problems))
		}
		for _, p := range problems {
			if _, ok := upload.Of(columns, p.Field); !ok {
				t.Errorf("no column for the problem %+v", p)
			}
		}
	}
}

func TestHeadersMeanOneThing(t *testing.T) {
	plain := func(text string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789", r) {
				return r
			}
			return -1
		}, strings.ToLower(text))
	}
	seen := map[string]string{}
	for _, c := range upload.Columns(catalogue(t)) {
		mine := map[string]bool{}
		for _, name := range append([]string{c.Header, c.Key}, c.Aliases...) {
			mine[plain(name)] = true
		}
		for name := range mine {
			if other, twice := seen[name]; twice {
				t.Errorf("%q is a header of both %s and %s", name, other, c.Key)
			}
			seen[name] = c.Key
		}
	}
}
