// Package standing compares the schema of a database with the migrations that a
// program knows, and says whether the one can use the other.
package standing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Standing is how a schema stands to a program. The numbers are those in the
// names of the migrations.
type Standing struct {
	Known   int64   // the newest migration that the program knows
	Pending []int64 // known, and not run yet
	Beyond  []int64 // run by a later release, and not known
	Needs   int64   // what a program must know to use this database; 0 when any may
}

// Refusal says why this program cannot use the database; nil when it can. A
// schema with more than the program knows is no reason: a release only adds to
// the one before, and says so in the schema where it does not (schema_needs).
func (s Standing) Refusal() error {
	if s.Needs <= s.Known {
		return nil
	}
	return fmt.Errorf("a later release of asye has changed this database so that this one cannot use it: it needs migration %d, "+
		"and the newest that this program knows is %d. Start the later release, or restore the backup that was made before it came", s.Needs, s.Known)
}

// Asked is a database that can be asked: a *db.DB.
type Asked interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Of compares a database with the migrations that a program knows, in order. It
// takes no lock and waits for nobody.
func Of(ctx context.Context, d Asked, known []int64) (Standing, error) {
	var s Standing
	ran, err := whole(ctx, d, `select version_id from goose_db_version where is_applied and version_id > 0 order by version_id`)
	if err != nil {
		return s, err
	}
	needed, err := whole(ctx, d, `select migration from schema_needs order by migration`)
	if err != nil {
		return s, err
	}
	for _, n := range known {
		if s.Known = n; !slices.Contains(ran, n) {
			s.Pending = append(s.Pending, n)
		}
	}
	for _, n := range ran {
		if !slices.Contains(known, n) {
			s.Beyond = append(s.Beyond, n)
		}
	}
	if len(needed) > 0 {
		s.Needs = needed[len(needed)-1]
	}
	return s, nil
}

// whole reads one column of whole numbers; none where the table is not there
// yet.
func whole(ctx context.Context, d Asked, query string) ([]int64, error) {
	rows, err := d.Query(ctx, query)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	if missing(rows.Err()) {
		return nil, nil
	}
	return out, rows.Err()
}

func missing(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42P01" || err != nil && strings.Contains(err.Error(), "no such table")
}

// IsContended reports whether an error is what one of two programs gets that
// migrate at the same time: the other was there first.
func IsContended(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "42P07" || pg.Code == "42710" // a table, or another object, is there already
	}
	return strings.Contains(err.Error(), "already exists")
}
