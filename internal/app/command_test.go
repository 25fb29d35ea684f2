package app

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/golden"
)

// program runs asye as an operator does, and gives what it printed.
func program(t *testing.T, environ []string, args ...string) (status int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	status = Main(Process{Args: args, Environ: environ, Out: &o, Err: &e, Version: "test"})
	return status, o.String(), e.String()
}

func TestHelpFitsOneScreen(t *testing.T) {
	commands := strings.Split(`|demo|serve|migrate|backup|backup make|backup verify|backup key|restore|move|ship|config|config check|import|`+
		`import registrations|export|export registrations|outcomes|table|template|template registrations|employers|policy|policy show|policy data|ready|sbom|administrator|audit|audit verify|audit checkpoint|audit key|audit renew|version|`+
		`person|person copy|person erase|person hold|person lift|retention`, "|")
	var all strings.Builder
	for _, command := range commands {
		args := append(strings.Fields(command), "--help")
		status, out, _ := program(t, nil, args...)
		if status != 0 {
			t.Errorf("asye %s ends with %d", strings.Join(args, " "), status)
		}
		if n := strings.Count(out, "\n"); n > 40 {
			t.Errorf("the help of %q has %d lines", command, n)
		}
		if !strings.Contains(out, "Example: asye") && !strings.Contains(out, "Commands:") {
			t.Errorf("the help of %q has no example", command)
		}
		all.WriteString("$ asye " + strings.Join(args, " ") + "\n" + out + "\n")
	}
	golden.Text(t, "help", all.String())
}

func TestExitStatuses(t *testing.T) {
	dir := t.TempDir()
	database := "--database=" + filepath.Join(dir, "asye.db")
	wrong := filepath.Join(dir, "wrong.csv")
	if err := os.WriteFile(wrong, []byte("First name,Shoe\nAmara,5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"version", []string{"version"}, 0, "asye test"},
		{"migrate", []string{"migrate", database}, 0, "up to date"},
		{"migrate twice", []string{"migrate", database}, 0, "up to date"},
		{"employers", []string{"employers", database}, 0, "Barking and Dagenham"},
		{"unknown command", []string{"frobnicate"}, 2, "unexpected argument"},
		{"unknown flag", []string{"serve", "--port=1"}, 2, "unknown flag"},
		{"unknown employer", []string{"import", "registrations", wrong, "--employer=999", database}, 2, "no employer with the code"},
		{"no such file", []string{"import", "registrations", "nowhere.csv", "--employer=301", database}, 2, "nowhere.csv"},
		{"columns missing", []string{"import", "registrations", wrong, "--employer=301", database}, 3, "column"},
		{"unknown characteristic", []string{"outcomes", "--by=shoe", database}, 2, "gender"},
		{"unknown cohort", []string{"outcomes", "--cohorts=2018", database}, 2, "2026-27"},
		{"unknown format", []string{"outcomes", "--format=pdf", database}, 2, "json"},
		{"bad cohort", []string{"export", "registrations", "--cohort=26", database}, 2, "financial year"},
		{"database that cannot be", []string{"migrate", "--database=" + dir}, 1, "cannot be opened"},
		{"example on a public address", []string{"demo", "--no-serve", "--data=" + dir, "--addr=0.0.0.0:80"}, 2, "this machine only"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, err := program(t, nil, tt.args...)
			if status != tt.status || !strings.Contains(out+err, tt.says) {
				t.Errorf("ends with %d and says\n%s%s\nwant %d and %q", status, out, err, tt.status, tt.says)
			}
		})
	}
}

