package registration

import (
	"context"
	"database/sql"
	"strconv"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Moving is a transfer with the name of the NQSW, for the queues of those who
// have to act on it.
type Moving struct {
	Transfer
	Name      string
	Reference string
}

const movingColumns = `
	select ` + transferFields + `,
		p.given_name || ' ' || p.family_name, e.reference
	from ` + transferTables + `
	join enrolments e on e.id = t.enrolment_id
	join people p on p.id = e.person_id`

func (s *Store) moving(ctx context.Context, where string, args ...any) ([]Moving, error) {
	rows, err := s.db.Query(ctx, movingColumns+` where `+where, args...)
	return db.Rows(rows, err, func(rows *sql.Rows) (m Moving, err error) {
		m.Transfer, err = scanTransfer(rows, &m.Name, &m.Reference)
		return m, err
	})
}

// Moves lists the transfers under way that concern the scope's organisation,
// leaving or joining.
func (s *Store) Moves(ctx context.Context, scope tenant.Scope) ([]Moving, error) {
	if err := moves(scope); err != nil {
		return nil, err
	}
	return s.moving(ctx, `t.status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed')
		and (t.from_org_id = $1 or (t.to_org_id = $1 and t.claimed_at is not null)) order by t.recorded_at, t.id`, string(scope.Org()))
}

// moves refuses those who may not see the moves of their own organisation.
func moves(scope tenant.Scope) error { return access.Moves.Ask(scope, policy.SameEmployer) }

// latestMoves is how many moves that are over are still shown.
const latestMoves = 10

// PastMoves lists the latest moves from and to the scope's organisation that are
// over, the last first: where both employers read how they ended, and why.
func (s *Store) PastMoves(ctx context.Context, scope tenant.Scope) ([]Moving, error) {
	if err := moves(scope); err != nil {
		return nil, err
	}
	return s.moving(ctx, `t.status in ('completed', 'cancelled')
		and (t.from_org_id = $1 or (t.to_org_id = $1 and t.claimed_at is not null))
		order by t.recorded_at desc, t.id desc limit `+strconv.Itoa(latestMoves), string(scope.Org()))
}

// Disputes lists the transfers that the national team has to decide on.
func (s *Store) Disputes(ctx context.Context, scope tenant.Scope) ([]Moving, error) {
	if err := national(scope); err != nil {
		return nil, err
	}
	return s.moving(ctx, `t.status = 'disputed' order by t.recorded_at, t.id`)
}

// Dispute is one of them.
func (s *Store) Dispute(ctx context.Context, scope tenant.Scope, id string) (Moving, error) {
	if err := national(scope); err != nil {
		return Moving{}, err
	}
	found, err := s.moving(ctx, `t.status = 'disputed' and t.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "There is no such disputed transfer")
	}
	if err != nil {
		return Moving{}, err
	}
	return found[0], nil
}

// Ruling is how the national team settles a disputed transfer.
type Ruling struct {
	Moves    bool // the year moves on these dates; otherwise it stays
	LeavesOn asye.Date
	JoinsOn  asye.Date
	Why      string
}

// Rule settles a disputed transfer, on behalf of the NQSW (REG-45). One that
// moves does so on the day of joining, like any other (REG-48).
func (s *Store) Rule(ctx context.Context, scope tenant.Scope, id string, seen int, r Ruling) error {
	if err := national(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		t, err := scanTransfer(tx.QueryRow(ctx, transferColumns+` where t.id = $1 and t.status = 'disputed'`, id))
		if err != nil {
			return db.NotFound(err, "disputed transfer")
		}
		if t.Version != seen {
			return db.ErrStale
		}
		rec, err := s.load(ctx, tx, byID(t.Enrolment))
		if err != nil {
			return err
		}
		if err := r.check(rec, t); err != nil {
			return err
		}
		c, err := s.rule(ctx, tx, scope, rec, t, r)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope.OnBehalfOf(rec.Person), rec, c)
	})
}

func (s *Store) rule(ctx context.Context, tx *db.Tx, scope tenant.Scope, rec Record, t Transfer, r Ruling) (change, error) {
	if err := s.tellRuled(ctx, tx, rec, t); err != nil {
		return change{}, err
	}
	if !r.Moves {
		return change{What: "ruledStays", Reason: r.Why}, s.close(ctx, tx, t, TransferCancelled, r.Why)
	}
	t.LeavesOn, t.JoinsOn, t.Resolution = r.LeavesOn, r.JoinsOn, r.Why
	c, err := s.move(ctx, tx, scope, rec, t)
	c.What, c.Reason = "ruledMoves", r.Why
	return c, err
}

// NobodyClaims is why a move that nobody has claimed can only stay.
const NobodyClaims = "Nobody has claimed the NQSW, so the year has nowhere to move"

// check judges a ruling.
func (r Ruling) check(rec Record, t Transfer) error {
	var bad fault.Problems
	bad = append(bad, fault.ProblemsOf(words("why", r.Why, "Say why, for both employers and the NQSW to read"))...)
	if !r.Moves {
		return bad.Err()
	}
	bad.If(t.To == "", "moves", "%s", NobodyClaims)
	bad.If(r.LeavesOn.IsZero(), "leaves_on", "Enter the first day no longer with the losing employer, like 27 3 2027")
	bad.If(r.JoinsOn.IsZero(), "joins_on", "Enter the first day with the gaining employer, like 27 3 2027")
	if !r.LeavesOn.IsZero() && !r.JoinsOn.IsZero() {
		bad.If(r.JoinsOn.Before(r.LeavesOn), "joins_on", "The NQSW cannot join before leaving, on %s", r.LeavesOn)
		bad.If(!rec.StartsOn.Before(r.LeavesOn), "leaves_on", "The NQSW cannot leave before the year has started, on %s", rec.StartsOn)
		bad = append(bad, rec.withEmployer("leaves_on", r.LeavesOn)...)
	}
	return bad.Err()
}

// national refuses whoever is not the national team: their queues show people
// of every employer.
func national(scope tenant.Scope) error {
	if scope.Role() != asye.National {
		return fault.New(fault.Forbidden, "Only the national team can see this")
	}
	return nil
}
