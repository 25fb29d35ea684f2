package faults

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// twin is a program with a mistake, and the test that has to notice it.
type twin struct {
	mistake, test string
	edit          proof.Edit
}

// results are what the net keeps, from the notes of its parts.
var results = []struct {
	net, promise string
	parts        []string
	twins        []twin
}{
	{"fault-disk", "While a disk is full or hangs, or another program holds the file, pages are shown, what cannot be saved is given back, and everything goes on by itself within ten seconds.",
		[]string{fullMemory, fullDisk, fullServer, hangingDisk, heldFile},
		[]twin{
			{"what was typed is not given back", "TestDUR6_TheDiskIsFull/tmpfs",
				proof.Edit{File: "internal/platform/web/unavailable.go", Old: "v.take(r)", New: "_ = r"}},
			{"a full disk is taken for a mistake of ours", "TestDUR6_TheDiskIsFull/tmpfs",
				proof.Edit{File: "internal/platform/db/engine/unavailable.go", Old: "case 5, 6, 8, 10, 13, 14:", New: "case 5, 6, 8, 10, 14:"}},
		}},
	{"fault-postgres", "While PostgreSQL is stopped or hangs, nobody waits for ever, what cannot be saved is given back, and everything goes on by itself within ten seconds.",
		[]string{stopped, hangingServer},
		[]twin{{"a page waits for the database as long as it may", "TestDUR7_PostgresHangs",
			proof.Edit{File: "internal/platform/web/patience.go", Old: "knockPatience = 5 * time.Second", New: "knockPatience = time.Hour"}}}},
	{"fault-mail", "A mail server that hangs slows no page and no change.", []string{hangingMail},
		[]twin{{"mail is sent within a transaction", "TestDUR6_TheMailServerHangs",
			proof.Edit{File: "internal/platform/mail/store.go", Old: "became, failure := o.server.send(context.WithoutCancel(ctx), m.id, m.Message)",
				New: "var became outcome\n\tvar failure error\n\to.db.Keep(ctx, func(*db.Tx) error {\n\t\tbecame, failure = o.server.send(context.WithoutCancel(ctx), m.id, m.Message)\n\t\treturn nil\n\t})"}}}},
}

// TestNetFaults runs after all others of the package, and keeps what they saw.
func TestNetFaults(t *testing.T) {
	if os.Getenv("ROUNDS") == "" {
		t.Skip("make net-faults plays every fault against its twins as well")
	}
	rounds := proof.Rounds(t, 1)
	t.Setenv("ROUNDS", "")
	for _, r := range results {
		var saw, noticed []string
		for _, part := range r.parts {
			if notes.all[part] == "" {
				t.Fatalf("nothing was seen of %s", part)
			}
			saw = append(saw, part+": "+notes.all[part])
		}
		for _, tw := range r.twins {
			noticed = append(noticed, tw.play(t))
		}
		proof.Keep(t, proof.Result{Net: r.net, Part: proof.NothingLost, Promise: r.promise, Saw: strings.Join(saw, ". "),
			Twin: strings.Join(noticed, "\n"), Command: fmt.Sprintf("make net-faults ROUNDS=%d", rounds)})
	}
}

// play runs the test against the twin, and says what noticed it.
func (tw twin) play(t *testing.T) string {
	t.Helper()
	t.Setenv(inTwin, proof.Twin(t, tw.edit))
	out, err := exec.Command(os.Args[0], "-test.run", "^"+strings.ReplaceAll(tw.test, "/", "$/^")+"$").CombinedOutput()
	if err == nil {
		t.Errorf("%s, and nobody notices: %s", tw.mistake, out)
	}
	return tw.mistake + ": " + first(string(out))
}

// first is the first thing that a failed test says.
func first(out string) string {
	for line := range strings.Lines(out) {
		if _, text, ok := strings.Cut(line, "_test.go:"); ok {
			_, text, _ = strings.Cut(text, ": ")
			return strings.ToValidUTF8(strings.TrimSpace(text[:min(len(text), 120)]), "")
		}
	}
	return "it failed"
}
