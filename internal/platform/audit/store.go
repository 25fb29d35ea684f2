package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"golang.org/x/mod/sumdb/tlog"
)

// turn is the key of the turn in which lines get their numbers: of several
// programs on one database one does it at a time, and whoever comes next sees
// what was done.
const turn = "audit chain"

// mostAtOnce is how many lines get their numbers in one transaction.
const mostAtOnce = 1000

// Chain is the lines of the audit trail in their order, as leaves of a tree.
type Chain struct {
	db  *db.DB
	key Key // zero where lines are only looked at
	log *slog.Logger
}

// NewChain is the chain of a database. Without a key it can be looked at and not
// made longer.
func NewChain(d *db.DB, k Key, log *slog.Logger) *Chain { return &Chain{d, k, log} }

// ErrOtherKey is a key that is not the one of this database.
var ErrOtherKey = errors.New("this is not the audit key of this database")

// Origin is whose chain a database has.
type Origin struct {
	Name      string // of the key; empty as long as the chain is nobody's
	Public    string // its public half
	FirstLine int64  // the number from which on it marks lines; earlier ones have the mark of an earlier key
}

// Origin tells whose chain a database has.
func (c *Chain) Origin(ctx context.Context) (Origin, error) { return origin(ctx, c.db) }

func origin(ctx context.Context, q db.Queryer) (Origin, error) {
	var o Origin
	err := q.QueryRow(ctx, `select name, verifier, first_line from audit_origin order by first_line desc, since desc limit 1`).
		Scan(&o.Name, &o.Public, &o.FirstLine)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return o, err
}

// Claim makes the chain that of its key, where it is nobody's yet. A chain of
// another key is [ErrOtherKey]: nothing must be signed or sealed with the wrong
// one.
func (c *Chain) Claim(ctx context.Context) error {
	return c.db.Keep(ctx, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		o, err := origin(ctx, tx)
		if err == nil && o.Name == "" {
			return c.own(ctx, tx, 0)
		}
		if err == nil && o.Public != c.key.Public() {
			return fmt.Errorf("%w: its trail is signed by %s, and the key here is %s", ErrOtherKey, o.Name, c.key.Name)
		}
		return err
	})
}

func (c *Chain) own(ctx context.Context, tx *db.Tx, first int64) error {
	_, err := tx.Exec(ctx, `insert into audit_origin (name, verifier, first_line, since) values ($1, $2, $3, $4)`,
		c.key.Name, c.key.Public(), first, tx.Now())
	return err
}

// Extend gives every line that waits its number, and signs a checkpoint. It
// tells how many lines there were. A chain that does not fit its own last
// checkpoint is [ErrBroken], and nothing is signed over it.
func (c *Chain) Extend(ctx context.Context) (int, error) {
	total := 0
	for {
		waiting, err := lines.AnyWaits(ctx, c.db)
		if err != nil || !waiting {
			return total, err
		}
		n := 0
		err = c.db.Keep(ctx, func(tx *db.Tx) (err error) {
			n, err = c.extend(ctx, tx)
			return err
		})
		if total += n; err != nil || n == 0 {
			return total, err
		}
	}
}

func (c *Chain) extend(ctx context.Context, tx *db.Tx) (int, error) {
	if err := tx.Turn(ctx, turn); err != nil {
		return 0, err
	}
	waiting, err := lines.Waiting(ctx, tx, mostAtOnce)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	tree, err := c.sound(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, l := range waiting {
		if !c.db.Marked(l) {
			c.log.Error("a line of the audit trail was not written by this service: run asye audit verify", "line", tree.size+1, "id", l.ID)
		}
		if err := add(ctx, tx, tree, l); err != nil {
			return 0, err
		}
	}
	if err := lines.Numbered(ctx, tx, waiting); err != nil {
		return 0, err
	}
	return len(waiting), c.keep(ctx, tx, tree)
}

func add(ctx context.Context, tx *db.Tx, tree *edge, l lines.Stored) error {
	number := tree.size
	hashes, err := tree.add(tlog.RecordHash(l.Leaf()))
	if err != nil {
		return err
	}
	flat := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		flat = append(flat, h[:]...)
	}
	_, err = tx.Exec(ctx, `insert into audit_leaves (number, line_id, hashes) values ($1, $2, $3)`, number, l.ID, flat)
	return err
}

