package db

import (
	"context"
	"database/sql"
	"io/fs"
	"slices"
	"strings"

	"example.org/asye/internal/platform/fault"
)

// Shape is what a database is made of: the migrations that have run, and the
// tables that they made.
type Shape struct {
	Versions []int64 // of the migrations, in order
	Tables   []Table // each after those that it refers to
}

// Newest is the number of the newest migration.
func (s Shape) Newest() int64 {
	if len(s.Versions) == 0 {
		return 0
	}
	return s.Versions[len(s.Versions)-1]
}

// Shape reads what the database is made of from its own catalogue, and holds it
// against what its migrations say. What no migration made, and what cannot be
// taken from one engine to the other, is refused by name, so that nothing is
// left out in silence.
func (tx *Tx) Shape(ctx context.Context, folders ...fs.FS) (Shape, error) {
	versions, err := tx.versions(ctx)
	if err != nil {
		return Shape{}, err
	}
	if unknown := missing(versions, Known(folders...)); len(unknown) > 0 {
		return Shape{}, fault.New(fault.Invalid, "The database has the migration %d, which this program does not know: "+
			"it was used by a newer version of asye. Use that version or a later one", unknown[0])
	}
	made, err := Kinds(ctx, versions, folders...)
	if err != nil {
		return Shape{}, err
	}
	found, err := tx.catalogue(ctx)
	if err != nil {
		return Shape{}, err
	}
	return Shape{versions, found}, agree(found, made)
}

// versions are the migrations that have run.
func (tx *Tx) versions(ctx context.Context) ([]int64, error) {
	there := 0
	if err := tx.QueryRow(ctx, tx.db.texts().migrated).Scan(&there); err != nil {
		return nil, err
	}
	if there == 0 {
		return nil, fault.New(fault.NotFound, "There is nothing of asye in the database: no migration has ever run in it")
	}
	rows, err := tx.Query(ctx, `select version_id from goose_db_version where version_id > 0 and is_applied order by version_id`)
	return Rows(rows, err, func(rows *sql.Rows) (int64, error) {
		var v int64
		return v, rows.Scan(&v)
	})
}

// missing are the versions of one list that another lacks.
func missing(of, in []int64) []int64 {
	var out []int64
	for _, v := range of {
		if !slices.Contains(in, v) {
			out = append(out, v)
		}
	}
	return out
}

// agree holds the tables that were found against those that the migrations
// make, and takes over from these what a column of SQLite's text means.
func agree(found, made []Table) error {
	want := map[string]Table{}
	for _, t := range made {
		want[t.Name] = t
	}
	for i, t := range found {
		m, ok := want[t.Name]
		if !ok {
			return fault.New(fault.Invalid, "The database has the table %s, which no migration of asye made. "+
				"Move it to another schema or another file: it would be left out", t.Name)
		}
		delete(want, t.Name)
		if err := fits(&found[i], m); err != nil {
			return err
		}
	}
	for name := range want {
		return fault.New(fault.Invalid, "The database lacks the table %s, which its migrations made", name)
	}
	return nil
}

func fits(t *Table, m Table) error {
	if t.shape != "" {
		return fault.New(fault.Invalid, "The table %s is a %s table, which cannot be taken from one engine to the other", t.Name, t.shape)
	}
	if len(t.Key) == 0 {
		return fault.New(fault.Invalid, "The table %s has no primary key, so that its rows have no order", t.Name)
	}
	if have, want := t.names(), m.names(); have != want {
		return fault.New(fault.Invalid, "The table %s has the columns %s, where its migrations made %s", t.Name, have, want)
	}
	for i := range t.Columns {
		c, kind := &t.Columns[i], m.Columns[i].Kind
		text := c.Kind == Text && (kind == Date || kind == Instant || kind == JSON)
		if c.Kind != kind && !text || kind == "" {
			return fault.New(fault.Invalid, "The column %s of the table %s has the type %s, which cannot be taken from one engine "+
				"to the other as its migration made it (%s)", c.Name, t.Name, c.kind, m.Columns[i].kind)
		}
		c.Kind = kind
	}
	return nil
}

func (t Table) names() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}
