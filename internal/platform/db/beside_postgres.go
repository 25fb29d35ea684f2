package db

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/litefile"
	"example.org/asye/internal/platform/fault"
	"github.com/jackc/pgx/v5/pgconn"
)

// besideSchema builds a schema of PostgreSQL beside the one that the service
// uses, in the same database. Names of schemas change in one transaction, for
// which nobody has to be thrown out, as renaming a database would ask for.
type besideSchema struct {
	old    *DB // with the lock on the whole database
	schema string
	fresh  string // the new schema's name until the swap
}

func openBesideSchema(ctx context.Context, address string, c clock.Clock) (*Beside, error) {
	old, err := OpenAlone(ctx, address, c)
	if err != nil {
		return nil, err
	}
	b := &besideSchema{old: old}
	d, count, err := b.begin(ctx, address, c)
	if err != nil {
		old.Close()
		return nil, err
	}
	beside := &Beside{DB: d, Replaces: count > 0, engine: b}
	if beside.Replaces {
		beside.Old = old
	}
	return beside, nil
}

func (b *besideSchema) begin(ctx context.Context, address string, c clock.Clock) (*DB, int, error) {
	count := 0
	var schema sql.NullString
	err := b.old.write.QueryRowContext(ctx, `
		select current_schema(), count(c.oid) from pg_class c
		where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'f')`).Scan(&schema, &count)
	if err != nil {
		return nil, 0, err
	}
	if !schema.Valid {
		return nil, 0, fault.New(fault.Invalid, "The database has no schema to put tables into. Make one, or name one with search_path in the address")
	}
	b.schema, b.fresh = schema.String, schema.String+"_restoring"
	if err := b.clear(ctx); err != nil {
		return nil, 0, err
	}
	if _, err := b.old.write.ExecContext(ctx, "create schema "+quoted(b.fresh)); err != nil {
		return nil, 0, b.rights(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, 0, err
	}
	q := u.Query()
	q.Set("search_path", quoted(b.fresh))
	u.RawQuery = q.Encode()
	d, err := Open(ctx, u.String(), c)
	return d, count, err
}

// clear takes away what an earlier attempt left. An extension that was made in
// it is moved out first: other tables may stand on it.
func (b *besideSchema) clear(ctx context.Context) error {
	if err := b.moveExtensions(ctx, b.old.write, b.fresh); err != nil {
		return err
	}
	_, err := b.old.write.ExecContext(ctx, "drop schema if exists "+quoted(b.fresh)+" cascade")
	return err
}

// asker is a pool or a transaction.
type asker interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// moveExtensions brings the extensions of another schema into ours.
func (b *besideSchema) moveExtensions(ctx context.Context, with asker, from string) error {
	rows, err := with.QueryContext(ctx, `
		select extname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where n.nspname = $1`, from)
	names, err := Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var name string
		err := rows.Scan(&name)
		return name, err
	})
	for _, name := range names {
		if _, err := with.ExecContext(ctx, "alter extension "+quoted(name)+" set schema "+quoted(b.schema)); err != nil {
			return err
		}
	}
	return err
}

// rights explains a refusal for want of a right.
func (b *besideSchema) rights(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "42501" {
		return fault.New(fault.Invalid, "PostgreSQL does not let this user build a schema beside %s and change their names (%s). "+
			"Nothing was changed. Connect as the owner of the database, or grant create on the database and make the user owner of the schema", b.schema, pg.Message)
	}
	return err
}

func (b *besideSchema) settle(_ context.Context, d *DB) (*DB, error) { return d, nil }

// swap changes both names, and takes the extensions along, in one transaction.
func (b *besideSchema) swap(ctx context.Context, d *DB, at asye.Instant) (string, error) {
	if err := d.Close(); err != nil {
		return "", err
	}
	taken, err := b.schemas(ctx)
	if err != nil {
		return "", err
	}
	kept := litefile.KeptName(b.schema+"_before_", at, func(name string) bool { return slices.Contains(taken, name) })
	tx, err := b.old.write.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer tx.Rollback() // after a commit this does nothing
	for _, change := range []string{
		"alter schema " + quoted(b.schema) + " rename to " + quoted(kept),
		"alter schema " + quoted(b.fresh) + " rename to " + quoted(b.schema),
	} {
		if _, err := tx.ExecContext(ctx, change); err != nil {
			return "", b.rights(err)
		}
	}
	if err := b.moveExtensions(ctx, tx, kept); err != nil {
		return "", err
	}
	if kept, err = dropEmpty(ctx, tx, kept); err != nil {
		return "", err
	}
	return kept, tx.Commit()
}

// schemas are the names of all schemas.
func (b *besideSchema) schemas(ctx context.Context) ([]string, error) {
	rows, err := b.old.write.QueryContext(ctx, `select nspname from pg_namespace`)
	return Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var name string
		err := rows.Scan(&name)
		return name, err
	})
}

// dropEmpty takes away a schema with nothing in it.
func dropEmpty(ctx context.Context, tx *sql.Tx, schema string) (string, error) {
	n := 0
	err := tx.QueryRowContext(ctx, `
		select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1`, schema).Scan(&n)
	if err != nil || n > 0 {
		return schema, err
	}
	_, err = tx.ExecContext(ctx, "drop schema "+quoted(schema))
	return "", err
}

func (b *besideSchema) discard(ctx context.Context, d *DB, swapped bool) error {
	var err error
	if !swapped {
		d.Close()
		err = b.clear(ctx)
	}
	return errors.Join(err, b.old.Close())
}
