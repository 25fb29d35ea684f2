package faults

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// place is a small disk that a test may fill and hold still.
type place struct {
	t  *testing.T
	at string
}

// newPlace mounts one, or skips the test where that is not possible.
func newPlace(t *testing.T, kind string, megabytes int) place {
	t.Helper()
	if testing.Short() {
		t.Skip("mounts disks and fills them")
	}
	if os.Getuid() != 0 {
		t.Skip("a full disk needs root, to mount a small one")
	}
	dir, err := os.MkdirTemp("", "asye-faults")
	if err != nil {
		t.Fatal(err)
	}
	p := place{t, filepath.Join(dir, "disk")}
	t.Cleanup(func() {
		exec.Command("umount", "-l", p.at).Run()
		os.RemoveAll(dir)
	})
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as somebody else
		t.Fatal(err)
	}
	if err := os.Mkdir(p.at, 0o755); err != nil {
		t.Fatal(err)
	}
	size, image := fmt.Sprintf("%dM", megabytes), filepath.Join(dir, "image")
	commands := [][]string{{"mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", p.at}}
	if kind == "ext4" {
		commands = [][]string{{"truncate", "-s", size, image}, {"mkfs.ext4", "-qF", "-m0", image}, {"mount", "-o", "loop", image, p.at}}
	}
	for _, command := range commands {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Skipf("this machine mounts no %s: %v %s", kind, err, out)
		}
	}
	return p
}

// fill leaves no room at all.
func (p place) fill() {
	p.t.Helper()
	f, err := os.Create(filepath.Join(p.at, "filler"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 20, 1 << 12, 1} {
		for block := make([]byte, size); ; {
			if _, err := f.Write(block); err != nil {
				break
			}
		}
	}
	if _, err := f.Seek(0, io.SeekCurrent); err != nil {
		p.t.Fatal(err)
	}
}

// empty gives the room back.
func (p place) empty() {
	p.t.Helper()
	if err := os.Remove(filepath.Join(p.at, "filler")); err != nil {
		p.t.Fatal(err)
	}
}

// hold keeps everything that is written waiting, as a disk does that hangs.
func (p place) hold() {
	p.t.Helper()
	if out, err := exec.Command("fsfreeze", "-f", p.at).CombinedOutput(); err != nil {
		p.t.Skipf("this machine cannot hold a disk still: %v %s", err, out)
	}
}

func (p place) release() {
	p.t.Helper()
	if out, err := exec.Command("fsfreeze", "-u", p.at).CombinedOutput(); err != nil {
		p.t.Fatalf("%v %s", err, out)
	}
}
