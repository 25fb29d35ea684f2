package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// forgetful notes no reading.
type forgetful struct{ web.Results }

func (forgetful) Saw(context.Context, tenant.Scope, ...tenant.Reading) error { return nil }

// exact notes each page, also one that the same person has just looked at.
type exact struct{ web.Results }

func (e exact) Saw(ctx context.Context, scope tenant.Scope, read ...tenant.Reading) error {
	for i := range read {
		read[i].File = "measured"
	}
	return e.Results.Saw(ctx, scope, read...)
}

// readers is how many people look at records at the same time.
const readers = 8

// TestReadingNet looks at records with and without the lines of readings, counts
// the lines, and says how long pages take.
func TestReadingNet(t *testing.T) {
	unlessShort(t)
	rounds := proof.Rounds(t, 1)
	var saw []string
	measure := func(engine, address string) {
		s := benchService(t, address)
		coordinator, ids := fillFew(t, s)
		ways := []*way{{name: "without lines", results: forgetful{s.db}}, {name: "with a line for each page", results: exact{s.db}},
			{name: "as it is, where looking again within a minute is the same line", results: s.db}}
		for range rounds { // by turns, so that what else the machine does falls on all alike
			for _, w := range ways {
				w.look(t, s, coordinator, ids)
			}
		}
		if w := ways[1]; w.lines != len(w.times) {
			t.Errorf("%s: %d pages left %d lines", engine, len(w.times), w.lines)
		}
		for _, w := range ways {
			saw = append(saw, engine+", "+w.String())
			t.Log(saw[len(saw)-1])
		}
	}
	measure("SQLite", filepath.Join(t.TempDir(), "asye.db"))
	if dbtest.Server() != "" {
		measure("PostgreSQL", dbtest.PostgresAddress(t, schema.All()))
	}
	proof.Keep(t, proof.Result{Net: "audit-reading", Part: proof.NothingSilent,
		Promise: "Looking at a record leaves a line before the page is sent, and hardly anybody waits for it.",
		Saw:     fmt.Sprintf("%d people looking at records without a pause: %s", readers, strings.Join(saw, "; ")),
		Twin:    "readings that are not noted: noticed by the count of lines", Command: "make net-audit-reading"})
}

// TestReadingTwin: readings that are not noted are noticed.
func TestReadingTwin(t *testing.T) {
	if os.Getenv("ASYE_PROOF") == "" {
		t.Skip("builds the tests once more: make net-audit-reading runs it")
	}
	t.Setenv("ROUNDS", "1")
	proof.Noticed(t, "./internal/app", "TestReadingNet", proof.Edit{File: "internal/platform/db/audit_guard.go",
		Old: "	d.guard.read.Saw(ctx, scope, read...)\n", New: ""})
}

// way is one way of noting readings, and how long pages take with it.
type way struct {
	name    string
	results web.Results
	times   []time.Duration
	lines   int
}

// look lets people look at records, one after the other, for a second.
func (w *way) look(t *testing.T, s *service, who asye.PersonID, ids []asye.EnrolmentID) {
	t.Helper()
	site := httptest.NewServer(s.muxOn(w.results))
	defer site.Close()
	browsers := make([]*http.Client, readers)
	for i := range browsers {
		browsers[i] = signIn(t, s, site.URL, who)
	}
	before := s.lines(t)
	var guard sync.Mutex
	var hands sync.WaitGroup
	var next atomic.Int64
	until := time.Now().Add(time.Second)
	for _, browser := range browsers {
		hands.Go(func() {
			for time.Now().Before(until) {
				began := time.Now()
				fetch(t, browser, site.URL+paths.Registration(ids[int(next.Add(1))%len(ids)]))
				took := time.Since(began)
				guard.Lock()
				w.times = append(w.times, took)
				guard.Unlock()
			}
		})
	}
	hands.Wait()
	w.lines += s.lines(t) - before
}

// String says how long pages take.
func (w *way) String() string {
	slices.Sort(w.times)
	n := len(w.times)
	return fmt.Sprintf("%s: %d pages, %d lines, half within %s, 99 in 100 within %s", w.name, n, w.lines,
		round(w.times[n/2]), round(w.times[n*99/100]))
}

// lines is how many lines of readings there are.
func (s *service) lines(t *testing.T) int {
	t.Helper()
	n := 0
	if err := s.db.QueryRow(t.Context(), `select count(*) from audit_lines where reading`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// fillFew makes some registrations, and gives those of one employer and its
// coordinator.
func fillFew(t *testing.T, s *service) (asye.PersonID, []asye.EnrolmentID) {
	t.Helper()
	coordinator, last := fill(t, s, 2000)
	rows, err := s.db.Query(t.Context(), `select id from enrolments where org_id = (select org_id from enrolments where id = $1) order by id`, string(last))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var ids []asye.EnrolmentID
	for rows.Next() {
		var id asye.EnrolmentID
		if err := rows.Scan((*string)(&id)); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return coordinator, ids
}

func round(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
