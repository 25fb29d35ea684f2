package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
)

// Order is how a backup is to be made.
type Order struct {
	Program string  // the version that makes it
	Keys    Keys    // to which it is encrypted; none means not at all
	Schema  []fs.FS // the migrations
}

// Made is a backup that was written.
type Made struct {
	Path     string
	Size     int64
	SHA256   string // of the file, in hexadecimal
	Header   Header
	Manifest Manifest
}

// Make writes a backup into a file. Before the file gets its name it is read
// back from the disk, decrypted with the key that only this program has in
// memory, and every count and hash is taken again: what bears the name of a
// backup has been one.
func Make(ctx context.Context, d *db.DB, path string, o Order) (Made, error) {
	file, err := newDraft(path)
	if err != nil {
		return Made{}, err
	}
	made, err := o.fill(ctx, d, file)
	if err == nil {
		err = file.finish()
	}
	if err != nil {
		file.discard()
		return Made{}, err
	}
	made.Path, made.Size, made.SHA256 = path, file.size, file.sum()
	return made, nil
}

func (o Order) fill(ctx context.Context, d *db.DB, file *draft) (made Made, err error) {
	open, err := o.write(ctx, d, file, &made)
	if err != nil {
		return made, err
	}
	from, same, err := file.reread()
	if err != nil {
		return made, err
	}
	plain, err := open(from)
	if err != nil {
		return made, damage(unexpected(err))
	}
	r, err := NewReader(plain)
	if err != nil {
		return made, err
	}
	again, err := r.Rest()
	if err != nil {
		return made, err
	}
	if !reflect.DeepEqual(again, made.Manifest) {
		return made, errDamaged
	}
	return made, same()
}

// Write writes a backup to a stream, which is not read back.
func (o Order) Write(ctx context.Context, d *db.DB, to io.Writer) (Made, error) {
	var made Made
	_, err := o.write(ctx, d, to, &made)
	return made, err
}

// write gives what undoes the encryption.
func (o Order) write(ctx context.Context, d *db.DB, to io.Writer, made *Made) (open func(io.Reader) (io.Reader, error), err error) {
	if o.Keys.IsZero() {
		made.Header, made.Manifest, err = Dump(ctx, d, to, o.Program, o.Schema...)
		return func(r io.Reader) (io.Reader, error) { return r, nil }, err
	}
	sealed, err := Seal(to, o.Keys)
	if err != nil {
		return nil, err
	}
	if made.Header, made.Manifest, err = Dump(ctx, d, sealed, o.Program, o.Schema...); err != nil {
		return nil, err
	}
	return sealed.Open, sealed.Close()
}

// Verified is what a backup turned out to be.
type Verified struct {
	Header   Header
	Manifest Manifest
	Sealed   bool
	Ran      []string // the migrations that brought it up to date
}

// Verify restores a backup into a scratch database that nobody sees, in dir or
// where the system keeps such files, and looks at everything: counts, hashes,
// references, the engine's own check, and whether it can be brought up to date.
func Verify(ctx context.Context, from io.Reader, keys Identities, dir string, c clock.Clock, schema ...fs.FS) (v Verified, err error) {
	plain, sealed, err := Unseal(from, keys)
	if err != nil {
		return v, err
	}
	r, err := NewReader(plain)
	if err != nil {
		return v, err
	}
	v.Header, v.Sealed = r.Header, sealed
	d, err := db.Scratch(ctx, dir, c)
	if err != nil {
		return v, err
	}
	defer d.Close()
	if v.Manifest, err = Load(ctx, d, r, schema...); err != nil {
		return v, err
	}
	if v.Ran, err = d.Migrate(ctx, schema...); err != nil {
		return v, err
	}
	return v, d.Sound(ctx)
}

// Restored is a database that was put in its place.
type Restored struct {
	Header   Header
	Manifest Manifest
	Ran      []string // the migrations that brought it up to date
	Kept     string   // the name under which what was there before is kept; empty where nothing was
}

