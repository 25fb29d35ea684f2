package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"example.org/asye/internal/proof"
)

// built is the program, built once for all tests of the package.
var built struct {
	sync.Mutex
	dir    string
	binary string
}

func TestMain(m *testing.M) {
	status := m.Run()
	os.RemoveAll(built.dir)
	os.Exit(status)
}

// program is the path of the program: of the twin, where one is put to the test.
func program(t *testing.T) string {
	t.Helper()
	if twin := os.Getenv(inTwin); twin != "" {
		return twin
	}
	built.Lock()
	defer built.Unlock()
	if built.binary != "" {
		return built.binary
	}
	dir, err := os.MkdirTemp("", "asye-faults-program")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "asye")
	if err := os.Rename(proof.Program(t), binary); err != nil {
		t.Fatal(err)
	}
	built.dir, built.binary = dir, binary
	return binary
}

// inTwin names a program with a mistake in it, for the tests to run against.
const inTwin = "ASYE_FAULTS_TWIN"

// The parts of the net.
const (
	fullMemory    = "SQLite on a full disk (tmpfs)"
	fullDisk      = "SQLite on a full disk (ext4)"
	fullServer    = "PostgreSQL on a full disk"
	hangingDisk   = "SQLite on a disk that hangs"
	heldFile      = "SQLite while another program holds the file"
	stopped       = "PostgreSQL stopped and started"
	hangingServer = "PostgreSQL hanging"
	hangingMail   = "with and without a mail server that hangs"
)

// notes are what the parts have seen.
var notes = struct {
	sync.Mutex
	all map[string]string
}{all: map[string]string{}}

// note keeps what one part saw, for [TestNetFaults].
func note(t *testing.T, part string, saw fmt.Stringer) {
	t.Helper()
	t.Logf("%s: %s", part, saw)
	notes.Lock()
	defer notes.Unlock()
	if !t.Failed() {
		notes.all[part] = saw.String()
	}
}
