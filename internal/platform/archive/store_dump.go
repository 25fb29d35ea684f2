package archive

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Dump writes a whole database as it stands at one instant, while others go on
// reading and writing. program is the version that does it, and folders have
// the migrations. Nothing is held back on a disk: the rows go from the engine
// into the stream.
func Dump(ctx context.Context, d *db.DB, to io.Writer, program string, folders ...fs.FS) (Header, Manifest, error) {
	h := Header{Program: program, Engine: d.Dialect(), MadeAt: d.Clock().Now()}
	var m Manifest
	err := d.Snapshot(ctx, func(tx *db.Tx) error {
		shape, err := tx.Shape(ctx, folders...)
		if err != nil {
			return err
		}
		h.Migrations, h.Tables = shape.Versions, tablesOf(shape)
		w, err := NewWriter(to, h)
		if err != nil {
			return err
		}
		for _, t := range shape.Tables {
			if err := dumpTable(ctx, tx, w, t); err != nil {
				return fmt.Errorf("the table %s cannot be written down: %w", t.Name, err)
			}
		}
		m, err = w.Close()
		return err
	})
	return h, m, err
}

func dumpTable(ctx context.Context, tx *db.Tx, w *Writer, t db.Table) error {
	if _, err := w.Begin(); err != nil {
		return err
	}
	err := tx.Scan(ctx, t, func(row []any) error {
		if err := asRaw(t, row); err != nil {
			return err
		}
		return w.Row(row)
	})
	if err != nil {
		return err
	}
	return w.End()
}

// Sum counts and hashes what a database holds now. The tables are those of a
// header, in its order.
func Sum(ctx context.Context, d *db.DB, folders ...fs.FS) (Manifest, error) {
	var m Manifest
	err := d.Snapshot(ctx, func(tx *db.Tx) error {
		shape, err := tx.Shape(ctx, folders...)
		if err != nil {
			return err
		}
		for i, t := range shape.Tables {
			s := newSum(tablesOf(shape)[i])
			err := tx.Scan(ctx, t, func(row []any) error {
				if err := asRaw(t, row); err != nil {
					return err
				}
				return s.add(row)
			})
			if err != nil {
				return fmt.Errorf("the table %s cannot be read: %w", t.Name, err)
			}
			m.Tables = append(m.Tables, s.count())
		}
		return nil
	})
	return m, err
}

// asRaw makes of what an engine gave what an archive holds.
func asRaw(t db.Table, row []any) error {
	for i, c := range t.Columns {
		v, ok := raw(c.Kind, row[i])
		if !ok {
			return fmt.Errorf("in the row %s the column %s holds %T, which is no %s", keyOf(t, row), c.Name, row[i], c.Kind)
		}
		row[i] = v
	}
	return nil
}

func raw(kind db.Kind, v any) (any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case string:
		return v, kind == db.Text || kind == db.JSON || kind == db.Date || kind == db.Instant
	case []byte:
		return v, kind == db.Bytes
	case float64:
		return v, kind == db.Real
	case bool:
		return v, kind == db.Boolean
	case int64:
		if kind == db.Boolean {
			return v != 0, v == 0 || v == 1
		}
		return v, kind == db.Integer
	case time.Time:
		switch year := v.UTC().Year(); {
		case year < 1 || year > 9999:
			return nil, false
		case kind == db.Date:
			return v.Format(time.DateOnly), true
		case kind == db.Instant:
			return asye.InstantOf(v).String(), true
		}
	}
	return nil, false
}

// keyOf names a row by its key.
func keyOf(t db.Table, row []any) string {
	out := ""
	for _, key := range t.Key {
		for i, c := range t.Columns {
			if c.Name == key {
				out += fmt.Sprintf("%s %v ", key, row[i])
			}
		}
	}
	return out[:max(0, len(out)-1)]
}
