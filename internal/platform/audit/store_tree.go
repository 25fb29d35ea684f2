package audit

import (
	"context"
	"database/sql"
	"fmt"

	"example.org/asye/internal/platform/db"
	"golang.org/x/mod/sumdb/tlog"
)

// edge is the right edge of the tree: how many lines it has, and the hashes that
// the next line and the root need. There are as many as the size has bits.
type edge struct {
	size   int64
	levels [64]tlog.Hash // the last complete part of the tree at each level
}

// ReadHashes gives hashes of the edge, which are all that adding a line asks
// for.
func (e *edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if n != e.size>>level-1 {
			return nil, fmt.Errorf("the hash %d of level %d is not on the edge of the tree", n, level)
		}
		out[i] = e.levels[level]
	}
	return out, nil
}

// add takes in the hash of the next line, and gives the hashes to be stored with
// it.
func (e *edge) add(leaf tlog.Hash) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashesForRecordHash(e.size, leaf, e)
	if err != nil {
		return nil, err
	}
	for level, h := range hashes {
		e.levels[level] = h
	}
	e.size++
	return hashes, nil
}

// root is the hash of the whole tree.
func (e *edge) root() (tlog.Hash, error) { return tlog.TreeHash(e.size, e) }

// stored reads hashes of the tree from the database.
type stored struct {
	ctx context.Context
	q   db.Queryer
}

// ReadHashes finds each hash with the line that completed its part of the tree.
func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		var hashes []byte
		err := s.q.QueryRow(s.ctx, `select hashes from audit_leaves where number = $1`, (n+1)<<level-1).Scan(&hashes)
		if err == sql.ErrNoRows {
			return nil, fmt.Errorf("line %d is missing from the chain", (n+1)<<level)
		}
		if err != nil {
			return nil, err
		}
		if len(hashes) < tlog.HashSize*(level+1) {
			return nil, fmt.Errorf("the hashes of line %d are incomplete", (n+1)<<level)
		}
		copy(out[i][:], hashes[tlog.HashSize*level:])
	}
	return out, nil
}

// edgeOf reads the edge of the tree that the database has.
func edgeOf(ctx context.Context, q db.Queryer) (*edge, error) {
	e := &edge{}
	err := q.QueryRow(ctx, `select coalesce(max(number) + 1, 0) from audit_leaves`).Scan(&e.size)
	if err != nil || e.size == 0 {
		return e, err
	}
	for level := range 63 {
		if e.size>>level&1 == 0 {
			continue
		}
		index := tlog.StoredHashIndex(level, e.size>>level-1)
		one, err := stored{ctx, q}.ReadHashes([]int64{index})
		if err != nil {
			return nil, err
		}
		e.levels[level] = one[0]
	}
	return e, nil
}