// Place is where a database is put, and what is done to it first.
type Place struct {
	Address string
	Empty   bool // refuse where there is anything already
	Schema  []fs.FS
	// Finish is the last thing before the new database takes its place. old is the
	// one before, for reading; nil where there is none that can be read. It may be
	// left out.
	Finish func(ctx context.Context, d, old *db.DB, h Header) error
}

// Restore builds a database from an archive beside the one in the place, proves
// it, brings it up to date, and then lets it take the place at one stroke.
func Restore(ctx context.Context, r *Reader, p Place, c clock.Clock) (Restored, error) {
	b, err := db.OpenBeside(ctx, p.Address, c)
	if err != nil {
		return Restored{}, err
	}
	out, err := p.build(ctx, b, r)
	return finish(ctx, b, out, err, c)
}

// finish puts what was built in its place, or takes it away.
func finish(ctx context.Context, b *db.Beside, out Restored, err error, c clock.Clock) (Restored, error) {
	if err == nil {
		out.Kept, err = b.Swap(ctx, c.Now())
	}
	if closed := b.Close(); err == nil {
		err = closed
	}
	return out, err
}

// Adopt proves a SQLite file that something else has built beside the one in the
// place, brings it up to date, and then lets it take the place at one stroke.
// There is nothing to hold its counts and hashes against; asOf is the instant at
// which it is said to be.
func Adopt(ctx context.Context, b *db.Beside, p Place, asOf asye.Instant, c clock.Clock) (Restored, error) {
	out, err := p.adopt(ctx, b, asOf)
	return finish(ctx, b, out, err, c)
}

func (p Place) adopt(ctx context.Context, b *db.Beside, asOf asye.Instant) (out Restored, err error) {
	if out.Manifest, err = Sum(ctx, b.DB, p.Schema...); err != nil {
		return out, err
	}
	if err = b.DB.Sound(ctx); err != nil {
		return out, fmt.Errorf("the restored database is not sound: %w", err)
	}
	if out.Ran, err = b.DB.Migrate(ctx, p.Schema...); err != nil || p.Finish == nil {
		return out, err
	}
	out.Header = Header{Engine: db.SQLite, MadeAt: asOf}
	return out, p.Finish(ctx, b.DB, b.Old, out.Header)
}

func (p Place) build(ctx context.Context, b *db.Beside, r *Reader) (out Restored, err error) {
	if p.Empty && b.Replaces {
		return out, db.ErrNotEmpty
	}
	out.Header = r.Header
	if out.Manifest, err = Load(ctx, b.DB, r, p.Schema...); err != nil {
		return out, err
	}
	if err = b.Settle(ctx); err != nil {
		return out, err
	}
	if out.Ran, err = b.DB.Migrate(ctx, p.Schema...); err != nil || p.Finish == nil {
		return out, err
	}
	return out, p.Finish(ctx, b.DB, b.Old, r.Header)
}

// Move copies a whole database to another place, on either engine, with the
// same proof as a backup and its restore, and no file between. Nobody can use
// either of the two meanwhile. The one that it came from is left as it is.
func Move(ctx context.Context, from string, p Place, program string, c clock.Clock) (Restored, error) {
	source, err := db.OpenAlone(ctx, from, c)
	if err != nil {
		return Restored{}, err
	}
	defer source.Close()
	out, in := io.Pipe()
	dumped := make(chan error, 1)
	go func() {
		_, _, err := Dump(ctx, source, in, program, p.Schema...)
		in.CloseWithError(err)
		dumped <- err
	}()
	moved, err := receive(ctx, out, p, c)
	out.CloseWithError(errGivenUp) // so that the other end stops
	if failed := <-dumped; failed != nil && !errors.Is(failed, errGivenUp) {
		err = failed
	}
	return moved, err
}

var errGivenUp = errors.New("the other end has given up")

func receive(ctx context.Context, from io.Reader, p Place, c clock.Clock) (Restored, error) {
	r, err := NewReader(from)
	if err != nil {
		return Restored{}, err
	}
	return Restore(ctx, r, p, c)
}
