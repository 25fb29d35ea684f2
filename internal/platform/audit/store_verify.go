package audit

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Look is how the trail is to be looked at.
type Look struct {
	Public   []string                // by which checkpoints are judged; that of the chain's own key when there is none
	Outside  []Checkpoint            // as [ReadOutside] gives them
	Progress func(done, total int64) // told now and then; may be nil
}

// inDatabase is where most checkpoints are from.
const inDatabase = "the database"

// atOnce is how many lines are read at a time.
const atOnce = 4096

// slow is how long a line may wait for its number before that is worth a remark.
const slow = 10 * time.Minute

// walk is one look at everything. Lines are read in the order of their numbers
// and forgotten again.
type walk struct {
	Look
	db     *db.DB
	report *Report
	points []Checkpoint // that are signed, in the order of their sizes
	tree   edge
	lost   bool       // the tree cannot be followed any further
	good   Checkpoint // the last with which the chain agreed
	bad    bool       // it did not agree with one
	before string     // the day of the line before
	marked int64      // the number from which on lines have the mark of this key
}

// Verify looks at every line, at the tree, at all signatures, and at whether the
// chain is the one that each checkpoint covers. An error means that it could not
// look; what it found is in the report.
func (c *Chain) Verify(ctx context.Context, l Look) (*Report, error) {
	if len(l.Public) == 0 {
		l.Public = []string{c.key.Public()}
	}
	for _, public := range l.Public {
		if _, err := note.NewVerifier(public); err != nil {
			return nil, fmt.Errorf("the public key cannot be read: %w", err)
		}
	}
	w := &walk{Look: l, db: c.db, report: &Report{}}
	if err := w.origin(ctx, c); err != nil {
		return nil, err
	}
	if err := w.checkpoints(ctx); err != nil {
		return nil, err
	}
	if err := w.lines(ctx); err != nil {
		return nil, err
	}
	if err := w.compare(); err != nil {
		return nil, err
	}
	w.beyond()
	if err := w.unchained(ctx); err != nil {
		return nil, err
	}
	return w.report, nil
}

// origin looks whose chain it is. Lines from before the key was renewed have the
// mark of another, which cannot be checked.
func (w *walk) origin(ctx context.Context, c *Chain) error {
	o, err := c.Origin(ctx)
	if err != nil || o.Name == "" {
		return err
	}
	if !slices.Contains(w.Public, o.Public) {
		w.report.note(WrongKey, "The database says that its trail is signed by %s, which is not the key that it is judged by", o.Name)
	}
	if w.marked = o.FirstLine; w.marked > 0 {
		w.report.remark("The audit key was renewed after line %s: the marks of the lines before, and checkpoints signed by the key before, are not judged by this one: give the public key before with --key", figure(w.marked))
	}
	return nil
}

