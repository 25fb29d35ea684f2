package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
)

// Outside is where checkpoints are written apart from the database: one file
// that is only ever added to, or a folder with a file for each day.
type Outside struct{ Path string }

// IsZero reports whether there is no such place.
func (o Outside) IsZero() bool { return o.Path == "" }

// isFolder tells a folder by what is there, or by the stroke at its end.
func (o Outside) isFolder() bool {
	info, err := os.Stat(o.Path)
	if err == nil {
		return info.IsDir()
	}
	return strings.HasSuffix(o.Path, "/") || strings.HasSuffix(o.Path, string(filepath.Separator))
}

// Append adds a checkpoint, and comes back once it is on the disk.
func (o Outside) Append(c Checkpoint) error {
	path := o.Path
	if o.isFolder() {
		if err := os.MkdirAll(o.Path, 0o755); err != nil {
			return fmt.Errorf("the folder of checkpoints cannot be made: %w", err)
		}
		path = filepath.Join(o.Path, c.Name+" "+clock.DateOf(c.At).ISO()+".txt")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("the checkpoint cannot be written: %w", err)
	}
	if _, err = f.WriteString(c.Note + "\n"); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("the checkpoint cannot be written: %w", err)
	}
	return nil
}

// Last is the last checkpoint that was written, if it is one of this key; the
// zero value where there is none.
func (o Outside) Last(public string) (Checkpoint, error) {
	names, err := o.files()
	if err != nil {
		return Checkpoint{}, err
	}
	slices.Reverse(names)
	for _, name := range names {
		text, err := tail(name)
		if err != nil {
			return Checkpoint{}, err
		}
		notes := splitNotes(text)
		slices.Reverse(notes)
		for _, one := range notes {
			if c, err := open(one, public); err == nil {
				c.From = name
				return c, nil
			}
		}
	}
	return Checkpoint{}, nil
}

// files are those that hold checkpoints, in the order of their days.
func (o Outside) files() ([]string, error) {
	info, err := os.Stat(o.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !info.IsDir() {
		return []string{o.Path}, err
	}
	return filepath.Glob(filepath.Join(o.Path, "*.txt"))
}

// tail is the end of a file, with more than one checkpoint in it.
func tail(name string) ([]byte, error) {
	const enough = 64 << 10
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := f.Seek(max(0, info.Size()-enough), 0); err != nil {
		return nil, err
	}
	_, err = out.ReadFrom(f)
	return out.Bytes(), err
}

// ReadOutside reads the checkpoints of a file, or of every file in a folder, as
// they stand: nothing is said yet of what they are worth. A file without one is
// an error.
func ReadOutside(path string) ([]Checkpoint, error) {
	names, err := Outside{path}.files()
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("there are no checkpoints in %s: name a file or a folder to which they were written", path)
	}
	var out []Checkpoint
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("the checkpoints cannot be read: %w", err)
		}
		notes := splitNotes(text)
		if len(notes) == 0 {
			return nil, fmt.Errorf("there is no checkpoint in %s: it has been damaged, or is another file", name)
		}
		for _, one := range notes {
			out = append(out, Checkpoint{Note: one, From: name})
		}
	}
	return out, nil
}

// OutsideState is how the place outside stands, for a page.
type OutsideState struct {
	Path  string       // empty where none is set
	Size  int64        // lines covered by the last that was written
	At    asye.Instant // when that was signed; zero where none was
	Wrong string       // why it is not well, in a sentence
}
