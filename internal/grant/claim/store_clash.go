package claim

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Clash is a payment that stands with one employer and that another says is its
// own.
type Clash struct {
	ID         string
	Line       Line
	Org        asye.OrganisationID // who wants it
	OrgName    string
	StandsWith string // the name of who has it; empty where employers look
	Enrolment  asye.EnrolmentID
	Name       string // of the NQSW, where employers look
	Reason     string
	RaisedAt   asye.Instant
	Decision   Decision
	Why        string
	Version    int
}

// Decision is how a clash was settled; empty while it has not been.
type Decision string

// How a clash can be settled.
const (
	Stays Decision = "stays" // with whoever has claimed it
	Moves Decision = "moves" // the second employer may claim it
)

// Raise tells the national team that a payment which stands with another
// employer is due to the one at work (GRA-27).
func (s *Store) Raise(ctx context.Context, scope tenant.Scope, k Key, reason string) error {
	if err := access.Claiming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var bad fault.Problems
	bad.If(reason == "", "reason", "Write why this payment is yours: from when the NQSW has worked for you, and in what")
	bad.If(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		rows, err := s.due.Within(ctx, tx, scope)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(rows, func(r grant.Row) bool { return Key{r.Facts.Enrolment, r.Milestone.Key} == k && r.State == grant.Clash })
		if at < 0 {
			return fault.New(fault.NotFound, "There is no such payment that another employer has claimed")
		}
		id := tx.NewID()
		_, err = tx.Exec(ctx, `
			insert into grant_clashes (id, line_id, org_id, enrolment_id, reason, person_id, raised_at) values ($1, $2, $3, $4, $5, $6, $7)`,
			id, rows[at].Standing.ID, string(scope.Org()), string(k.Enrolment), reason, string(scope.Person()), tx.Now())
		if errors.Is(err, db.ErrDuplicate) {
			return fault.New(fault.Conflict, "You have told the national team of this already. They decide, and you will see it here")
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.clash raised", Kind: "clash", ID: id, Reason: reason, After: map[string]any{"payment": k}})
	})
}

// Clashes lists what two employers claim and nobody has settled, the earliest
// first.
func (s *Store) Clashes(ctx context.Context, scope tenant.Scope) ([]Clash, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, clashColumns+` where x.decision = '' order by x.raised_at, x.id`)
	all, err := db.Rows(rows, err, scanClash)
	for i := range all {
		if err == nil {
			all[i].Line, err = s.Payment(ctx, scope, all[i].Line.ID)
		}
	}
	return all, err
}

// Contested lists the payments that the employer at work and another both want,
// the latest first: what it has raised, and what was raised about a payment that
// it has. Neither is told who the other is, or what the other wrote.
func (s *Store) Contested(ctx context.Context, scope tenant.Scope) ([]Clash, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select x.id, x.line_id, x.org_id, x.enrolment_id, case when x.org_id = $1 then x.reason else '' end, x.raised_at, x.decision, x.decided_why, x.version,
			p.given_name || ' ' || p.family_name, l.org_id, l.scheme, l.milestone, l.pence
		from grant_clashes x join grant_lines l on l.id = x.line_id join people p on p.id = l.person_id
		where x.org_id = $1 or l.org_id = $1 order by x.raised_at desc, x.id`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (c Clash, err error) {
		return c, rows.Scan(&c.ID, &c.Line.ID, &c.Org, &c.Enrolment, &c.Reason, &c.RaisedAt, &c.Decision, &c.Why, &c.Version,
			&c.Name, &c.Line.Org, &c.Line.Scheme, &c.Line.Milestone, &c.Line.Pence)
	})
}

// Clash is one clash, settled or not.
func (s *Store) Clash(ctx context.Context, scope tenant.Scope, id string) (Clash, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return Clash{}, err
	}
	rows, err := s.db.Query(ctx, clashColumns+` where x.id = $1`, id)
	all, err := db.Rows(rows, err, scanClash)
	if err != nil || len(all) == 0 {
		return Clash{}, orNone(err, "clash")
	}
	all[0].Line, err = s.Payment(ctx, scope, all[0].Line.ID)
	return all[0], err
}

func orNone(err error, what string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "There is no such %s", what)
}

const clashColumns = `
	select x.id, x.line_id, x.org_id, o.name, w.name, x.reason, x.raised_at, x.decision, x.decided_why, x.version
	from grant_clashes x join organisations o on o.id = x.org_id join grant_lines l on l.id = x.line_id join organisations w on w.id = l.org_id`

func scanClash(rows *sql.Rows) (c Clash, err error) {
	return c, rows.Scan(&c.ID, &c.Line.ID, &c.Org, &c.OrgName, &c.StandsWith, &c.Reason, &c.RaisedAt, &c.Decision, &c.Why, &c.Version)
}

// Decide settles a clash. A payment that moves is taken back from whoever had it
// where it was accepted or paid, and returned where it was not, so that the
// second employer can claim it (GRA-27).
func (s *Store) Decide(ctx context.Context, scope tenant.Scope, id string, seen int, d Decision, why string) error {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	var bad fault.Problems
	bad.If(d != Stays && d != Moves, "decision", "Choose with which employer the payment is")
	bad.If(why == "", "why", "Write why: both employers will read it")
	bad.If(len([]rune(why)) > 500, "why", "The reason must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		line := ""
		if err := tx.QueryRow(ctx, `select line_id from grant_clashes where id = $1 and version = $2 and decision = ''`, id, seen).Scan(&line); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return db.ErrStale
			}
			return err
		}
		if _, err := tx.Exec(ctx, `update grant_clashes set decision = $2, decided_why = $3, decided_at = $4, version = version + 1 where id = $1`,
			id, string(d), why, tx.Now()); err != nil {
			return err
		}
		if d == Moves {
			if err := s.letGo(ctx, tx, scope, line, why); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, scope, db.Line{What: "claim.clash decided", Kind: "clash", ID: id, Reason: why, After: map[string]any{"decision": d}})
	})
}

// letGo takes a payment from whoever has it.
func (s *Store) letGo(ctx context.Context, tx *db.Tx, scope tenant.Scope, line, why string) error {
	l, err := s.payment(ctx, tx, scope, line)
	if err != nil {
		return err
	}
	switch {
	case l.Recovery != RecoveryNone || l.Payment == PaymentReturned:
		return nil // it has gone already
	case l.Payment == PaymentSubmitted:
		return fault.New(fault.Conflict, "The claim in which this payment stands has not been answered. Answer it first, and return the payment there")
	}
	return s.recover(ctx, tx, scope, l, why)
}

// chunks parts a list, so that no statement has more arguments than an engine
// takes.
func chunks(ids []string) iter.Seq[[]string] { return slices.Chunk(ids, 500) }