// checkpoints reads those of the database and those from outside, and judges
// their signatures. It also fixes how far this look goes: to the last line now.
func (w *walk) checkpoints(ctx context.Context) error {
	rows, err := w.db.Query(ctx, `
		select note, size, (select coalesce(max(number) + 1, 0) from audit_leaves) from audit_checkpoints
		union all select '', 0, coalesce(max(number) + 1, 0) from audit_leaves`)
	all, err := db.Rows(rows, err, func(rows *sql.Rows) (cp Checkpoint, err error) {
		return cp, rows.Scan(&cp.Note, &cp.Size, &w.report.Lines)
	})
	if err != nil {
		return err
	}
	for _, row := range all[:len(all)-1] {
		cp := w.judge(Checkpoint{Note: row.Note, From: inDatabase})
		w.report.Checkpoints++
		if cp != nil && cp.Size != row.Size {
			w.report.note(Worthless, "A checkpoint in the database is filed under %s, and says %s", counted(row.Size, "line"), figure(cp.Size))
		}
	}
	for _, one := range w.Outside {
		if w.judge(one) != nil {
			w.report.Outside++
		}
	}
	slices.SortStableFunc(w.points, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

// judge opens a checkpoint; nil when it is worth nothing. One in the database
// that an earlier key has signed is left aside.
func (w *walk) judge(one Checkpoint) *Checkpoint {
	cp, err := Checkpoint{}, error(nil)
	for _, public := range w.Public {
		if cp, err = open(one.Note, public); err == nil {
			break
		}
	}
	cp.From = one.From
	if errors.Is(err, errOtherKey) && cp.From == inDatabase && cp.Size <= w.marked {
		return nil
	}
	if err != nil {
		w.report.note(Worthless, "A checkpoint in %s, of %s on %s, is worth nothing: %s", cp.From, counted(cp.Size, "line"),
			orUnknown(clock.Moment(cp.At)), err)
		return nil
	}
	w.points = append(w.points, cp)
	return &cp
}

func orUnknown(text string) string {
	if text == "" {
		return "an unknown day"
	}
	return text
}

// link is a line with its place in the chain.
type link struct {
	number int64
	lineID string
	hashes []byte
	line   lines.Stored
}

// lines goes through the chain.
func (w *walk) lines(ctx context.Context) error {
	for from := int64(0); from < w.report.Lines; from += atOnce {
		until := min(from+atOnce, w.report.Lines)
		links, err := w.read(ctx, from, until)
		if err != nil {
			return err
		}
		next := from
		for _, k := range links {
			if err := w.absent(ctx, next, k.number); err != nil {
				return err
			}
			if err := w.present(k); err != nil {
				return err
			}
			next = k.number + 1
		}
		if err := w.absent(ctx, next, until); err != nil {
			return err
		}
		if w.Progress != nil {
			w.Progress(until, w.report.Lines)
		}
	}
	return nil
}

func (w *walk) read(ctx context.Context, from, until int64) ([]link, error) {
	rows, err := w.db.Query(ctx, `
		select f.number, f.line_id, f.hashes, `+lines.Columns+`
		from audit_leaves f join audit_lines l on l.id = f.line_id
		where f.number >= $1 and f.number < $2 order by f.number`, from, until)
	return db.Rows(rows, err, func(rows *sql.Rows) (k link, err error) {
		return k, rows.Scan(append([]any{&k.number, &k.lineID, &k.hashes}, k.line.Into()...)...)
	})
}

// present looks at a line that is there.
func (w *walk) present(k link) error {
	w.before = dayOf(k.line.RecordedAt)
	leaf := tlog.RecordHash(k.line.Leaf())
	switch {
	case !bytes.HasPrefix(k.hashes, leaf[:]):
		w.report.find(Changed, k.number, "%s is not what it was when it got its number: a column of it has been changed, or another line has been put in its place",
			called(k.number, k.line))
	case w.db.Guarded() && k.number >= w.marked && !w.db.Marked(k.line):
		w.report.find(Added, k.number, "%s was not written by this service: somebody has put it into the database", called(k.number, k.line))
	}
	return w.grow(k)
}

// absent looks at numbers for which there is no line.
func (w *walk) absent(ctx context.Context, from, until int64) error {
	for n := from; n < until; n++ {
		k := link{number: n}
		err := w.db.QueryRow(ctx, `select line_id, hashes from audit_leaves where number = $1`, n).Scan(&k.lineID, &k.hashes)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			w.report.find(Gone, n, "Line %s is gone, and so is its place in the chain; the line before is of %s. Nothing after it can be held against the checkpoints",
				figure(n+1), orUnknown(w.before))
			w.lost = true
		case err != nil:
			return err
		default:
			w.report.find(Gone, n, "Line %s (%s) has been deleted; the line before is of %s", figure(n+1), k.lineID, orUnknown(w.before))
			if err := w.grow(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// grow takes the stored hash of a line into the tree, compares the other hashes
// stored with it, and the whole with the checkpoints of just so many lines.
func (w *walk) grow(k link) error {
	if w.lost {
		return nil
	}
	if len(k.hashes) < tlog.HashSize {
		w.report.find(Tree, k.number, "The hash of line %s has been damaged", figure(k.number+1))
		w.lost = true
		return nil
	}
	want, err := w.tree.add(tlog.Hash(k.hashes[:tlog.HashSize]))
	if err != nil {
		return err
	}
	if !equal(k.hashes, want) {
		w.report.find(Tree, k.number, "The hashes that are stored with line %s do not follow from the lines before it: they have been changed", figure(k.number+1))
	}
	return w.compare()
}

func equal(flat []byte, want []tlog.Hash) bool {
	for _, h := range want {
		if !bytes.HasPrefix(flat, h[:]) {
			return false
		}
		flat = flat[tlog.HashSize:]
	}
	return len(flat) == 0
}

// compare holds the tree against the checkpoints of its size.
func (w *walk) compare() error {
	for len(w.points) > 0 && w.points[0].Size <= w.tree.size {
		cp := w.points[0]
		w.points = w.points[1:]
		if cp.Size <= 0 {
			w.report.note(Worthless, "A checkpoint in %s is about no lines at all", cp.From)
			continue
		}
		root, err := w.tree.root()
		if err != nil {
			return err
		}
		if root == cp.Root {
			w.good, w.bad = cp, false
			continue
		}
		if !w.bad {
			w.report.note(Unlike, "%s", w.unlike(cp))
		}
		w.bad = true
	}
	return nil
}

func (w *walk) unlike(cp Checkpoint) string {
	since := "the beginning"
	if w.good.Size > 0 {
		since = clock.Moment(w.good.At)
	}
	return "The first " + counted(cp.Size, "line") + " are not those that the checkpoint in " + cp.From + ", of " + clock.Moment(cp.At) +
		", covers. From line " + figure(w.good.Size+1) + " to line " + figure(cp.Size) + ", that is since " + since +
		", something was changed, left out or put in, and the hashes were made to match; or the checkpoint is of a copy of this database that was carried on elsewhere"
}

// beyond looks at what the end of the chain and the checkpoints do not share.
func (w *walk) beyond() {
	if n := len(w.points); n > 0 && !w.lost {
		cp := w.points[n-1]
		w.report.note(Short, "The checkpoint in %s, of %s, covers %s, and there are %s: the last %s are gone, or an older copy of the database has been put in its place",
			cp.From, clock.Moment(cp.At), counted(cp.Size, "line"), figure(w.report.Lines), figure(cp.Size-w.report.Lines))
	}
	w.report.Through = w.good.At
	if w.lost || w.bad || w.good.Size == w.report.Lines {
		return
	}
	w.report.note(Uncovered, "No checkpoint covers the last %s of the chain: somebody has put them there, or has taken the checkpoint away",
		counted(w.report.Lines-w.good.Size, "line"))
}
