package workbook

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLibreOfficeSeesTheSame opens both formats in a program of others, which
// calculates them: the same worksheets, cells, numbers and ranges, and no
// formula.
func TestLibreOfficeSeesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: make office")
	}
	for _, w := range writers {
		text := converted(t, office, w.name, written(t, w, sample()))
		if strings.Contains(text, "table:formula") {
			t.Errorf("%s has a formula when it is opened", w.name)
		}
		f := readODS(t, text)
		pages := sample().pages()
		if len(f.Tables) != len(pages) {
			t.Fatalf("%s: %d worksheets, want %d", w.name, len(f.Tables), len(pages))
		}
		for n, p := range pages {
			if f.Tables[n].Name != p.name {
				t.Errorf("%s: worksheet %d is %s, want %s", w.name, n, f.Tables[n].Name, p.name)
			}
			sameCells(t, p, f.trimmed(n, len(p.lines)))
			if got, want := f.numbers(n), p.numbers(); got != want {
				t.Errorf("%s: worksheet %s has %d cells that are numbers, want %d", w.name, p.name, got, want)
			}
		}
		if at := slices.IndexFunc(f.Ranges, func(r odsRange) bool { return strings.EqualFold(r.Name, "table_1_gender") }); at < 0 || f.Ranges[at].Filter == "true" {
			t.Errorf("%s: the tables are %+v", w.name, f.Ranges)
		}
		for _, must := range []string{"<dc:title>Outcomes of the assessed &amp; supported year</dc:title>", "<dc:language>en-GB</dc:language>", `xlink:href="#`} {
			if !strings.Contains(text, must) {
				t.Errorf("%s: LibreOffice does not find %s", w.name, must)
			}
		}
	}
}

func converted(t *testing.T, office, format string, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "book."+format)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--norestore", "--convert-to", "fods", "--outdir", dir, file).CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "book.fods"))
	if err != nil {
		t.Fatalf("LibreOffice made nothing of the file: %s", said)
	}
	return string(text)
}

// trimmed is a worksheet without the empty cells and rows after its end, and
// with those that are written once for several written out.
func (f folder) trimmed(n, top int) (out [][]string) {
	s := f.Tables[n]
	rows := slices.Clone(s.Rows)
	if len(s.Head.Rows) > 0 {
		rows = slices.Insert(rows, top, s.Head.Rows...)
	}
	for _, r := range rows {
		var row []string
		for _, c := range r.Cells {
			if c.Repeated < 100 {
				row = append(row, slices.Repeat([]string{c.seen()}, max(c.Repeated, 1))...)
			}
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if r.Repeated < 1000 {
			out = append(out, slices.Repeat([][]string{row}, max(r.Repeated, 1))...)
		}
	}
	for len(out) > 0 && len(out[len(out)-1]) == 0 {
		out = out[:len(out)-1]
	}
	return out
}

// numbers counts the cells of a worksheet that a program can calculate with.
func (f folder) numbers(n int) (count int) {
	for _, r := range f.Tables[n].Rows {
		for _, c := range r.Cells {
			if c.Type == "float" || c.Type == "percentage" {
				count++
			}
		}
	}
	return count
}

func (p page) numbers() (count int) {
	for _, row := range p.table.rowsOrNone() {
		for _, c := range row {
			if c.isFigure() {
				count++
			}
		}
	}
	return count
}

func (g *grid) rowsOrNone() [][]cell {
	if g == nil {
		return nil
	}
	return g.rows
}
