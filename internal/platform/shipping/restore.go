package shipping

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/fault"
	"github.com/benbjohnson/litestream"
	"github.com/superfly/ltx"
)

// Restore writes the database that was shipped to a place into a new SQLite
// file: as it was at an instant, or as it last was where that is zero. Nobody
// has looked at what is in the file: prove it before it is used. It gives the
// instant as of which it is.
func Restore(ctx context.Context, from string, keys archive.Identities, path string, at asye.Instant) (asye.Instant, error) {
	p, err := placeOf(from)
	if err != nil {
		return at, err
	}
	all, err := p.list(ctx)
	if err != nil {
		return at, err
	}
	// litestream lets everybody read what it writes: nobody gets into the folder.
	dir := path + ".shipped"
	defer os.RemoveAll(dir)
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		return at, err
	}
	inner := filepath.Join(dir, "asye.db")
	asOf, err := newest(ctx, p, from, all, wanted{keys, inner, at.Time()})
	if err != nil {
		return at, err
	}
	if err := os.Chmod(inner, 0o600); err != nil {
		return at, err
	}
	return asye.InstantOf(asOf), os.Rename(inner, path)
}

// wanted is what is to be restored, and where to.
type wanted struct {
	keys archive.Identities
	path string
	at   time.Time // zero for the last that there is
}

// newest restores from the newest generation in which there is something.
func newest(ctx context.Context, p place, from string, all []ltx.TXID, w wanted) (time.Time, error) {
	for _, number := range slices.Backward(all) {
		if !w.at.IsZero() && begunAt(number).After(w.at) {
			continue
		}
		asOf, err := w.restore(ctx, p, number)
		if nothing(err) {
			continue // it was begun and nothing had arrived
		}
		return asOf, err
	}
	if !w.at.IsZero() && len(all) > 0 {
		return w.at, fault.New(fault.NotFound, "Nothing was shipped to %s that goes back so far", from)
	}
	return w.at, fault.New(fault.NotFound, "There is no shipped log in %s", from)
}

func nothing(err error) bool {
	return errors.Is(err, litestream.ErrNoSnapshots) || errors.Is(err, litestream.ErrTxNotAvailable)
}

func (w wanted) restore(ctx context.Context, p place, number ltx.TXID) (time.Time, error) {
	g, err := p.unlock(ctx, number, w.keys)
	if err != nil {
		return w.at, err
	}
	client, err := p.client(ctx, g)
	if err != nil {
		return w.at, err
	}
	options := litestream.NewRestoreOptions()
	options.OutputPath, options.Timestamp = w.path, w.at
	replica := litestream.NewReplicaWithClient(nil, client)
	asOf, err := replica.CalcRestoreTarget(ctx, options)
	if err == nil {
		err = replica.Restore(ctx, options)
	}
	if err != nil && !nothing(err) {
		err = fault.New(fault.Invalid, "The shipped log cannot be put together: %s. Restore an earlier instant with --at, or the last backup", err)
	}
	return asOf, err
}
