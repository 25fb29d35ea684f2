package statement

import (
	"context"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Due is a payment that was accepted, or one that is to be taken back.
type Due struct {
	Line   string
	Org    asye.OrganisationID
	Scheme string
	Pence  grant.Pence
	On     asye.Date
	Reason string
}

// Accept puts payments that a funder has accepted on the open statements of
// their employers, in the transaction in which that was decided (GRA-40).
func (s *Store) Accept(ctx context.Context, tx *db.Tx, _ tenant.Scope, all []Due) error {
	for _, d := range all {
		if err := s.takeOffInstalment(ctx, tx, d); err != nil {
			return err
		}
		if _, err := s.add(ctx, tx, d.Org, d.Scheme, Item{Kind: KindLine, Line: d.Line, Pence: d.Pence, EffectiveOn: d.On}); err != nil {
			return err
		}
	}
	return nil
}

// TakeBack puts the recovery of a payment on the next open statement of its
// employer, in the transaction in which it was decided (GRA-41).
func (s *Store) TakeBack(ctx context.Context, tx *db.Tx, _ tenant.Scope, d Due) error {
	_, err := s.add(ctx, tx, d.Org, d.Scheme, Item{Kind: KindRecovery, Line: d.Line, Pence: -d.Pence, Reason: d.Reason, EffectiveOn: clock.DateOf(tx.Now())})
	return err
}

// add puts an item on the open statement, with its entry in the ledger, and
// gives the statement.
func (s *Store) add(ctx context.Context, tx *db.Tx, org asye.OrganisationID, scheme string, i Item) (string, error) {
	statement, err := s.open(ctx, tx, org, scheme)
	if err != nil {
		return "", err
	}
	id := tx.NewID()
	if _, err := tx.Exec(ctx, `
		insert into grant_items (id, statement_id, org_id, kind, line_id, pence, reason, effective_on, recorded_at, person_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		id, statement, string(org), string(i.Kind), orNull(i.Line), int64(i.Pence), i.Reason, i.EffectiveOn, tx.Now(), orNull(i.By)); err != nil {
		return "", err
	}
	if i.Kind == KindCarried {
		return statement, nil // what is carried over has been booked
	}
	debit, credit, amount := accountsOf(i.Pence)
	_, err = tx.Exec(ctx, `
		insert into grant_entries (id, org_id, scheme, debit, credit, pence, item_id, effective_on, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.NewID(), string(org), scheme, string(debit), string(credit), int64(amount), id, i.EffectiveOn, tx.Now())
	return statement, err
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// turn is taken by whatever changes a statement.
const turn = "grant"

// Adjustment is somebody's correction of what an employer is paid.
type Adjustment struct {
	Org    asye.OrganisationID
	Scheme string
	Pence  grant.Pence // below zero to take it off
	On     asye.Date   // from when it counts
	Reason string
}

// mostAdjusted is the most that can be put right in one go. More is a slip of
// the finger.
const mostAdjusted = 1_000_000_00

func (a Adjustment) check(today asye.Date) error {
	var bad fault.Problems
	bad.If(a.Org == "", "employer", "Choose the employer")
	bad.If(a.Scheme == "", "scheme", "Choose the scheme")
	bad.If(a.Pence == 0, "amount", "Enter an amount in pounds and pence, like 100.00, or -100.00 to take it off")
	bad.If(a.Pence > mostAdjusted || a.Pence < -mostAdjusted, "amount", "An adjustment can be %s at most. Check the amount", grant.Pence(mostAdjusted))
	bad.If(a.On.IsZero(), "effective_on", "Enter the day from which the amount counts, like 27 3 2027")
	bad.If(a.On.After(today), "effective_on", "The day from which the amount counts cannot be in the future")
	bad.If(a.Reason == "", "reason", "Write why: the employer will read it, and so will an auditor")
	bad.If(len([]rune(a.Reason)) > LongestReason, "reason", "The reason must be %d characters or fewer", LongestReason)
	return bad.Err()
}

// LongestReason is how many characters a reason may have.
const LongestReason = 500

// Adjust adds an amount to the open statement of an employer, or takes it off,
// with the reason (GRA-42).
func (s *Store) Adjust(ctx context.Context, scope tenant.Scope, a Adjustment) error {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	a.Reason = strings.TrimSpace(a.Reason)
	if err := a.check(clock.Today(s.db.Clock())); err != nil {
		return err
	}
	if _, ok := s.book.Get(a.Scheme); !ok {
		return grant.ErrNoScheme(a.Scheme)
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		n := 0
		if err := tx.QueryRow(ctx, `select count(*) from organisations where id = $1 and type <> 'national'`, string(a.Org)).Scan(&n); err != nil || n == 0 {
			return orNoEmployer(err)
		}
		i := Item{Kind: KindAdjustment, Pence: a.Pence, Reason: a.Reason, EffectiveOn: a.On, By: string(scope.Person())}
		on, err := s.add(ctx, tx, a.Org, a.Scheme, i)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.adjusted", Kind: "statement", ID: on, Org: a.Org, On: a.On, Reason: a.Reason,
			After: map[string]any{"scheme": a.Scheme, "pence": int64(a.Pence)}})
	})
}

func orNoEmployer(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "There is no such employer")
}
