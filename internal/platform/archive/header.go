package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// format is the number of the form that this program writes, and oldest the
// oldest that it reads.
const (
	format = 1
	oldest = 1
)

// Header says what an archive is, at its beginning.
type Header struct {
	Format     int
	Program    string       // the version of asye that wrote it
	Engine     db.Dialect   // that it was read from
	MadeAt     asye.Instant // when that began
	Migrations []int64      // that had run
	Tables     []Table      // in the order in which they follow
}

// Newest is the number of the newest migration.
func (h Header) Newest() int64 { return db.Shape{Versions: h.Migrations}.Newest() }

// Table is what a table is like.
type Table struct {
	Name    string
	Columns []db.Column // by name
	Key     []string    // by which its rows are in order
}

// Count is what one table held.
type Count struct {
	Table string
	Rows  int64
	Hash  string // SHA-256 of the canonical rows, in hexadecimal
}

// Manifest is what each table held, at the end of an archive.
type Manifest struct{ Tables []Count }

// Rows is how many rows there are in all.
func (m Manifest) Rows() int64 {
	n := int64(0)
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// sum hashes one table as its rows go by.
type sum struct {
	table   Table
	rows    int64
	hash    hash.Hash
	scratch []byte
}

// newSum begins with what the table is like: another column is another hash.
func newSum(t Table) *sum {
	s := &sum{table: t, hash: sha256.New()}
	head := appendText(nil, t.Name)
	for _, c := range t.Columns {
		head = appendText(appendText(head, c.Name), string(c.Kind))
	}
	s.hash.Write(head) // a hash does not fail
	return s
}

func (s *sum) add(row []any) (err error) {
	s.rows++
	s.scratch, err = writeCanonical(s.hash, s.scratch, s.table.Columns, row)
	return err
}

func (s *sum) count() Count {
	return Count{s.table.Name, s.rows, hex.EncodeToString(s.hash.Sum(nil))}
}

// tablesOf is the shape of a database in the words of a header.
func tablesOf(s db.Shape) []Table {
	out := make([]Table, len(s.Tables))
	for i, t := range s.Tables {
		out[i] = Table{t.Name, t.Columns, t.Key}
	}
	return out
}
