package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/litefile"
)

// besideFile builds a SQLite file as path.restoring.
type besideFile struct {
	path    string // of the old one, with no link in it
	old     *DB    // held, so that nobody can open it; nil where there is none, or SQLite cannot read it
	exists  bool
	damaged bool
}

// building writes without a log and without waiting for the disk: whatever goes
// wrong, the file is thrown away. settle makes it safe.
const building = "mode=rwc&_pragma=busy_timeout(500)&_pragma=locking_mode(EXCLUSIVE)&_pragma=journal_mode(OFF)" +
	"&_pragma=synchronous(OFF)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-64000)&_pragma=foreign_keys(1)"

func openBesideFile(ctx context.Context, address string, c clock.Clock) (*Beside, error) {
	b, err := newBesideFile(ctx, address, c)
	if err != nil {
		return nil, err
	}
	d, err := b.begin(ctx, c)
	if err != nil {
		b.letGo()
		return nil, err
	}
	return &Beside{DB: d, Replaces: b.exists, Old: b.old, engine: b}, nil
}

// newBesideFile holds the old file, where there is one.
func newBesideFile(ctx context.Context, address string, c clock.Clock) (*besideFile, error) {
	b := &besideFile{path: address}
	if real, err := filepath.EvalSymlinks(address); err == nil {
		b.path = real
	}
	if err := os.MkdirAll(filepath.Dir(b.path), 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the database cannot be made: %w", err)
	}
	return b, b.holdOld(ctx, c)
}

// OpenBesideFile begins a new SQLite file beside the one at a path, as fill
// makes it. What shipping keeps in a database for itself is taken out of it.
func OpenBesideFile(ctx context.Context, path string, c clock.Clock, fill func(path string) error) (*Beside, error) {
	b, err := newBesideFile(ctx, path, c)
	if err != nil {
		return nil, err
	}
	path = b.path + ".restoring"
	d, err := func() (*DB, error) {
		if err := clearFile(ctx, path, c); err != nil {
			return nil, err
		}
		if err := fill(path); err != nil {
			return nil, err
		}
		d, err := Open(ctx, path, c)
		if err != nil {
			return nil, err
		}
		_, err = d.write.ExecContext(ctx, "drop table if exists _litestream_seq; drop table if exists _litestream_lock")
		return d, err
	}()
	if err != nil {
		if d != nil {
			d.Close()
		}
		return nil, errors.Join(err, litefile.Remove(path), b.letGo())
	}
	return &Beside{DB: d, Replaces: b.exists, Old: b.old, engine: b, settled: true}, nil
}

// holdOld keeps everybody off the old file. One that SQLite cannot read has
// nobody to be kept off.
func (b *besideFile) holdOld(ctx context.Context, c clock.Clock) error {
	info, err := os.Stat(b.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the database file cannot be looked at: %w", err)
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder, not a database file", b.path)
	}
	b.exists = true
	// SQLite would throw the log of such a file away.
	if b.damaged = info.Size() > 0 && !litefile.IsLite(b.path); b.damaged {
		return nil
	}
	b.old, err = OpenAlone(ctx, b.path, c)
	if isDamaged(err) {
		b.damaged, err = true, nil
	}
	return err
}

// clearFile takes away what an earlier attempt left, unless that is still at
// work.
func clearFile(ctx context.Context, path string, c clock.Clock) error {
	if _, err := os.Stat(path); err == nil {
		left, err := OpenAlone(ctx, path, c)
		if err != nil && !isDamaged(err) {
			return err
		}
		if left != nil {
			left.Close()
		}
	}
	return litefile.Remove(path)
}

// begin makes the new file.
func (b *besideFile) begin(ctx context.Context, c clock.Clock) (*DB, error) {
	path := b.path + ".restoring"
	if err := clearFile(ctx, path, c); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the new database cannot be made beside the old one: %w", err)
	}
	f.Close()
	return openFile(ctx, path, building, c)
}

func (b *besideFile) settle(ctx context.Context, d *DB) (*DB, error) {
	c := d.clock
	if err := d.Close(); err != nil {
		return d, err
	}
	if err := litefile.Flush(b.path + ".restoring"); err != nil {
		return d, err
	}
	ordinary, err := Open(ctx, b.path+".restoring", c)
	if err != nil {
		return d, err
	}
	return ordinary, nil
}

