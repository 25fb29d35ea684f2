package db

import (
	"context"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/fault"
)

// Beside is a database that is built beside another, and takes its place only
// when it is finished. Until then nothing of the other is touched, whatever
// happens; afterwards the other is kept under a name with the date. While it is
// built, nobody else can use the other.
type Beside struct {
	// DB is the new database, empty at first. It is for Bulk and for reading until
	// Settle has made an ordinary one of it.
	DB *DB
	// Replaces tells that there is something in the place that it will take.
	Replaces bool
	// Old is what is in the place, for reading; nil where nothing is that can be
	// read.
	Old *DB

	engine  besideEngine
	settled bool
	swapped bool
}

// besideEngine is what each engine does in its own way.
type besideEngine interface {
	// settle makes an ordinary database of the new one.
	settle(ctx context.Context, d *DB) (*DB, error)
	// swap puts it in its place at one stroke, and gives the name of the old one;
	// empty where there was none.
	swap(ctx context.Context, d *DB, at asye.Instant) (string, error)
	// discard lets go of the old one, and takes the new one away where it is still
	// beside.
	discard(ctx context.Context, d *DB, swapped bool) error
}

// ErrNotEmpty means that there is something where nothing must be.
var ErrNotEmpty = fault.New(fault.Invalid, "There are tables in the database already. Nothing was changed: "+
	"name a database with nothing in it")

// OpenBeside begins a new database beside the one at an address, which need not
// be there yet. It is [ErrInUse] where something uses that one.
func OpenBeside(ctx context.Context, address string, c clock.Clock) (*Beside, error) {
	if IsPostgres(address) {
		return openBesideSchema(ctx, address, c)
	}
	return openBesideFile(ctx, address, c)
}

// Settle makes an ordinary database of the new one, on which everything works.
func (b *Beside) Settle(ctx context.Context) (err error) {
	b.settled = true
	b.DB, err = b.engine.settle(ctx, b.DB)
	return err
}

// Swap puts the new database in the place of the old one, at one stroke, and
// gives the name under which the old one is kept; empty where there was none.
func (b *Beside) Swap(ctx context.Context, at asye.Instant) (kept string, err error) {
	if !b.settled {
		return "", errors.New("the new database is not settled yet")
	}
	kept, err = b.engine.swap(ctx, b.DB, at)
	b.swapped = err == nil
	return kept, err
}

// Close lets go of both. What was not swapped is taken away.
func (b *Beside) Close() error {
	return b.engine.discard(context.Background(), b.DB, b.swapped)
}