func TestConfigCheck(t *testing.T) {
	status, out, _ := program(t, []string{"ASYE_BASE_URL=https://asye.example.org", "ASYE_BASE_URI=x"}, "config", "check")
	if status != 3 || !strings.Contains(out, "https://asye.example.org") || !strings.Contains(out, "(environment)") ||
		!strings.Contains(out, "ASYE_BASE_URI sets nothing. Did you mean base_url?") {
		t.Errorf("ends with %d:\n%s", status, out)
	}
	if status, out, err := program(t, []string{"ASYE_COLOUR=#ffff00"}, "config", "check"); status != 1 || !strings.Contains(err, "colour") {
		t.Errorf("ends with %d:\n%s%s", status, out, err)
	}
	if status, out, _ := program(t, nil, "config", "check"); status != 0 {
		t.Errorf("ends with %d:\n%s", status, out)
	}
}

// TestSpreadsheetThereAndBack fills the template, imports it, exports it, and
// imports the export, which changes nothing.
func TestSpreadsheetThereAndBack(t *testing.T) {
	dir := t.TempDir()
	database := "--database=" + filepath.Join(dir, "asye.db")
	in, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.csv")
	if status, _, err := program(t, nil, "template", "registrations", "--format=csv", "--out="+in); status != 0 {
		t.Fatal(err)
	}
	template, err := os.ReadFile(in)
	if err != nil {
		t.Fatal(err)
	}
	fillIn(t, in, string(template))
	status, said, problem := program(t, nil, "import", "registrations", in, "--employer=301", database)
	if status != 0 || !strings.Contains(said, "new        1") {
		t.Fatalf("import ends with %d:\n%s%s", status, said, problem)
	}
	if status, _, problem := program(t, nil, "export", "registrations", "--employer=301", "--out="+out, database); status != 0 {
		t.Fatal(problem)
	}
	status, said, problem = program(t, nil, "import", "registrations", out, "--employer=301", database)
	if status != 0 || !strings.Contains(said, "unchanged  1") {
		t.Errorf("importing the export ends with %d:\n%s%s", status, said, problem)
	}
	_, said, _ = program(t, nil, "export", "registrations", "--format=json", database)
	var all []map[string]any
	if err := json.Unmarshal([]byte(said), &all); err != nil || len(all) != 1 {
		t.Errorf("%v: %s", err, said)
	}
	if _, said, _ = program(t, nil, "outcomes", "--format=json", database); !strings.Contains(said, `"registrations": 1`) {
		t.Errorf("outcomes: %s", said)
	}
}

func TestRoutes(t *testing.T) {
	s := exampleless(t)
	var all strings.Builder
	for _, route := range s.mux().Routes() {
		all.WriteString(route.String() + "\n")
	}
	golden.Text(t, "routes", all.String())
}

// fillIn writes one NQSW under the template's header.
func fillIn(t *testing.T, path, header string) {
	t.Helper()
	row := map[string]string{"First name": "Amara", "Last name": "Okafor", "Social Work England number": "SW4321",
		"Date of birth": "3/2/1998", "Programme": "Child and family ASYE", "Start date": "1 September 2026",
		"Contracted hours a week": "22.2", "Full-time hours a week": "37", "Year finished qualification": "2026",
		"Registered with Social Work England": "Yes", "Works in the programme's sector": "yes", "Agency worker": "No", "Already funded": "No"}
	names := strings.Split(strings.TrimSpace(strings.TrimPrefix(header, "\ufeff")), ",")
	cells := make([]string, len(names))
	for i, name := range names {
		cells[i] = row[name]
		delete(row, name)
	}
	if len(row) > 0 {
		t.Fatalf("the template lacks %v", row)
	}
	if err := os.WriteFile(path, []byte(strings.Join(names, ",")+"\r\n"+strings.Join(cells, ",")+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// exampleless is the service on an empty database.
func exampleless(t *testing.T) *service {
	t.Helper()
	cfg, err := understand(must(t, given{flags: map[string]string{"database": filepath.Join(t.TempDir(), "asye.db")}}.read))
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), cfg, clock.Real(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	return s
}

func must[T any](t *testing.T, do func() (T, error)) T {
	t.Helper()
	v, err := do()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
