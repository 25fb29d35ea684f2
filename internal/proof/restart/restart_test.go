package restart

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/schema"
)

// rounds is how often the program is replaced in each run: ROUNDS, or a few.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil && n > 0 {
		return n
	}
	return 3
}

// between is how long there is between two restarts.
const between = 700 * time.Millisecond

// run is the program on a database, replaced in one of the two ways.
type run struct {
	engine, way string
	database    string
	hold        bool
}

// do lets people work while the program is replaced, and gives what was seen.
func (r run) do(t *testing.T, program string, times int) *seen {
	t.Helper()
	crowd, err := service.Coordinators(t.Context(), program, r.database, people)
	if err != nil {
		t.Fatal(err)
	}
	p, s := newParent(t, program, r.database, r.hold), &seen{}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var workers []*worker
	var busy sync.WaitGroup
	for i, person := range crowd {
		w := newWorker(i, p.at, person, s)
		workers = append(workers, w)
		busy.Go(func() { w.work(ctx, i) })
	}
	for range times {
		time.Sleep(between)
		began := time.Now()
		if err := p.restart(); err != nil {
			s.failures = append(s.failures, "restart: "+err.Error())
			break
		}
		s.restarts++
		s.slowest = max(s.slowest, time.Since(began))
		s.note(0, collect(p.metrics))
	}
	time.Sleep(between)
	stop()
	busy.Wait()
	s.settle(t, r.database, workers)
	return s
}

// collect reads the metrics, whose socket is handed on like the other.
func collect(at string) error {
	client := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	var last error
	for range 50 { // a held socket is the web's alone: that of the metrics is opened anew
		res, err := client.Get("http://" + at + "/metrics")
		if err == nil {
			_, err = io.Copy(io.Discard, res.Body)
			res.Body.Close()
			return err
		}
		last = err
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("metrics: %w", last)
}

// settle compares what was acknowledged with what is there. Each change makes
// one line of the audit trail.
func (s *seen) settle(t *testing.T, database string, workers []*worker) {
	t.Helper()
	for _, w := range workers {
		s.writes += w.saved
	}
	d, err := service.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	kept := 0
	if err := d.QueryRow(context.Background(), `select count(*) from audit_lines where what = 'employer.changed'`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if kept != s.writes {
		s.failures = append(s.failures, fmt.Sprintf("%d changes were acknowledged, and %d are there", s.writes, kept))
	}
}

func (s *seen) String() string {
	return fmt.Sprintf("%d restarts, %d requests, %d changes: %d failed, longest wait %d ms (longest restart %d ms)",
		s.restarts, s.requests, s.writes, len(s.failures), s.worst.Milliseconds(), s.slowest.Milliseconds())
}

// runs are both ways, on the engines that there are.
func runs(t *testing.T) []run {
	t.Helper()
	var out []run
	for _, hold := range []bool{true, false} {
		way := map[bool]string{true: "socket held by a parent", false: "socket handed on"}[hold]
		out = append(out, run{"SQLite", way, filepath.Join(t.TempDir(), "asye.db"), hold})
		if os.Getenv("ROUNDS") != "" && os.Getenv("ASYE_TEST_POSTGRES") != "" {
			out = append(out, run{"PostgreSQL", way, dbtest.PostgresAddress(t, schema.All()), hold})
		}
	}
	return out
}

func TestRUN2_RestartsThatNobodyNotices(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and restarts the program")
	}
	program := proof.Program(t)
	var saw []string
	for _, r := range runs(t) {
		s := r.do(t, program, rounds())
		t.Logf("%s, %s: %s", r.engine, r.way, s)
		saw = append(saw, fmt.Sprintf("%s, %s: %s.", r.engine, r.way, s))
		for i, failure := range s.failures {
			if i == 10 {
				t.Errorf("and %d more", len(s.failures)-i)
				break
			}
			t.Error(failure)
		}
		if s.restarts != rounds() || s.requests < s.restarts*perSecond/2 || s.writes == 0 {
			t.Errorf("too little was seen: %s", s)
		}
		if s.worst > 3*time.Second {
			t.Errorf("somebody waited %s", s.worst)
		}
	}
	if os.Getenv("ROUNDS") == "" {
		return // the twins take as long again
	}
	proof.Keep(t, proof.Result{Net: "restart", Part: proof.NothingLost,
		Promise: "A release is put in place while people work, and nobody notices.",
		Saw:     strings.Join(saw, " "), Twin: twinsNoticed(t), Command: fmt.Sprintf("make net-restart ROUNDS=%d", rounds())})
}

const (
	succeeding = "internal/platform/serving/succeed.go"
	sockets    = "internal/platform/serving/socket.go"
	server     = "internal/platform/serving/server.go"
)

// twins are the program with a mistake in it, each with the way of restarting
// that must show it.
var twins = []struct {
	mistake string
	hold    bool
	edits   []proof.Edit
}{
	{"the socket is closed and opened anew, and not handed on", false, []proof.Edit{
		{File: succeeding, Old: "		err = next.Start()\n", New: "		for _, one := range s.open {\n\t\t\tone.Close()\n\t\t}\n\t\terr = next.Start()\n"},
		{File: sockets, Old: "	l = s.given[name]\n", New: "	if l = s.given[name]; l != nil {\n\t\tl.Close()\n\t\tl = nil\n\t}\n"}}},
	{"requests in hand are cut off", true, []proof.Edit{{File: server, Old: "	s.drain(quiet)\n", New: "	_ = quiet\n"}}},
}

// twinsNoticed runs each twin, and says how it was noticed.
func twinsNoticed(t *testing.T) string {
	t.Helper()
	var out []string
	for _, twin := range twins {
		r := run{"SQLite", "", filepath.Join(t.TempDir(), "asye.db"), twin.hold}
		s := r.do(t, proof.Twin(t, twin.edits...), 2)
		if len(s.failures) == 0 {
			t.Errorf("the net does not notice that %s: %s", twin.mistake, s)
			continue
		}
		out = append(out, fmt.Sprintf("%s: %d of %d requests failed.", twin.mistake, len(s.failures), s.requests))
		t.Logf("twin (%s): %s, first: %s", twin.mistake, s, s.failures[0])
	}
	return strings.Join(out, "\n")
}
