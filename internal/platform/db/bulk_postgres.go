package db

import (
	"context"
	"io"
	"slices"

	"github.com/jackc/pgx/v5"
)

// bulkPostgres takes down triggers, references, indexes and the constraints
// that stand on them, and puts them up again when all is filled: looking at
// each row as it comes takes several times as long as looking at all at once.
func bulkPostgres(ctx context.Context, tx pgx.Tx, tables []Table, do func(Bulk) error) error {
	for _, t := range tables {
		if _, err := tx.Exec(ctx, "alter table "+quoted(t.Name)+" disable trigger user"); err != nil {
			return err
		}
	}
	again, err := takeDown(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if _, err := tx.Exec(ctx, "delete from "+quoted(t.Name)); err != nil {
			return err
		}
	}
	if err := do(bulkServer{tx}); err != nil {
		return err
	}
	for _, statement := range again {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return Explain(err)
		}
	}
	for _, t := range tables {
		if _, err := tx.Exec(ctx, "alter table "+quoted(t.Name)+" enable trigger user"); err != nil {
			return err
		}
	}
	return nil
}

// takeDown gives the statements that put up again what it took down.
func takeDown(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, `
		select 'drop index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid), 1
		from pg_index i join pg_class c on c.oid = i.indexrelid
		where c.relnamespace = current_schema()::regnamespace
		and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
		union all
		select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname),
			'alter table ' || conrelid::regclass || ' add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid),
			case contype when 'x' then 2 else 3 end
		from pg_constraint
		where connamespace = current_schema()::regnamespace and contype in ('x', 'f') and conrelid <> 0 and conparentid = 0
		order by 3, 1`)
	if err != nil {
		return nil, err
	}
	var down, again []string
	var drop, add string
	var order int
	_, err = pgx.ForEachRow(rows, []any{&drop, &add, &order}, func() error {
		down, again = append(down, drop), append(again, add)
		return nil
	})
	for _, statement := range slices.Backward(down) {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return nil, err
		}
	}
	return again, err
}

type bulkServer struct{ tx pgx.Tx }

func (b bulkServer) Fill(ctx context.Context, t Table, next func() ([]any, error)) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	if _, err := b.tx.CopyFrom(ctx, pgx.Identifier{t.Name}, names, &copied{next: next}); err != nil {
		return Explain(err)
	}
	return b.advance(ctx, t)
}

// advance lets the numbers that the server hands out go on after those that
// were filled in.
func (b bulkServer) advance(ctx context.Context, t Table) error {
	for _, c := range t.Columns {
		if c.Kind != Integer {
			continue
		}
		_, err := b.tx.Exec(ctx, `select setval(s, coalesce((select max(`+quoted(c.Name)+`) from `+quoted(t.Name)+`), 0) + 1, false)
			from pg_get_serial_sequence($1, $2) s where s is not null`, quoted(t.Name), c.Name)
		if err != nil {
			return err
		}
	}
	return nil
}

// copied gives rows to PostgreSQL's COPY.
type copied struct {
	next func() ([]any, error)
	row  []any
	err  error
}

func (c *copied) Next() bool {
	c.row, c.err = c.next()
	if c.err == io.EOF {
		c.err = nil
		return false
	}
	return c.err == nil
}

func (c *copied) Values() ([]any, error) { return c.row, nil }
func (c *copied) Err() error             { return c.err }
