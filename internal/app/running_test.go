package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/disclosure"
	"example.org/asye/internal/platform/logs"
	"example.org/asye/internal/platform/metrics"
)

// answerOf asks a service for an address.
func answerOf(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestRUN12_HealthSaysEnoughAndNoMore(t *testing.T) {
	s := exampleless(t)
	h := s.handler()
	expect := func(path string, status int, body string) {
		t.Helper()
		if code, said := answerOf(t, h, path); code != status || said != body+"\n" {
			t.Errorf("%s: %d %q, want %d %q", path, code, said, status, body)
		}
	}
	expect("/healthz", 200, "alive")
	expect("/readyz", 200, "ready")
	run := func(statement string) {
		t.Helper()
		err := s.db.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	run(`insert into schema_needs (migration) values (9999999999)`)
	expect("/readyz", 503, "not ready: the database is of a later release")
	run(`delete from schema_needs`)
	run(`delete from goose_db_version where version_id = (select max(version_id) from goose_db_version)`)
	expect("/readyz", 503, "not ready: the database is of an earlier release")
	s.db.Close()
	expect("/readyz", 503, "not ready: the database does not answer")
	expect("/healthz", 200, "alive")
}

func TestRUN16_SecurityText(t *testing.T) {
	s := exampleless(t)
	if code, said := answerOf(t, s.handler(), "/.well-known/security.txt"); code != 404 || !strings.Contains(said, "names nobody") {
		t.Errorf("without the setting: %d %s", code, said)
	}
	for setting, want := range map[string]string{"faults@example.org": "mailto:faults@example.org", "mailto:faults@example.org": "mailto:faults@example.org",
		"https://example.org/faults": "https://example.org/faults", "http://example.org/faults": "", "nobody": "", "a@b.example, c@d.example": ""} {
		got, err := disclosure.ParseContact(setting)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("security_contact %q: %q, %v", setting, got, err)
		}
	}
	s.config.Contact, s.config.Site.Secure, s.config.Account.BaseURL = "mailto:faults@example.org", true, "https://asye.example.org"
	code, said := answerOf(t, s.handler(), "/.well-known/security.txt")
	fields := map[string]string{}
	for line := range strings.Lines(said) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields[name] = text
	}
	expires, err := time.Parse(time.RFC3339, fields["Expires"])
	ahead := time.Until(expires)
	if code != 200 || fields["Contact"] != "mailto:faults@example.org" || fields["Canonical"] != "https://asye.example.org/.well-known/security.txt" ||
		err != nil || ahead < 29*24*time.Hour || ahead > 30*24*time.Hour {
		t.Errorf("%d\n%s\n%v", code, said, err)
	}
	if _, out, _ := program(t, nil, "config", "check"); !strings.Contains(out, "security_contact is not set") {
		t.Errorf("config check does not say what is missing:\n%s", out)
	}
}

func TestRUN13_MetricsAreForThisMachineUnlessSaid(t *testing.T) {
	for setting, want := range map[string]string{"": "", ":9464": "127.0.0.1:9464", "127.0.0.1:9464": "127.0.0.1:9464",
		"0.0.0.0:9464": "0.0.0.0:9464", "[::1]:9464": "[::1]:9464"} {
		if got, err := metrics.Address(setting); got != want || err != nil {
			t.Errorf("metrics_addr %q: %q, %v", setting, got, err)
		}
	}
	for _, wrong := range []string{"9464", "127.0.0.1:"} {
		if got, err := metrics.Address(wrong); err == nil {
			t.Errorf("metrics_addr %q: %q", wrong, got)
		}
	}
}

func TestRUN15_LogHasPatternsAndNoAddresses(t *testing.T) {
	var written bytes.Buffer
	s := exampleless(t)
	s.log = config{LogFormat: "json"}.logger(&written)
	m := s.handler()
	m.Tell(logs.Requests(s.log))
	for _, path := range []string{"/registrations/0192-mary?find=Mary+Jones", "/nowhere/mary.jones@example.org", "/readyz", "/assets/nothing.css"} {
		answerOf(t, m, path)
	}
	s.log.Warn("a job failed", "error", errors.New("550 5.1.1 <mary.jones@example.org>: no such user"), "email", "mary.jones@example.org",
		"people", []string{"mary.jones@example.org"})
	lines := 0
	for decoder := json.NewDecoder(bytes.NewReader(written.Bytes())); ; lines++ {
		var line map[string]any
		if err := decoder.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v\n%s", err, written.String())
		}
		if line["msg"] == "request" && (line["route"] == "" || line["reference"] == "" || line["ms"] == nil) {
			t.Errorf("a line lacks something: %v", line)
		}
	}
	if lines != 3 {
		t.Errorf("%d lines, want two requests and a warning:\n%s", lines, written.String())
	}
	for _, never := range []string{"mary", "Mary", "example.org", "0192"} {
		if strings.Contains(written.String(), never) {
			t.Errorf("the log has %q:\n%s", never, written.String())
		}
	}
	if !strings.Contains(written.String(), `"route":"/registrations/{id}"`) || !strings.Contains(written.String(), "550 5.1.1 <…@…>: no such user") {
		t.Errorf("the log lacks what an operator needs:\n%s", written.String())
	}
}

