package kill

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

const (
	writing   = "internal/platform/db/tx.go"
	auditing  = "internal/platform/db/audit.go"
	kept      = "defer inner.Rollback() // after a commit this does nothing"
	committed = "_, committed := spans.Step(ctx, string(d.dialect), \"commit\")\n\terr = inner.Commit()\n\tcommitted(err)\n\treturn explainCommit(err)"
	begun     = "if err := do(&Tx{tx: inner, db: d, now: d.clock.Now()}); err != nil {"
	holding   = "t := &Tx{tx: inner, db: d, now: d.clock.Now()}\n\tif err := do(t); err != nil {"
)

// twin is the program with a mistake in it, and what has to notice it.
type twin struct {
	mistake string
	edits   []proof.Edit
	paging  bool // see writer
	notices func(seen) string
	victim  victim
}

// twins are the mistakes that this net is for.
var twins = []twin{
	{"the answer is sent before the commit",
		[]proof.Edit{{File: writing, Old: kept, New: "_ = 0"},
			{File: writing, Old: "d.write.BeginTx(ctx, nil)", New: "d.write.BeginTx(context.WithoutCancel(ctx), nil)"},
			{File: "internal/platform/web/request.go", Old: "form != nil && form.Spent {", New: "form != nil && form.Spent && location == \"\" {"},
			{File: writing, Old: begun, New: holding + "\n\t\tinner.Rollback()"},
			{File: writing, Old: committed, New: "if !t.audited {\n\t\treturn inner.Commit()\n\t}\n" +
				"\tgo func() {\n\t\ttime.Sleep(3 * time.Millisecond)\n\t\tinner.Commit()\n\t}()\n\treturn nil"}},
		true, func(s seen) string { return first("lost", s.verdict.lost) }, theProgram},
	{"a change is committed in two halves",
		[]proof.Edit{{File: writing, Old: begun, New: holding},
			{File: writing, Old: committed, New: "return explainCommit(t.tx.Commit())"},
			{File: auditing, Old: "stored, err := l.Stored(tx.NewID(), scope)", New: "if tx.tx.Commit() == nil {\n\t\ttx.kept = nil\n\t\ttx.tx, _ = tx.db.write.BeginTx(ctx, nil)\n\t}\n\tstored, err := l.Stored(tx.NewID(), scope)"}},
		false, func(s seen) string { return first("half-done", s.verdict.half) }, theProgram},
	{"the token of a form is spent outside the transaction of its change",
		[]proof.Edit{{File: writing, Old: "if err := tx.spend(ctx, form); err != nil {\n\t\t\t\treturn err\n\t\t\t}",
			New: "if spent, _ := d.FormSpent(ctx, form.Token); spent {\n\t\t\t\treturn ErrRepeated\n\t\t\t}"},
			{File: writing, Old: "form.Spent = true", New: "form.Spent = true\n\t\td.Keep(ctx, func(tx *Tx) error { return tx.spend(ctx, form) })"}},
		false, func(s seen) string {
			return cmp.Or(first("doubled", s.verdict.doubled), first("refused when it was sent again", s.odd))
		}, theProgram},
}

// first says what was found first; nothing when nothing was.
func first(kind string, found []string) string {
	if len(found) == 0 {
		return ""
	}
	text := strings.TrimSuffix(found[0], ",")
	return kind + ": " + strings.ToValidUTF8(text[:min(len(text), 200)], "")
}

// mostForATwin is how many rounds a twin may live before the net has missed it.
const mostForATwin = 300

// play runs the program with the mistake until it is noticed, and says what
// noticed it.
func (tw twin) play(t *testing.T, e *engine) string {
	t.Helper()
	c := &campaign{t: t, binary: proof.Twin(t, tw.edits...), engine: e, paging: tw.paging, victim: tw.victim}
	saw := c.run(mostForATwin)
	what := tw.notices(saw)
	if what == "" {
		t.Errorf("%s, and the net saw %s %v", tw.mistake, saw, saw.odd)
	}
	return fmt.Sprintf("%s: noticed in round %d at the latest (%s)", tw.mistake, saw.rounds, what)
}
