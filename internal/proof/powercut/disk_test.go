package powercut

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// disk is a file system in an image. It lies in memory where there is room, so
// that the rounds are short; the block device is the same.
type disk struct {
	t     *testing.T
	dir   string
	image string // the device
	at    string // where it is mounted
	cuts  int
}

// newDisk makes an empty one, or skips the test where that is not possible.
func newDisk(t *testing.T, megabytes int) *disk {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("a power cut needs root, to mount a file system in an image")
	}
	within := ""
	if _, err := os.Stat("/dev/shm"); err == nil {
		within = "/dev/shm"
	}
	dir, err := os.MkdirTemp(within, "asye-powercut")
	if err != nil {
		t.Fatal(err)
	}
	d := &disk{t: t, dir: dir, image: filepath.Join(dir, "0.img"), at: filepath.Join(dir, "0")}
	t.Cleanup(d.remove)
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as somebody else
		t.Fatal(err)
	}
	for _, command := range [][]string{{"truncate", "-s", fmt.Sprintf("%dM", megabytes), d.image}, {"mkfs.ext4", "-qF", "-m0", d.image}} {
		d.run(command...)
	}
	if err := d.mount(); err != nil {
		t.Skip(err)
	}
	d.run("sync", "-f", d.at)
	return d
}

func (d *disk) run(command ...string) {
	d.t.Helper()
	if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		d.t.Fatalf("%v: %v\n%s", command, err, out)
	}
}

func (d *disk) mount() error {
	if err := os.MkdirAll(d.at, 0o755); err != nil {
		return err
	}
	out, err := exec.Command("mount", "-o", "loop", d.image, d.at).CombinedOutput()
	if err != nil {
		return fmt.Errorf("a power cut needs loop devices, and this machine mounts none: %w %s", err, out)
	}
	return nil
}

// cut takes what has reached the device to a new one, and goes on with that.
// Nobody uses the old one any more.
func (d *disk) cut() {
	d.t.Helper()
	d.cuts++
	image, at := filepath.Join(d.dir, fmt.Sprintf("%d.img", d.cuts)), filepath.Join(d.dir, fmt.Sprint(d.cuts))
	d.run("cp", "--sparse=auto", d.image, image)
	d.run("umount", d.at)
	for _, old := range []string{d.image, d.at} {
		if err := os.Remove(old); err != nil {
			d.t.Fatal(err)
		}
	}
	d.image, d.at = image, at
	if err := d.mount(); err != nil {
		d.t.Fatal(err)
	}
}

// remove lets go of everything, whatever has happened.
func (d *disk) remove() {
	exec.Command("umount", "-l", d.at).Run()
	os.RemoveAll(d.dir)
}
