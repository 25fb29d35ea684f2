package columns_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
	"example.org/asye/internal/registration/columns/columnstest"
)

// The template, the document and the reading of a row follow one definition.
// The export's test holds its header to the same list.
func TestOneDefinition(t *testing.T) {
	list := columnstest.List(t)
	t.Run("template", func(t *testing.T) {
		for _, format := range []string{"csv", "xlsx"} {
			var out bytes.Buffer
			if err := list.Template(&out, format); err != nil {
				t.Fatal(err)
			}
			sheet := columnstest.Read(t, out.Bytes())
			if want := columns.Headers(list.Read()); !slices.Equal(sheet.Header, want) {
				t.Errorf("%s template has %q, want %q", format, sheet.Header, want)
			}
			if format == "csv" {
				golden.Text(t, "template.csv", out.String())
			}
		}
		if err := list.Template(&bytes.Buffer{}, "ods"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another format: %v", err)
		}
	})
	t.Run("document", func(t *testing.T) {
		golden.File(t, "../../../docs/registration-columns.md", list.Document())
	})
	t.Run("examples", func(t *testing.T) {
		var e registration.Entry
		for _, c := range list.Read() {
			if c.Key == "entry_route_other" {
				continue // only with the entry route Other
			}
			if err := c.Parse(files.Cell{Text: c.Example}, &e); err != nil {
				t.Errorf("the example of %s: %v", c.Key, err)
			}
			if c.Text(e) == "" {
				t.Errorf("the example of %s is read and not written", c.Key)
			}
		}
		if _, err := registration.Register(e, columnstest.Catalogue(t), asye.MustDate("2026-11-22")); err != nil {
			t.Errorf("the row of examples is refused: %v", err)
		}
	})
}

// Whatever registration says is wrong has a column to stand under.
func TestProblemsHaveColumns(t *testing.T) {
	list, catalogue := columnstest.List(t), columnstest.Catalogue(t)
	entries := []registration.Entry{{}, {Programme: "child-and-family", StartsOn: asye.MustDate("2026-09-01"),
		EntryRoute: "other", Qualification: "?", QualifiedYear: 1, AssessorEmail: "x", Hours: 9, FullTimeHours: 1,
		AddedToRegisterOn: asye.MustDate("2040-01-01"), DateOfBirth: asye.MustDate("2040-01-01"),
		Identity:    asye.Identity{MiddleNames: strings.Repeat("x", 101), Email: "x"},
		Eligibility: programme.Answers{Registered: programme.No, InSector: programme.No}}}
	for _, e := range entries {
		_, err := registration.Register(e, catalogue, asye.MustDate("2026-11-22"))
		problems := fault.ProblemsOf(err)
		if len(problems) < 5 {
			t.Fatalf("only %d problems", len(problems))
		}
		for _, p := range problems {
			if _, ok := list.Of(p.Field); !ok {
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
	for _, c := range columnstest.List(t).All() {
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
