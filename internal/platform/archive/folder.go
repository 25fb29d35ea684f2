package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// How the name of a backup ends: encrypted, and not.
const (
	sealedEnding = ".age"
	plainEnding  = ".plain"
)

// partial is how the name of a backup ends that is being written. A backup gets
// its own name only when it has been read back.
const partial = ".partial"

var backupName = regexp.MustCompile(`^asye-(\d{8}T\d{6}Z)(\.age|\.plain)$`)

const nameLayout = "20060102T150405Z"

// FileName is what a backup of an instant is called in a folder.
func FileName(at asye.Instant, k Keys) string {
	ending := sealedEnding
	if k.IsZero() {
		ending = plainEnding
	}
	return "asye-" + at.Time().Format(nameLayout) + ending
}

// Folder keeps backups as files, by the instants at which they were made.
type Folder string

// Kept is one backup in a folder.
type Kept struct {
	Name string
	At   asye.Instant
	Size int64
}

// List finds the backups in the folder, the oldest first. Other files are none
// of its business.
func (f Folder) List() ([]Kept, error) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return nil, fmt.Errorf("the folder of the backups cannot be read: %w", err)
	}
	var out []Kept
	for _, e := range entries {
		m := backupName.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(nameLayout, m[1])
		if err != nil {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // somebody has just taken it away
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Kept{e.Name(), asye.InstantOf(at), info.Size()})
	}
	slices.SortFunc(out, func(a, b Kept) int { return a.At.Time().Compare(b.At.Time()) })
	return out, nil
}

// Remove takes a backup away.
func (f Folder) Remove(name string) error {
	if !backupName.MatchString(name) {
		return fmt.Errorf("%q is not the name of a backup", name)
	}
	return os.Remove(filepath.Join(string(f), name))
}

// Sweep takes away what was left of backups that were never finished, and that
// nobody has written to since an instant.
func (f Folder) Sweep(before asye.Instant) error {
	names, err := filepath.Glob(filepath.Join(string(f), "asye-*"+partial))
	for _, name := range names {
		if info, e := os.Stat(name); e == nil && info.ModTime().Before(before.Time()) {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return err
}

// draft is a backup that is being written under a name of its own.
type draft struct {
	path string
	file *os.File
	hash hash.Hash
	size int64
}

// newDraft begins a file that nobody but its owner may read. It is an error
// where there is one of that name already.
func newDraft(path string) (*draft, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fault.New(fault.Invalid, "There is a file %s already, and nothing is written over. Give another name", path)
	}
	f, err := os.OpenFile(path+partial, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be written: %w", err)
	}
	return &draft{path: path, file: f, hash: sha256.New()}, nil
}

func (d *draft) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	d.hash.Write(p[:n])
	d.size += int64(n)
	return n, err
}

// reread waits until the file is on the disk and gives it from its beginning.
// Whoever has read it to the end asks whether it was the same.
func (d *draft) reread() (from io.Reader, same func() error, err error) {
	if err := d.file.Sync(); err != nil {
		return nil, nil, fmt.Errorf("the backup cannot be written: %w", err)
	}
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	again := sha256.New()
	tee := io.TeeReader(d.file, again)
	return tee, func() error {
		if _, err := io.Copy(io.Discard, tee); err != nil {
			return err
		}
		if hex.EncodeToString(again.Sum(nil)) != d.sum() {
			return errors.New("the backup does not read back as it was written: the disk is at fault")
		}
		return nil
	}, nil
}

func (d *draft) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

// finish gives the file its own name.
func (d *draft) finish() error {
	if err := d.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(d.path+partial, d.path); err != nil {
		return fmt.Errorf("the backup cannot be given its name: %w", err)
	}
	if runtime.GOOS == "windows" {
		return nil // folders cannot be flushed there
	}
	folder, err := os.Open(filepath.Dir(d.path))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// discard takes away what was written so far.
func (d *draft) discard() {
	d.file.Close()
	os.Remove(d.path + partial)
}

// PathFor is the file that a backup is to be written to: to itself, or a file
// in it where it is a folder.
func PathFor(to string, at asye.Instant, k Keys) (string, error) {
	info, err := os.Stat(to)
	switch {
	case err == nil && info.IsDir():
		return filepath.Join(to, FileName(at, k)), nil
	case strings.HasSuffix(to, "/") || strings.HasSuffix(to, string(filepath.Separator)):
		return "", fault.New(fault.NotFound, "There is no folder %s", to)
	}
	if _, err := os.Stat(filepath.Dir(to)); err != nil {
		return "", fault.New(fault.NotFound, "There is no folder %s", filepath.Dir(to))
	}
	return to, nil
}
