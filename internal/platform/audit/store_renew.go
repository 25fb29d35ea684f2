package audit

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

// Renewal is a new audit key for a database that nobody else uses meanwhile.
type Renewal struct {
	Database *db.DB
	Path     string // the file of the key
	Before   Key    // the key so far; zero when it is lost
	Reason   string
	Tables   []inventory.Table
	Log      *slog.Logger
}

// Aside is the file in which the key before is kept.
func Aside(path string, before Key) string { return path + "-before-" + before.Name }

// Do writes the new key beside the one before, makes the chain that of the new
// one, and then puts it into its place: whenever it is interrupted, the key of
// the database is there.
func (r Renewal) Do(ctx context.Context) (Key, error) {
	now, fresh := NewKey(), r.Path+"-new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return now, err
	}
	if err := WriteKey(fresh, now); err != nil {
		return now, err
	}
	chain := NewChain(r.Database, now, r.Log)
	if err := r.handOver(ctx, chain); err != nil {
		return now, err
	}
	if !r.Before.IsZero() {
		if err := os.Rename(r.Path, Aside(r.Path, r.Before)); err != nil {
			return now, err
		}
	}
	if err := os.Rename(fresh, r.Path); err != nil {
		return now, err
	}
	if err := r.Database.Guard(lines.Guard{Secret: now.Secret(), Tables: r.Tables, Log: r.Log}); err != nil {
		return now, err
	}
	scope := tenant.System("asye audit renew")
	err := r.Database.Write(ctx, scope, func(tx *db.Tx) error {
		return tx.Audit(ctx, scope, db.Line{What: "audit.keyRenewed", Kind: "trail", Reason: r.Reason,
			After: map[string]string{"key": now.Name, "before": r.Before.Name}})
	})
	if err == nil {
		_, err = chain.Extend(ctx)
	}
	return now, errors.Join(err, r.Database.Scour(ctx))
}

func (r Renewal) handOver(ctx context.Context, chain *Chain) error {
	to, err := lines.NewSealer(lines.Guard{Secret: chain.key.Secret(), Tables: r.Tables})
	if err != nil {
		return err
	}
	if r.Before.IsZero() {
		return chain.Renew(ctx, nil, to)
	}
	before, err := lines.NewSealer(lines.Guard{Secret: r.Before.Secret(), Tables: r.Tables})
	if err != nil {
		return err
	}
	return chain.Renew(ctx, before, to)
}

// Renew makes the chain that of a new key, because the one before is lost or in
// the wrong hands; it also carries on a chain that was found altered. Lines keep
// their numbers and their hashes. With the key before, what is said of people is
// sealed for the new one; without it, that can never be read again. What the
// chain is from here on says nothing of whether it was altered before: look at
// everything first.
func (c *Chain) Renew(ctx context.Context, before, now *lines.Sealer) error {
	return c.db.Keep(ctx, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		tree, err := edgeOf(ctx, tx)
		if err != nil {
			return err
		}
		if err := numberAll(ctx, tx, tree); err != nil {
			return err
		}
		if err := c.own(ctx, tx, tree.size); err != nil {
			return err
		}
		if tree.size > 0 {
			if err := c.keep(ctx, tx, tree); err != nil {
				return err
			}
		}
		if before == nil {
			return lines.ForgetAll(ctx, tx)
		}
		return before.HandOver(ctx, tx, now)
	})
}

// numberAll gives every line that waits its number, so that all of them have the
// mark of the key before.
func numberAll(ctx context.Context, tx *db.Tx, tree *edge) error {
	for {
		waiting, err := lines.Waiting(ctx, tx, mostAtOnce)
		if err != nil || len(waiting) == 0 {
			return err
		}
		for _, l := range waiting {
			if err := add(ctx, tx, tree, l); err != nil {
				return err
			}
		}
		if err := lines.Numbered(ctx, tx, waiting); err != nil {
			return err
		}
	}
}
