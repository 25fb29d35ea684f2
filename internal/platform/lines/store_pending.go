package lines

import (
	"context"
	"database/sql"
	"strconv"

	"example.org/asye/internal/asye"
)

// Queryer reads rows: a database, or a transaction.
type Queryer interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// Work is a transaction.
type Work interface {
	Queryer
	Exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	Now() asye.Instant
}

// Wait lets a line wait for its number in the chain, in the transaction in which
// it is written.
func Wait(ctx context.Context, tx Work, id string) error {
	_, err := tx.Exec(ctx, `insert into audit_pending (line_id) values ($1)`, id)
	return err
}

// Waiting gives up to n lines that have no number yet, in the order of their
// identifiers. Only what has been committed is among them: a line of a
// transaction that takes longer waits, and gets a later number.
func Waiting(ctx context.Context, q Queryer, n int) ([]Stored, error) {
	rows, err := q.Query(ctx, `
		select `+Columns+` from audit_pending p join audit_lines l on l.id = p.line_id order by p.line_id limit $1`, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Stored
	for rows.Next() {
		var l Stored
		if err := rows.Scan(l.Into()...); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Numbered takes lines off the list of those that wait.
func Numbered(ctx context.Context, tx Work, lines []Stored) error {
	marks, args := "", make([]any, len(lines))
	for i, l := range lines {
		args[i] = l.ID
		marks += ", $" + strconv.Itoa(i+1)
	}
	_, err := tx.Exec(ctx, `delete from audit_pending where line_id in (`+marks[2:]+`)`, args...)
	return err
}

// AnyWaits reports whether a line waits for its number.
func AnyWaits(ctx context.Context, q Queryer) (bool, error) {
	n := 0
	err := q.QueryRow(ctx, `select count(*) from (select 1 from audit_pending p join audit_lines l on l.id = p.line_id limit 1) one`).Scan(&n)
	return n > 0, err
}
