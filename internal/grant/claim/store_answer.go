package claim

import (
	"context"
	"fmt"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Answer is the funder's decision on a claim: the lines that are named are
// returned, each with its reason, and all others accepted (GRA-25). What is
// accepted is on the employer's open statement from then on.
func (s *Store) Answer(ctx context.Context, scope tenant.Scope, id string, seen int, returned map[string]string) error {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		c, err := s.received(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if err := c.seen(seen); err != nil {
			return err
		}
		return s.answer(ctx, tx, scope, c, returned, "")
	})
}

// answer puts a decision into effect; noted begins its note.
func (s *Store) answer(ctx context.Context, tx *db.Tx, scope tenant.Scope, c Claim, returned map[string]string, noted string) error {
	if err := c.Is(Submitted); err != nil {
		return err
	}
	accepted, err := answer(ctx, tx, c, returned)
	if err != nil {
		return err
	}
	if err := s.statements.Accept(ctx, tx, scope, accepted); err != nil {
		return err
	}
	if err := step(ctx, tx, c, `state = 'answered', answered_at = $3`, tx.Now()); err != nil {
		return err
	}
	return act(ctx, tx, scope, c, actAnswered, fmt.Sprintf("%s%d accepted, %d returned", noted, len(accepted), len(c.Lines)-len(accepted)))
}

// answer accepts the lines of a claim but for those that are returned, and gives
// what was accepted.
func answer(ctx context.Context, tx *db.Tx, c Claim, returned map[string]string) ([]statement.Due, error) {
	if err := reasoned(c, returned); err != nil {
		return nil, err
	}
	var accepted []statement.Due
	for _, l := range c.Lines {
		reason, back := returned[l.ID]
		payment := PaymentReturned
		if !back {
			payment, accepted = PaymentAccepted, append(accepted, dueOf(l))
		}
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update grant_lines set payment = $2, payment_reason = $3, standing = $4, version = version + 1 where id = $1 and payment = 'submitted'`,
			l.ID, string(payment), strings.TrimSpace(reason), !back)); err != nil {
			return nil, err
		}
	}
	return accepted, nil
}

// reasoned refuses a line that is returned without a reason, or with too long a
// one.
func reasoned(c Claim, returned map[string]string) error {
	var bad fault.Problems
	for _, l := range c.Lines {
		if reason, back := returned[l.ID]; back {
			bad.If(strings.TrimSpace(reason) == "", "reason-"+l.ID, "Write why the %s of %s is returned: the employer will read it", strings.ToLower(l.Shown.Milestone), l.Shown.Name())
			bad.If(len([]rune(reason)) > 500, "reason-"+l.ID, "The reason for %s must be 500 characters or fewer", l.Shown.Name())
		}
	}
	return bad.Err()
}
