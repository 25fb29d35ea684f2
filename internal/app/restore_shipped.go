package app

import (
	"fmt"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/shipping"
	"example.org/asye/internal/schema"
)

// restoreShipped restores from a place to which the log was shipped.
func (c restoreCommand) restoreShipped(r *run, cfg config) error {
	if db.IsPostgres(cfg.Database) {
		return cli.Misuse("A shipped log is one of SQLite. Restore it to a file, then move that with asye move")
	}
	at, err := c.instant()
	if err != nil {
		return err
	}
	var keys archive.Identities
	if c.Identity != "" {
		if keys, err = archive.ReadIdentities(c.Identity); err != nil {
			return err
		}
	}
	var asOf asye.Instant
	b, err := db.OpenBesideFile(r.ctx, cfg.Database, clock.Real(), func(path string) (err error) {
		asOf, err = shipping.Restore(r.ctx, c.File, keys, path, at)
		return err
	})
	if err != nil {
		return err
	}
	after := aftermath{run: r, config: cfg}
	out, err := archive.Adopt(r.ctx, b, archive.Place{Address: cfg.Database, Schema: schema.All(), Finish: after.finish}, asOf, clock.Real())
	if err != nil {
		return err
	}
	fmt.Fprintf(r.Out, "The database is restored as it was on %s: %s of %d tables, every reference and every page sound.\n",
		clock.Moment(asOf), rowsIn(out.Manifest), len(out.Manifest.Tables))
	after.report()
	r.tellKept(cfg.Database, out.Kept)
	return nil
}

// instant reads --at: in UTC with Z at its end, or on the clock in London.
func (c restoreCommand) instant() (asye.Instant, error) {
	if c.At == "" {
		return asye.Instant{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, c.At, clock.London); err == nil {
			return asye.InstantOf(at), nil
		}
	}
	return asye.Instant{}, cli.Misuse("--at is %q. Write an instant like 2026-11-25T14:30, on the clock in London, or 2026-11-25T14:30:00Z", c.At)
}
