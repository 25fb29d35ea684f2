package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/postgres"
)

// ownServer is a PostgreSQL server to be stopped, below a folder; prepared is
// done before it starts.
func ownServer(t *testing.T, dir string, prepared ...[]string) *postgres.Server {
	t.Helper()
	if testing.Short() {
		t.Skip("stops servers")
	}
	s, err := postgres.New(dir)
	if err != nil {
		t.Skip(err)
	}
	for _, command := range prepared {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v %s", command, err, out)
		}
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func temporary(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "asye-faults")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as somebody else
		t.Fatal(err)
	}
	return dir
}

// The server is stopped for a while, as for an upgrade, and started again.
func TestDUR6_PostgresIsStoppedAndStarted(t *testing.T) {
	server := ownServer(t, temporary(t))
	v := begin(t, server.Address("postgres"))
	for i := range proof.Rounds(t, 2) {
		v.saw.rounds++
		v.save()
		form, words := v.form()
		server.Stop()
		again, words, saved := v.try(form, words)
		if saved {
			t.Fatal("a change was acknowledged without a server")
		}
		v.away("/home")
		if i == 0 {
			time.Sleep(3 * time.Second) // the jobs and the outbox notice too
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		v.returns(again, words)
	}
	note(t, stopped, v.saw)
}

// The server hangs: it answers nobody, and its connections stay. A page says so
// after five seconds, and nobody waits for ever.
func TestDUR7_PostgresHangs(t *testing.T) {
	server := ownServer(t, temporary(t))
	v := begin(t, server.Address("postgres"))
	v.saw.rounds++
	v.save()
	form, words := v.form()
	held := server.Freeze()
	t.Cleanup(func() { server.Thaw(held) }) // before it is stopped, however this ends: a server held still never is
	var waiting sync.WaitGroup
	began := time.Now()
	for range 20 { // more than there are connections
		waiting.Go(func() { v.browser.Get(t.Context(), "/help") })
	}
	again, words, saved := v.try(form, words)
	v.away("/home")
	waiting.Wait()
	if took := time.Since(began); saved || took > 25*time.Second || v.saw.slowestRefusal > 12*time.Second {
		t.Errorf("without an answer: saved %v, told after %s, all after %s", saved, v.saw.slowestRefusal, took)
	}
	server.Thaw(held)
	v.returns(again, words)
	note(t, hangingServer, v.saw)
}

// The disk of the server is full, and its log lies elsewhere: with the log on a
// full disk PostgreSQL stops itself, which is the first of these tests.
func TestDUR6_TheDiskOfPostgresIsFull(t *testing.T) {
	disk, log := newPlace(t, "tmpfs", 128), filepath.Join(temporary(t), "log")
	data := filepath.Join(disk.at, "data", "pg_wal")
	server := ownServer(t, disk.at, []string{"mv", data, log}, []string{"ln", "-s", log, data})
	v := begin(t, server.Address("postgres"))
	for range proof.Rounds(t, 2) {
		v.saw.rounds++
		v.save()
		disk.fill()
		again, words := v.untilRefused()
		v.reads()
		v.check()
		disk.empty()
		v.returns(again, words)
	}
	note(t, fullServer, v.saw)
}
