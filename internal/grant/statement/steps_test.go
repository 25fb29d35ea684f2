package statement_test

import (
	"errors"
	"testing"

	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/db"
)

// A step of a larger change leaves nothing when that comes to nothing, and puts
// the same payment and the same recovery on a statement once.
func TestStepsAreOfTheTransactionTheyAreIn(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, ours, 1)
		h.Conditions(t, ours)
		l := h.Accepted(t, ours, granttest.Director).Lines[0]
		due := statement.Due{Line: l.ID, Org: l.Org, Scheme: l.Scheme, Pence: l.Pence, On: l.On, Reason: "Because"}
		undone := errors.New("nothing of it")
		err := h.DB.Keep(ctx, func(tx *db.Tx) error {
			must(t, h.Statements.TakeBack(ctx, tx, team, due))
			return undone
		})
		if !errors.Is(err, undone) || h.Count(t, `grant_items`) != 1 || h.Count(t, `grant_entries`) != 1 {
			t.Errorf("%v, %d items, %d entries", err, h.Count(t, `grant_items`), h.Count(t, `grant_entries`))
		}
		if err := h.DB.Keep(ctx, func(tx *db.Tx) error { return h.Statements.Accept(ctx, tx, team, []statement.Due{due}) }); !errors.Is(err, db.ErrDuplicate) {
			t.Errorf("a payment is accepted twice: %v", err)
		}
	})
}
