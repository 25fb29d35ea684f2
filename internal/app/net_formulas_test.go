package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
	"example.org/asye/internal/registration/columns/columnstest"
)

// formulas are texts that a spreadsheet program would calculate, fetch or run.
var formulas = []string{"=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "=cmd|'/c calc'!A0", "=HYPERLINK(\"http://127.0.0.1:1/\",\"x\")",
	"＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", "''=1+1", " =1+1", "\u00a0=1+1", "=WEBSERVICE(\"http://127.0.0.1:1/\")", "=DDE(\"cmd\";\"/c calc\";\"1\")",
	"\";=1+1;\"", "=IMPORTXML(\"http://127.0.0.1:1/\",\"//a\")", "=1+1\n=2+2", "%=1+1", "|=1+1", "\u200b=1+1", "=SUM(1;1)"}

// formulaic puts one formula after another before what is typed. Names are
// refused where they hold the address of a website or an end of line.
func formulaic(used *int) words {
	given := map[string]string{} // the same words always get the same formula
	return func(text string, room int) string {
		*used++
		formula, ok := given[text]
		if !ok {
			formula = formulas[len(given)%len(formulas)]
			given[text] = formula
		}
		if room <= 100 && strings.ContainsAny(formula, "/\r\n\t") {
			formula = "=1+1"
		}
		if len([]rune(formula+text)) > room {
			return formula
		}
		return formula + text
	}
}

// outgoing goes along with a tour and keeps each spreadsheet that goes out.
type outgoing struct {
	files map[string][]byte
	whose map[string]string
}

func (f *outgoing) keep(o *tour, who, address string) {
	o.Helper()
	page := o.as(who).Get(address).Is(http.StatusOK)
	kind := "csv"
	if strings.Contains(page.Header.Get("Content-Type"), "spreadsheetml") {
		kind = "xlsx"
	}
	name := fmt.Sprintf("%02d-%s.%s", len(f.files), strings.Trim(regexp.MustCompile(`[^a-z]+`).ReplaceAllString(address, "-"), "-"), kind)
	f.files[name], f.whose[name] = []byte(page.Body), who
}

// TestNetFormulas: what people type is text in every spreadsheet that goes out,
// as a spreadsheet program sees it, and comes back as it was.
func TestNetFormulas(t *testing.T) {
	used := 0
	o := newTour(t, formulaic(&used))
	o.all()
	out := &outgoing{map[string][]byte{}, map[string]string{}}
	b := o.as(cora)
	b.Get("/upload").Attach("file", "=cohort.csv", columnstest.CSV(t, o.person(81, "hours", "=1+1"), o.person(82, "team", "@SUM(1)", "starts_on", "+1")))
	waiting, _, _ := strings.Cut(b.Is(200).Path(), "?")
	out.keep(o, cora, waiting+"/errors")
	b.Get(waiting + "/discard").Answer(waiting + "/discard")
	for _, who := range []string{cora, devi} {
		for _, format := range []string{"csv", "xlsx"} {
			out.keep(o, who, "/export?format="+format)
		}
	}
	for _, address := range []string{"/upload/template.csv", "/upload/template.xlsx"} {
		out.keep(o, cora, address)
	}
	out.keep(o, omar, "/outcomes/download?format=csv&by=gender&by=employer_type")
	cells := 0
	for name, data := range out.files {
		if strings.HasSuffix(name, ".csv") {
			cells += inert(t, name, data)
		}
	}
	comesBack(o, out)
	opened, texts := calculated(t, out.files)
	if !long() {
		return
	}
	if opened == 0 {
		t.Fatal("LibreOffice is not installed. On Debian: make office, or sudo apt-get install --no-install-recommends libreoffice-calc")
	}
	proof.Keep(t, proof.Result{Net: "formulas", Part: proof.HostileInput, Command: "make net-formulas",
		Promise: "What people type is never calculated, fetched or run by the spreadsheet program of whoever opens an export",
		Saw: fmt.Sprintf("%d texts typed into every field that takes words, each with one of %d formulas before it; %d files, opened and recalculated in "+
			"LibreOffice: 0 formula cells among %d; and the exports, brought in again, change nothing", used, len(formulas), opened, texts),
		Twin: noticed(t, "TestNetFormulas",
			mistake("cells that are not guarded", "begins with", "internal/platform/files/guard.go", "if active(text) {\n\t\treturn \"'\" + text", "if false && active(text) {\n\t\treturn \"'\" + text"),
			mistake("a guard that stays when the file comes back", "comes back", "internal/platform/files/guard.go", "if strings.HasPrefix(text, \"'\") && active(text) {", "if false && strings.HasPrefix(text, \"'\") && active(text) {"))})
}

// inert looks at the raw cells of a CSV file, as the programs do that take more
// for a formula than LibreOffice does.
func inert(t *testing.T, name string, data []byte) (cells int) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	for {
		row, err := r.Read()
		if err == io.EOF {
			return cells
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, cell := range row {
			cells++
			if first := strings.TrimSpace(cell); first != "" && strings.ContainsAny(first[:1], "=+@") || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") ||
				strings.HasPrefix(first, "-") && !regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?$`).MatchString(first) {
				t.Errorf("a cell of %s begins with what is taken for a formula: %q", name, cell)
			}
		}
	}
}

// unchanged are the figures of an upload in which every row is as on record.
var unchanged = regexp.MustCompile(`New 0 .* Changed 0 .* Unchanged [1-9].* With errors 0 `)

// comesBack brings the exports of a coordinator in again: every row is as it is
// on record.
func comesBack(o *tour, out *outgoing) {
	o.Helper()
	for name, data := range out.files {
		if !strings.Contains(name, "export") {
			continue
		}
		b := o.as(out.whose[name])
		b.Get("/upload").Attach("file", name, data)
		if b.Is(http.StatusOK); !unchanged.MatchString(b.Text()) {
			o.Errorf("%s comes back with changes:\n%.3000s", name, b.Text())
		}
		waiting, _, _ := strings.Cut(b.Path(), "?")
		b.Get(waiting + "/discard").Answer(waiting + "/discard")
	}
}

// calculated opens files in LibreOffice, which calculates them, and counts the
// cells that came to be formulas. It gives 0 files where there is no LibreOffice.
func calculated(t *testing.T, files map[string][]byte) (opened, cells int) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("LibreOffice is not installed: what it takes for a formula was not looked at")
		return 0, 0
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--norestore",
		// Commas, quotation marks, UTF-8, from line 1; numbers and formulas are looked for.
		"--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true", "--convert-to", "fods", "--outdir", filepath.Join(dir, "out")}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, name))
	}
	if said, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	for name := range files {
		text, err := os.ReadFile(filepath.Join(dir, "out", strings.TrimSuffix(strings.TrimSuffix(name, ".csv"), ".xlsx")+".fods"))
		if err != nil {
			t.Fatal(err)
		}
		opened++
		cells += bytes.Count(text, []byte("<table:table-cell"))
		for _, found := range regexp.MustCompile(`table:formula="[^"]*"`).FindAll(text, -1) {
			t.Errorf("PAG-9 %s has a formula when it is opened: %s", name, found)
		}
	}
	return opened, cells
}
