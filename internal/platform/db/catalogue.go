package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Table is one table, as the engine's own catalogue has it.
type Table struct {
	Name    string
	Columns []Column // in the order of their names; computed ones are left out
	Key     []string // the primary key
	refs    []string // the tables that it refers to
	shape   string   // what kind of table the engine says it is, where it is no ordinary one
}

// Column is one column of a table.
type Column struct {
	Name string
	Kind Kind
	kind string // the engine's word for it
}

// catalogue reads every table of the program from the engine, each after those
// that it refers to. The tables of the engine itself, of the migrations' own
// book-keeping and of shipping are none of the program's.
func (tx *Tx) catalogue(ctx context.Context) ([]Table, error) {
	texts := tx.db.texts()
	rows, err := tx.Query(ctx, texts.tables)
	tables, err := Rows(rows, err, func(rows *sql.Rows) (Table, error) {
		var t Table
		return t, rows.Scan(&t.Name, &t.shape)
	})
	if err != nil {
		return nil, err
	}
	for i := range tables {
		if err := tx.describe(ctx, &tables[i], texts); err != nil {
			return nil, fmt.Errorf("the table %s cannot be described: %w", tables[i].Name, err)
		}
	}
	return inOrder(tables)
}

func (tx *Tx) describe(ctx context.Context, t *Table, texts texts) error {
	rows, err := tx.Query(ctx, texts.columns, t.Name)
	t.Columns, err = Rows(rows, err, func(rows *sql.Rows) (Column, error) {
		var c Column
		err := rows.Scan(&c.Name, &c.kind)
		c.Kind = kindOf[strings.ToLower(c.kind)]
		return c, err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(t.Columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	for query, into := range map[string]*[]string{texts.key: &t.Key, texts.refs: &t.refs} {
		rows, err := tx.Query(ctx, query, t.Name)
		*into, err = Rows(rows, err, func(rows *sql.Rows) (string, error) {
			var name string
			return name, rows.Scan(&name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inOrder puts each table after those that it refers to, and otherwise by name.
func inOrder(tables []Table) ([]Table, error) {
	slices.SortFunc(tables, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	var out []Table
	placed := map[string]bool{}
	for len(out) < len(tables) {
		before := len(out)
		for _, t := range tables {
			if !placed[t.Name] && allPlaced(t, placed) {
				placed[t.Name] = true
				out = append(out, t)
			}
		}
		if len(out) == before {
			left := slices.DeleteFunc(tables, func(t Table) bool { return placed[t.Name] })
			return nil, fmt.Errorf("the table %s and others refer to each other in a circle, so that none can be filled first", left[0].Name)
		}
	}
	return out, nil
}

func allPlaced(t Table, placed map[string]bool) bool {
	for _, ref := range t.refs {
		if ref != t.Name && !placed[ref] {
			return false
		}
	}
	return true
}

// texts ask an engine the same things of its catalogue.
type texts struct {
	first                      string // anything, with which a snapshot begins
	migrated                   string // whether a migration has ever run: 1 or 0
	tables, columns, key, refs string
}

func (d *DB) texts() texts {
	if d.dialect == Postgres {
		return postgresTexts
	}
	return liteTexts
}
