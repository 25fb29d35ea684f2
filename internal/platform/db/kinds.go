package db

import (
	"context"
	"database/sql"
	"io/fs"
)

// Kind is what a column holds, in words that mean the same on both engines.
type Kind string

// The kinds of column that migrations may make. A column of any other type
// cannot be taken from one engine to the other.
const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Date    Kind = "date"
	Instant Kind = "instant"
	JSON    Kind = "json"
	Bytes   Kind = "bytes"
	Real    Kind = "real"
)

// marked are the types by which SQLite, which keeps dates, instants and JSON as
// text, tells them apart in a schema that is made for reading alone. Each has
// the word text in it, and so behaves as text.
var marked = map[Kind]string{Date: "date_text", Instant: "instant_text", JSON: "json_text", Boolean: "boolean"}

// kindOf gives each type that our migrations use its kind; of SQLite's text it
// is Text, whatever the text means.
var kindOf = map[string]Kind{
	"text": Text, "integer": Integer, "bigint": Integer, "smallint": Integer, "boolean": Boolean,
	"date": Date, "timestamp with time zone": Instant, "jsonb": JSON, "json": JSON,
	"blob": Bytes, "bytea": Bytes, "real": Real, "double precision": Real,
	marked[Date]: Date, marked[Instant]: Instant, marked[JSON]: JSON,
}

// Kinds are the tables that migrations make, with what each column holds. They
// are made in memory for this, on SQLite, and read from its catalogue.
func Kinds(ctx context.Context, versions []int64, folders ...fs.FS) ([]Table, error) {
	pool, err := sql.Open("sqlite", "file::memory:?_pragma=foreign_keys(1)")
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	d := &DB{dialect: SQLite, write: pool, read: pool, kinds: true}
	if err := d.MigrateOnly(ctx, versions, folders...); err != nil {
		return nil, err
	}
	var tables []Table
	err = d.Snapshot(ctx, func(tx *Tx) error {
		tables, err = tx.catalogue(ctx)
		return err
	})
	return tables, err
}
