package kill

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof"
)

const (
	promise1 = "What has been acknowledged is kept, once and whole, when %s is killed at any moment."
	command  = "make net-kill ROUNDS=%d"
)

// rounds is how many rounds a part of the net has: a share of what make says, or
// few.
func rounds(t *testing.T, share, few int) int {
	t.Helper()
	text := os.Getenv("ROUNDS")
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < share {
		t.Fatalf("ROUNDS is %q: write a number of %d or more", text, share)
	}
	return n / share
}

func TestDUR1_TheProgramIsKilledOnSQLite(t *testing.T) {
	e, binary := prepare(t, db.SQLite)
	saw := play(t, &campaign{t: t, binary: binary, engine: e}, rounds(t, 1, 14))
	var noticed []string
	for _, tw := range some(twins) {
		noticed = append(noticed, tw.play(t, e))
	}
	proof.Keep(t, proof.Result{Net: "kill-sqlite", Part: proof.NothingLost, Promise: fmt.Sprintf(promise1, "the program"),
		Saw:  fmt.Sprintf("SQLite: %s. %d more deaths while starting", saw, saw.atStart),
		Twin: strings.Join(noticed, "\n"), Command: fmt.Sprintf(command, rounds(t, 1, 14))})
}

func TestDUR1_TheProgramIsKilledOnPostgres(t *testing.T) {
	e, binary := prepare(t, db.Postgres)
	saw := play(t, &campaign{t: t, binary: binary, engine: e}, rounds(t, 5, 3))
	if !long() {
		return
	}
	proof.Keep(t, proof.Result{Net: "kill-postgres", Part: proof.NothingLost, Promise: fmt.Sprintf(promise1, "the program on PostgreSQL"),
		Saw:  fmt.Sprintf("PostgreSQL: %s. %d more deaths while starting", saw, saw.atStart),
		Twin: twins[1].play(t, e), Command: fmt.Sprintf(command, 5*saw.rounds)})
}

func TestDUR1_TheServerIsKilled(t *testing.T) {
	e, binary := prepare(t, db.Postgres)
	saw := play(t, &campaign{t: t, binary: binary, engine: e, victim: theServer}, rounds(t, 5, 3))
	if saw.slowest > 10*time.Second {
		t.Errorf("a page was there only %s after the server", saw.slowest)
	}
	if !long() {
		return
	}
	tw := twins[2]
	tw.victim = theServer
	proof.Keep(t, proof.Result{Net: "kill-server", Part: proof.NothingLost, Promise: fmt.Sprintf(promise1, "the PostgreSQL server"),
		Saw: fmt.Sprintf("the server with all its children, while the program goes on: %s. The first page was there again at most %d ms after the server",
			saw, saw.slowest.Milliseconds()),
		Twin: tw.play(t, e), Command: fmt.Sprintf(command, 5*saw.rounds)})
}

// long reports whether this is the net of the make target, and no short form.
func long() bool { return os.Getenv("ROUNDS") != "" }

// some is one of the twins in the short form.
func some(all []twin) []twin {
	if long() {
		return all
	}
	return all[2:]
}

// prepare builds the program, and a database with people in it.
func prepare(t *testing.T, dialect db.Dialect) (*engine, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program and kills it")
	}
	binary := proof.Program(t)
	return newEngine(t, binary, dialect), binary
}

// play runs the rounds, and fails the test unless everything was found as it
// was promised.
func play(t *testing.T, c *campaign, rounds int) seen {
	t.Helper()
	began := time.Now()
	saw := c.run(rounds)
	t.Logf("%s, in %s", saw, time.Since(began).Round(time.Millisecond))
	if saw.sent < rounds/4+1 {
		t.Errorf("the writers wrote too little to prove anything: %s", saw)
	}
	if saw.clean() {
		return saw
	}
	t.Error(saw)
	for what, list := range map[string][]string{"lost": saw.verdict.lost, "doubled": saw.verdict.doubled, "half-done": saw.verdict.half,
		"stray": saw.verdict.stray, "odd": saw.odd} {
		for _, text := range list[:min(len(list), 5)] {
			t.Errorf("%s: %s", what, text)
		}
	}
	return saw
}
