package archive

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// Load makes the schema that an archive was made at in an empty database, fills
// it with the rows, and reads all of it back: every table must have the count
// and the hash that it had, and the engine must find the whole sound. A newer
// archive than this program is refused before anything is done.
func Load(ctx context.Context, d *db.DB, r *Reader, folders ...fs.FS) (Manifest, error) {
	if err := known(r.Header, folders); err != nil {
		return Manifest{}, err
	}
	if err := d.MigrateOnly(ctx, r.Header.Migrations, folders...); err != nil {
		return Manifest{}, err
	}
	tables, err := agreed(ctx, d, r.Header, folders)
	if err != nil {
		return Manifest{}, err
	}
	r.unhashed = true // Prove takes every hash, from the database itself
	var said Manifest
	err = d.Bulk(ctx, tables, func(b db.Bulk) error {
		for i := range tables {
			if err := fill(ctx, b, tables[i], r, d.Dialect()); err != nil {
				return err
			}
		}
		said, err = r.Rest()
		return err
	})
	if err != nil {
		return Manifest{}, err
	}
	return said, Prove(ctx, d, said, folders...)
}

// known refuses what a newer program made.
func known(h Header, folders []fs.FS) error {
	mine := db.Known(folders...)
	for _, v := range h.Migrations {
		if !slices.Contains(mine, v) {
			return fault.New(fault.Invalid, "The backup was made by asye %s with the migration %d, which this program does not know: it is newer. "+
				"Restore it with asye %s or a later version", h.Program, v, h.Program)
		}
	}
	return nil
}

// agreed gives the tables of the database in the order of the archive, and
// refuses an archive whose tables are others.
func agreed(ctx context.Context, d *db.DB, h Header, folders []fs.FS) ([]db.Table, error) {
	var shape db.Shape
	err := d.Snapshot(ctx, func(tx *db.Tx) (err error) {
		shape, err = tx.Shape(ctx, folders...)
		return err
	})
	if err != nil {
		return nil, err
	}
	mine := map[string]int{}
	for i, t := range tablesOf(shape) {
		mine[t.Name] = i
	}
	var out []db.Table
	for _, t := range h.Tables {
		i, ok := mine[t.Name]
		if !ok || !same(tablesOf(shape)[i], t) {
			return nil, fault.New(fault.Invalid, "The backup has the table %s in another form than this program makes it with the same migrations. "+
				"Restore it with the version that made it, asye %s", t.Name, h.Program)
		}
		delete(mine, t.Name)
		out = append(out, shape.Tables[i])
	}
	for name := range mine {
		return nil, fault.New(fault.Invalid, "The backup lacks the table %s. Restore it with the version that made it, asye %s", name, h.Program)
	}
	return out, nil
}

func same(a, b Table) bool {
	if len(a.Columns) != len(b.Columns) || !slices.Equal(a.Key, b.Key) {
		return false
	}
	for i, c := range a.Columns {
		if c.Name != b.Columns[i].Name || c.Kind != b.Columns[i].Kind {
			return false
		}
	}
	return true
}

func fill(ctx context.Context, b db.Bulk, t db.Table, r *Reader, to db.Dialect) error {
	if _, err := r.Next(); err != nil {
		return err
	}
	return b.Fill(ctx, t, func() ([]any, error) {
		row, err := r.Row()
		if err != nil || to == db.SQLite {
			return row, err
		}
		return row, forPostgres(t, row)
	})
}

// forPostgres makes of a raw row what PostgreSQL takes. SQLite takes it as it
// is.
func forPostgres(t db.Table, row []any) error {
	for i, c := range t.Columns {
		text, ok := row[i].(string)
		if !ok {
			continue
		}
		if strings.Contains(text, "\x00") || !utf8.ValidString(text) {
			return unfit(t, row, c, "a zero byte or broken UTF-8")
		}
		var err error
		switch c.Kind {
		case db.Date:
			row[i], err = time.Parse(time.DateOnly, text)
		case db.Instant:
			row[i], err = time.Parse(time.RFC3339Nano, text)
		case db.JSON:
			if _, ok := canonicalJSON(text); !ok {
				return unfit(t, row, c, "text that is no JSON")
			}
		}
		if err != nil {
			return unfit(t, row, c, "text that is no "+string(c.Kind))
		}
	}
	return nil
}

func unfit(t db.Table, row []any, c db.Column, what string) error {
	return fault.New(fault.Invalid, "PostgreSQL cannot keep what is in the table %s, row %s, column %s: %s", t.Name, keyOf(t, row), c.Name, what)
}

// Prove holds a database against what each table is said to hold, and lets the
// engine look for damage.
func Prove(ctx context.Context, d *db.DB, said Manifest, folders ...fs.FS) error {
	found, err := Sum(ctx, d, folders...)
	if err != nil {
		return err
	}
	if err := Differ(said, found); err != nil {
		return err
	}
	if err := d.Sound(ctx); err != nil {
		return fmt.Errorf("the restored database is not sound: %w", err)
	}
	return nil
}

// Differ names the first table that is not the same in both.
func Differ(a, b Manifest) error {
	if reflect.DeepEqual(byTable(a), byTable(b)) {
		return nil
	}
	other := byTable(b)
	for _, t := range a.Tables {
		if got := other[t.Table]; got != t {
			return fault.New(fault.Invalid, "The table %s is not as it was: it had %d rows and has %d, with the hashes %.12s and %.12s",
				t.Table, t.Rows, got.Rows, t.Hash, got.Hash)
		}
	}
	return fault.New(fault.Invalid, "There are tables that were not there")
}

func byTable(m Manifest) map[string]Count {
	out := map[string]Count{}
	for _, t := range m.Tables {
		out[t.Table] = t
	}
	return out
}
