package shipping

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"example.org/asye/internal/platform/db"
)

// alone waits until nobody else ships the same database: while one program takes
// over from another, both run. It gives what lets go again; nil when ctx ended
// first.
func alone(ctx context.Context, o Order) (free func(), err error) {
	if err := os.MkdirAll(Beside(o.Database), 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(Beside(o.Database), "turn.db")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	f.Close()
	for {
		held, err := db.OpenAlone(ctx, path, o.Clock)
		if err == nil {
			return func() { held.Close() }, nil
		}
		if ctx.Err() != nil {
			return nil, nil
		}
		if !errors.Is(err, db.ErrInUse) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, nil
		case <-time.After(every):
		}
	}
}