// swap gives the old file a second name and lets the new one take its first.
// Between the two steps the old one is still there.
func (b *besideFile) swap(ctx context.Context, d *DB, at asye.Instant) (string, error) {
	if err := d.Checkpoint(ctx); err != nil {
		return "", err
	}
	if err := d.Close(); err != nil {
		return "", err
	}
	path := b.path + ".restoring"
	if err := litefile.Flush(path); err != nil {
		return "", err
	}
	if err := b.resemble(path); err != nil {
		return "", fmt.Errorf("the new database cannot be given the owner and rights of the old one: %w", err)
	}
	if !b.exists {
		return "", b.rename(path)
	}
	if err := b.fold(ctx); err != nil {
		return "", err
	}
	kept := litefile.KeptName(b.path+".before-", at, func(name string) bool {
		_, err := os.Lstat(name)
		return err == nil
	})
	if err := b.keep(kept); err != nil {
		return "", fmt.Errorf("the old database cannot be kept as %s: %w", kept, err)
	}
	return kept, b.rename(path)
}

// resemble gives the new file the rights and the owner of the old one, or the
// owner of the folder: a restore run by root must leave a file that the service
// can open.
func (b *besideFile) resemble(path string) error {
	if !b.exists {
		return litefile.TakeOwner(path, filepath.Dir(b.path))
	}
	info, err := os.Stat(b.path)
	if err == nil {
		err = os.Chmod(path, info.Mode().Perm())
	}
	if err == nil {
		err = litefile.TakeOwner(path, b.path)
	}
	return err
}

func (b *besideFile) rename(path string) error {
	if err := os.Rename(path, b.path); err != nil {
		return fmt.Errorf("the new database cannot take the place of the old one: %w", err)
	}
	if runtime.GOOS == "windows" {
		return nil // folders cannot be flushed there
	}
	return litefile.Flush(filepath.Dir(b.path))
}

// fold brings the old file's log into it, so that it is one file. A file that
// SQLite cannot read is left as it is.
func (b *besideFile) fold(ctx context.Context) error {
	if b.old == nil {
		return nil
	}
	var mode string
	err := b.old.write.QueryRowContext(ctx, "pragma journal_mode = delete").Scan(&mode)
	if isDamaged(err) {
		b.damaged = true
		return nil
	}
	if err == nil && mode != "delete" {
		err = fmt.Errorf("its log could not be folded in")
	}
	return err
}

// keep gives the old file its second name. Where the file system has no second
// names, it is copied. The log of a damaged file goes with it.
func (b *besideFile) keep(kept string) error {
	if err := os.Link(b.path, kept); err != nil {
		if err := litefile.Copy(kept, b.path); err != nil {
			return err
		}
	}
	if !b.damaged {
		return nil
	}
	for _, ending := range litefile.Sidecars {
		if err := os.Rename(b.path+ending, kept+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (b *besideFile) discard(_ context.Context, d *DB, swapped bool) error {
	var err error
	if !swapped {
		d.Close() // the file is thrown away
		err = litefile.Remove(b.path + ".restoring")
	}
	return errors.Join(err, b.letGo())
}

func (b *besideFile) letGo() error {
	if b.old == nil {
		return nil
	}
	return b.old.Close()
}

// Scratch is a database that is seen by nobody and is gone when it is closed,
// or when the program dies: its file has no name once it is open. It has one
// connection, so nothing may be read from it while something else is being read.
func Scratch(ctx context.Context, dir string, c clock.Clock) (*DB, error) {
	f, err := os.CreateTemp(dir, "asye-scratch-*.db") // only its owner may read it
	if err != nil {
		return nil, fmt.Errorf("the scratch database cannot be made: %w", err)
	}
	path := f.Name()
	f.Close()
	d, err := openFile(ctx, path, building, c)
	if err != nil {
		os.Remove(path)
		return nil, err
	}
	d.scratch = path
	d.unname()
	return d, nil
}

// unname takes the name of a scratch file away while it is open. Where the
// system does not let go of a name so early, Close does it.
func (d *DB) unname() {
	if d.scratch != "" && os.Remove(d.scratch) == nil {
		d.scratch = ""
	}
}
