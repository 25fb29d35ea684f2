package leak

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/registration"
)

// patience is how long an answer may take.
const patience = time.Minute

// long tells that somebody asked for the whole walk: the whole example service,
// both engines, and the twins.
func long() bool { return os.Getenv("WHOLE") != "" }

// told is everything that a program has said of itself during a walk.
type told struct {
	log, metrics, traces string
	requests             int
	spans                *gathered
	secrets              map[string]string
}

// leaks are the secrets in what was told.
func (w told) leaks() []string {
	var out []string
	for what, text := range map[string]string{"log": w.log, "metrics": w.metrics, "traces": w.traces} {
		for _, one := range found(text, w.secrets) {
			out = append(out, what+": "+one)
		}
	}
	return out
}

// listen runs a program on a database, lets people walk through it, and gives
// what was told.
func listen(t *testing.T, program, database string) told {
	t.Helper()
	g, metrics := gather(t), free(t)
	p, err := service.Start(program, database, "ASYE_METRICS_ADDR="+metrics, "ASYE_LOG_FORMAT=json",
		"ASYE_SMTP=smtp://127.0.0.1:1", "ASYE_MAIL_FROM=asye@example.org",
		"OTEL_EXPORTER_OTLP_ENDPOINT="+g.at, "OTEL_BSP_SCHEDULE_DELAY=100", "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=net")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if !p.Ended() {
			p.Stop()
		}
	}()
	d, err := service.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if enrolled := values(t, d, "enrolments", "id"); len(enrolled) == 0 {
		tellStories(t, d)
	}
	w := told{spans: g, requests: walk(t, d, p.Base)}
	time.Sleep(1500 * time.Millisecond) // the jobs of the walk
	res, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	w.secrets = secrets(t, d)
	p.Stop() // which sends the last of the traces
	w.metrics, w.log, w.traces = string(text), p.Log(), g.text()
	return w
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// tellStories puts the people on record whose stories the example tells.
func tellStories(t *testing.T, d *db.DB) {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	accounts := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	err = example.Stories(t.Context(), example.Stores{DB: d, Account: accounts, Employers: employers.NewStore(d, nil),
		Registration: registration.NewStore(d, catalogue, accounts, accounts), Equality: equality.NewStore(d)})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRUN13_NothingNamesAnybody(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := proof.Program(t)
	databases := []string{filepath.Join(t.TempDir(), "asye.db")}
	if long() {
		dir := t.TempDir()
		demo := exec.Command(program, "demo", "--no-serve", "--data", dir)
		demo.Env = append(os.Environ(), "ASYE_AUDIT_KEY="+service.AuditKey)
		if out, err := demo.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		databases = []string{filepath.Join(dir, "asye.db"), dbtest.EmptyPostgres(t)}
	}
	var saw []string
	for _, database := range databases {
		w := listen(t, program, database)
		for _, leak := range w.leaks() {
			t.Error(leak)
		}
		enough(t, w)
		saw = append(saw, fmt.Sprintf("%d requests, %d spans, %d lines of log, %d of metrics; %d names, addresses, identifiers and secrets looked for: 0 found.",
			w.requests, len(w.spans.spans), strings.Count(w.log, "\n"), strings.Count(w.metrics, "\n"), len(w.secrets)))
		t.Log(saw[len(saw)-1])
	}
	if long() {
		proof.Keep(t, proof.Result{Net: "metrics-leak", Part: proof.Running,
			Promise: "Logs, metrics and traces say how the service does, and of nobody who they are.",
			Saw:     strings.Join(saw, " "), Twin: twinsNoticed(t), Command: "make net-metrics-leak"})
	}
}

// enough holds that what was told is of use.
func enough(t *testing.T, w told) {
	t.Helper()
	for _, want := range []string{`asye_http_requests_total{method="GET",route="/registrations/{id}",status="2xx"}`, `asye_jobs{state="completed"}`,
		`asye_mail{state="waiting"}`, "asye_sessions ", "asye_database_connections", "asye_build_info", "asye_measures_failed 0"} {
		if !strings.Contains(w.metrics, want) {
			t.Errorf("RUN-13 the metrics do not have %s", want)
		}
	}
	if n := len(w.spans.wrong); n > 0 {
		t.Errorf("RUN-14 the collector could not read %d messages", n)
	}
	statements := 0
	for _, s := range w.spans.named("select") {
		if strings.Contains(attribute(s, "db.query.text"), "$1") && len(s.ParentSpanId) > 0 {
			statements++
		}
	}
	if len(w.spans.named("GET /registrations/{id}")) == 0 || len(w.spans.named("job account.mail_link")) == 0 || statements == 0 {
		t.Error("RUN-14 there are no traces of requests, jobs or statements")
	}
	routes := 0
	for line := range strings.Lines(w.log) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Errorf("RUN-15 a line of the log is not JSON: %s", line)
		}
		if one["msg"] == "request" && one["route"] == "/registrations/{id}" && one["trace"] != nil {
			routes++
		}
	}
	if routes == 0 {
		t.Error("RUN-15 the log does not have the requests with their traces")
	}
}

// twinsNoticed runs programs with a mistake in them, and says what was found.
func twinsNoticed(t *testing.T) string {
	t.Helper()
	var out []string
	for _, twin := range []struct {
		mistake string
		edits   []proof.Edit
	}{
		{"addresses in place of their patterns", []proof.Edit{{File: "internal/platform/web/answered.go", Old: "	return path\n}", New: "	return r.URL.Path\n}"}}},
		{"what was asked, in a trace of a statement", []proof.Edit{
			{File: "internal/platform/db/db.go", Old: "	ctx, end := spans.Statement(ctx, string(d.dialect), query)\n	row :=", New: "	ctx, end := spans.Statement(ctx, string(d.dialect), query+fmt.Sprint(args...))\n	row :="}}},
		{"who is signed in, in the log", []proof.Edit{{File: "internal/platform/web/mux.go", Old: "	r.Visitor, r.Scope = visitor, visitor.Scope\n",
			New: "	r.Visitor, r.Scope = visitor, visitor.Scope\n\tm.log.Info(\"a visitor\", \"name\", visitor.Name)\n"}}},
	} {
		w := listen(t, proof.Twin(t, twin.edits...), filepath.Join(t.TempDir(), "asye.db"))
		leaks := w.leaks()
		if len(leaks) == 0 {
			t.Errorf("the net does not notice %s", twin.mistake)
			continue
		}
		out = append(out, fmt.Sprintf("%s: %d found.", twin.mistake, len(leaks)))
	}
	proof.Noticed(t, "./internal/app", "TestRUN15", proof.Edit{File: "internal/platform/logs/logs.go",
		Old: "&slog.HandlerOptions{ReplaceAttr: veil}", New: "&slog.HandlerOptions{}"})
	return strings.Join(append(out, "e-mail addresses in errors are not veiled: noticed by TestRUN15."), "\n")
}