// ErrBroken is a chain that does not fit its own last checkpoint.
var ErrBroken = errors.New("the chain of the audit trail has been altered")

// sound reads the edge of the tree and holds it against the last checkpoint,
// which every line so far must be covered by.
func (c *Chain) sound(ctx context.Context, tx *db.Tx) (*edge, error) {
	tree, err := edgeOf(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	last, err := c.latest(ctx, tx)
	if err != nil {
		return nil, err
	}
	root, err := tree.root()
	if err == nil && (last.Size != tree.size || tree.size > 0 && last.Root != root) {
		err = fmt.Errorf("%w: it has %d lines, and the last checkpoint is about %d", ErrBroken, tree.size, last.Size)
		if last.Size == tree.size {
			err = fmt.Errorf("%w: its hashes are not those of the last checkpoint, of %d lines", ErrBroken, last.Size)
		}
	}
	return tree, err
}

// keep signs a checkpoint, which takes the place of an earlier one of the day.
func (c *Chain) keep(ctx context.Context, tx *db.Tx, tree *edge) error {
	root, err := tree.root()
	if err != nil {
		return err
	}
	signed, err := c.key.sign(Checkpoint{Size: tree.size, Root: root, At: tx.Now()})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into audit_checkpoints (day, size, note, signed_at) values ($1, $2, $3, $4)
		on conflict (day) do update set size = excluded.size, note = excluded.note, signed_at = excluded.signed_at`,
		clock.DateOf(tx.Now()), signed.Size, signed.Note, tx.Now())
	return err
}

// Latest is the last checkpoint in the database; the zero value where there is
// none.
func (c *Chain) Latest(ctx context.Context) (Checkpoint, error) { return c.latest(ctx, c.db) }

func (c *Chain) latest(ctx context.Context, q db.Queryer) (Checkpoint, error) {
	var text string
	err := q.QueryRow(ctx, `select note from audit_checkpoints order by size desc, day desc limit 1`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return Checkpoint{}, nil
	}
	if err != nil {
		return Checkpoint{}, err
	}
	cp, err := open(text, c.key.Public())
	if err != nil {
		return cp, fmt.Errorf("%w: its last checkpoint cannot be trusted: %w", ErrBroken, err)
	}
	return cp, nil
}

// Follows holds the chain against a checkpoint from outside: the first lines
// must be those that it covers. It is quick, because it asks only for the hashes
// of the tree; [Chain.Verify] looks at the lines too.
func (c *Chain) Follows(ctx context.Context, cp Checkpoint) error {
	var size int64
	if err := c.db.QueryRow(ctx, `select coalesce(max(number) + 1, 0) from audit_leaves`).Scan(&size); err != nil {
		return err
	}
	if size < cp.Size {
		return fmt.Errorf("%w: it has %d lines, and had %d on %s", ErrBroken, size, cp.Size, clock.Moment(cp.At))
	}
	root, err := tlog.TreeHash(cp.Size, stored{ctx, c.db})
	if err == nil && root != cp.Root {
		err = fmt.Errorf("its first %d lines are not those that it had on %s", cp.Size, clock.Moment(cp.At))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// Standing is how the chain stands, for a page.
type Standing struct {
	Checkpoint Checkpoint
	Waiting    int          // lines without a number
	Oldest     asye.Instant // when the first of those was written
}

// Standing tells how the chain stands.
func (c *Chain) Standing(ctx context.Context) (Standing, error) {
	s := Standing{}
	var err error
	if s.Checkpoint, err = c.Latest(ctx); err != nil {
		return s, err
	}
	err = c.db.QueryRow(ctx, `
		select count(*), min(l.recorded_at) from audit_pending p join audit_lines l on l.id = p.line_id`).Scan(&s.Waiting, &s.Oldest)
	return s, err
}

// Public is the public half of the key.
func (c *Chain) Public() string { return strings.TrimSpace(c.key.Public()) }