// What is asked again is the reference on the page of an error, in the answer
// and in the log.
func TestRUN15_OneReference(t *testing.T) {
	var written bytes.Buffer
	s := exampleless(t)
	s.log = slog.New(slog.NewTextHandler(&written, nil))
	m := s.handler()
	m.Tell(logs.Requests(s.log))
	s.db.Close()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/setup", nil))
	reference := w.Header().Get("X-Request-Id")
	if w.Code < 500 || reference == "" || !strings.Contains(w.Body.String(), reference) || strings.Count(written.String(), "reference="+reference) != 2 {
		t.Errorf("%d, %q\n%s\n%s", w.Code, reference, w.Body.String(), written.String())
	}
}

func TestRunningSettings(t *testing.T) {
	for key, wrong := range map[string]string{"log_format": "xml", "migrate": "perhaps", "metrics_addr": "here", "security_contact": "me",
		"stop_notice": "soon"} {
		status, _, err := program(t, []string{"ASYE_" + strings.ToUpper(key) + "=" + wrong}, "config", "check")
		if status != 1 || !strings.Contains(err, "the setting "+key) {
			t.Errorf("%s=%s ends with %d: %s", key, wrong, status, err)
		}
	}
}

// A schema that is left to asye migrate is not changed by asye serve.
func TestRUN6_SchemaCanBeLeftToTheOperator(t *testing.T) {
	database := "--database=" + t.TempDir() + "/asye.db"
	status, _, err := program(t, []string{"ASYE_MIGRATE=no"}, "serve", database)
	if status != 1 || !strings.Contains(err, "Run asye migrate") {
		t.Errorf("ends with %d: %s", status, err)
	}
	if status, _, err := program(t, nil, "migrate", database); status != 0 {
		t.Fatal(err)
	}
	l, failure := net.Listen("tcp", "127.0.0.1:0")
	if failure != nil {
		t.Fatal(failure)
	}
	defer l.Close()
	// It comes as far as the socket, which somebody has.
	status, _, err = program(t, []string{"ASYE_MIGRATE=no"}, "serve", database, "--addr="+l.Addr().String())
	if status != 1 || !strings.Contains(err, "cannot be listened on") {
		t.Errorf("ends with %d: %s", status, err)
	}
}

// The settings file that comes with the package is understood, its comments too.
func TestPackagedSettings(t *testing.T) {
	text, err := os.ReadFile("../../packaging/systemd/asye.conf")
	if err != nil {
		t.Fatal(err)
	}
	smtp := filepath.Join(t.TempDir(), "smtp")
	if err := os.WriteFile(smtp, []byte("smtp://mail.example.org"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := strings.NewReplacer("\n# smtp_file = /etc/asye/smtp", "\nsmtp_file = "+smtp, "\n# mail_from", "\nmail_from", "\n# security", "\nsecurity",
		"\n# metrics", "\nmetrics", "\n# log", "\nlog").Replace(string(text))
	file := filepath.Join(t.TempDir(), "asye.conf")
	if err := os.WriteFile(file, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, problem := program(t, nil, "config", "check", "--config", file)
	if status != 0 || strings.Count(out, "(file ") != 8 {
		t.Errorf("ends with %d:\n%s%s", status, out, problem)
	}
}

// asye ready is what containers ask.
func TestReady(t *testing.T) {
	s := exampleless(t)
	server := httptest.NewServer(s.handler())
	defer server.Close()
	addr := "--addr=" + strings.TrimPrefix(server.URL, "http://")
	if status, out, err := program(t, nil, "ready", addr); status != 0 || out != "ready\n" {
		t.Errorf("ends with %d: %s%s", status, out, err)
	}
	s.db.Close()
	if status, _, err := program(t, nil, "ready", addr); status != 1 || !strings.Contains(err, "the database does not answer") {
		t.Errorf("without a database it ends with %d: %s", status, err)
	}
	server.Close()
	if status, _, err := program(t, nil, "ready", addr); status != 1 || !strings.Contains(err, "does not answer") {
		t.Errorf("without a service it ends with %d: %s", status, err)
	}
}

// asye sbom lists every module that is in this very program.
func TestRUN17_SbomOfTheProgram(t *testing.T) {
	status, out, err := program(t, nil, "sbom")
	if status != 0 || !strings.Contains(out, `"bomFormat": "CycloneDX"`) || !strings.Contains(out, "pkg:golang/std@") {
		t.Errorf("ends with %d: %s%s", status, out, err)
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		t.Fatal("the test does not know what it is made of")
	}
	for _, m := range info.Deps {
		if !strings.Contains(out, `"pkg:golang/`+m.Path+"@"+m.Version+`"`) {
			t.Errorf("the list lacks %s", m.Path)
		}
	}
}
