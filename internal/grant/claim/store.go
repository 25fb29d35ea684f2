package claim

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps claims.
type Store struct {
	db         *db.DB
	due        *grant.Store
	statements *statement.Store
}

// NewStore keeps claims in a database; due knows what can be claimed, and what is
// accepted goes on statements, which tell it in turn what was paid.
func NewStore(d *db.DB, due *grant.Store, statements *statement.Store) *Store {
	s := &Store{d, due, statements}
	statements.OnSettled(s.Settle)
	return s
}

// dueOf is a line as statements take it.
func dueOf(l Line) statement.Due {
	return statement.Due{Line: l.ID, Org: l.Org, Scheme: l.Scheme, Pence: l.Pence, On: l.On, Reason: l.RecoveryReason}
}

// Payer is who pays what is claimed.
func (s *Store) Payer() grant.Payer { return s.statements.Payer() }

// Book is the schemes that claims can be made from.
func (s *Store) Book() *grant.Book { return s.due.Book() }

const claimColumns = `
	select c.id, c.reference, c.org_id, o.name, o.code, o.type, c.scheme, c.state, c.left_out, c.scheme_hash, c.content_hash, c.pence,
		c.drafted_at, c.signed_at, c.submitted_at, c.answered_at, c.version
	from grant_claims c join organisations o on o.id = c.org_id`

func (s *Store) scan(row interface{ Scan(...any) error }) (Claim, error) {
	var c Claim
	var scheme string
	var out []byte
	if err := row.Scan(&c.ID, &c.Reference, &c.Org, &c.OrgName, &c.OrgCode, &c.OrgType, &scheme, &c.State, &out, &c.SchemeHash, &c.Hash, &c.Pence,
		&c.DraftedAt, &c.SignedAt, &c.SubmittedAt, &c.AnsweredAt, &c.Version); err != nil {
		return c, err
	}
	var ok bool
	if c.Scheme, ok = s.Book().Get(scheme); !ok {
		c.Scheme = grant.Scheme{Key: scheme, Name: scheme}
	}
	return c, json.Unmarshal(out, &c.LeftOut)
}

// List lists the claims of the employer at work, the latest first, without their
// lines.
func (s *Store) List(ctx context.Context, scope tenant.Scope) ([]Claim, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, claimColumns+` where c.org_id = $1 and c.state <> 'discarded' order by c.drafted_at desc, c.id desc`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Claim, error) { return s.scan(rows) })
}

// Get is one claim of the employer at work, with its lines as they were signed
// and who did what.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, id string) (Claim, error) {
	return s.get(ctx, s.db, scope, id)
}

func (s *Store) get(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Claim, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return Claim{}, err
	}
	c, err := s.scan(q.QueryRow(ctx, claimColumns+` where c.id = $1 and c.org_id = $2`, id, string(scope.Org())))
	if err != nil {
		return c, db.NotFound(err, "claim")
	}
	return c, whole(ctx, q, &c)
}

// Queued is a claim that waits for the funder, with how many payments it asks
// for and the earliest deadline of those.
type Queued struct {
	Claim
	Count    int
	Deadline asye.Instant
}

// Waiting lists the claims that wait for the funder's answer, that with the
// earliest deadline first and then the oldest, without their lines.
func (s *Store) Waiting(ctx context.Context, scope tenant.Scope) ([]Queued, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, claimColumns+` where c.state = 'submitted' order by c.submitted_at, c.id`)
	all, err := db.Rows(rows, err, func(rows *sql.Rows) (Queued, error) {
		c, err := s.scan(rows)
		return Queued{Claim: c}, err
	})
	if err != nil {
		return nil, err
	}
	byID := map[string]*Queued{}
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	rows, err = s.db.Query(ctx, `select l.claim_id, l.event_on, count(*) from grant_lines l where l.payment = 'submitted' group by l.claim_id, l.event_on`)
	if _, err = db.Rows(rows, err, func(rows *sql.Rows) (day asye.Date, err error) {
		id, n := "", 0
		err = rows.Scan(&id, &day, &n)
		if q := byID[id]; q != nil {
			q.ask(day, n)
		}
		return day, err
	}); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b Queued) int { return a.Deadline.Time().Compare(b.Deadline.Time()) })
	return all, nil
}

// ask counts payments for what falls on a day.
func (q *Queued) ask(day asye.Date, n int) {
	q.Count += n
	d, ok := q.Scheme.DeadlineOf(day)
	if !ok {
		return
	}
	if at, err := d.Closes(); err == nil && (q.Deadline.IsZero() || at.Before(q.Deadline)) {
		q.Deadline = at
	}
}

// Received is one claim that was submitted, of any employer: for the funder.
func (s *Store) Received(ctx context.Context, scope tenant.Scope, id string) (Claim, error) {
	return s.received(ctx, s.db, scope, id)
}

func (s *Store) received(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Claim, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return Claim{}, err
	}
	c, err := s.scan(q.QueryRow(ctx, claimColumns+` where c.id = $1 and c.state in ('submitted', 'answered')`, id))
	if err != nil {
		return c, db.NotFound(err, "claim")
	}
	return c, whole(ctx, q, &c)
}

// whole reads the lines of a claim, and who did what with it.
func whole(ctx context.Context, q db.Queryer, c *Claim) (err error) {
	rows, err := q.Query(ctx, lineColumns+` where l.claim_id = $1 order by l.id`, c.ID)
	if c.Lines, err = db.Rows(rows, err, scanLine); err != nil {
		return err
	}
	rows, err = q.Query(ctx, `
		select a.act, p.given_name || ' ' || p.family_name, a.acted_at, a.content_hash, a.note
		from   grant_claim_acts a join people p on p.id = a.person_id
		where  a.claim_id = $1 order by a.acted_at, a.id`, c.ID)
	c.Acts, err = db.Rows(rows, err, func(rows *sql.Rows) (a Act, err error) {
		return a, rows.Scan(&a.What, &a.By, &a.At, &a.Hash, &a.Note)
	})
	return err
}

const lineColumns = `
	select l.id, l.claim_id, c.reference, l.org_id, l.enrolment_id, l.person_id, l.programme, l.scheme, l.milestone, l.event_on, l.pence,
		l.facts, l.reasons, l.shown, l.payment, l.payment_reason, l.recovery, l.recovery_reason, l.version
	from grant_lines l join grant_claims c on c.id = l.claim_id`

func scanLine(rows *sql.Rows) (Line, error) {
	var l Line
	var facts, why, shown []byte
	if err := rows.Scan(&l.ID, &l.Claim, &l.ClaimReference, &l.Org, &l.Enrolment, &l.Person, &l.Programme, &l.Scheme, &l.Milestone, &l.On, &l.Pence,
		&facts, &why, &shown, &l.Payment, &l.PaymentReason, &l.Recovery, &l.RecoveryReason, &l.Version); err != nil {
		return l, err
	}
	for _, part := range []struct {
		text []byte
		into any
	}{{facts, &l.Facts}, {why, &l.Why}} {
		if err := json.Unmarshal(part.text, part.into); err != nil {
			return l, err
		}
	}
	if string(shown) == "[]" { // the person was erased
		return l, nil
	}
	return l, json.Unmarshal(shown, &l.Shown)
}

// act notes who did what with a claim, with its audit line.
func act(ctx context.Context, tx *db.Tx, scope tenant.Scope, c Claim, what, note string) error {
	if scope.IsSignedIn() {
		if _, err := tx.Exec(ctx, `
			insert into grant_claim_acts (id, claim_id, act, person_id, acted_at, content_hash, note) values ($1, $2, $3, $4, $5, $6, $7)`,
			tx.NewID(), c.ID, what, string(scope.Person()), tx.Now(), c.Hash, note); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "claim." + what, Kind: "claim", ID: c.ID, Org: c.Org, Reason: note,
		After: map[string]any{"content": c.Hash, "lines": len(c.Lines), "pence": int64(Total(c.Lines))}})
}

// step moves a claim on, unless somebody else has since it was read.
func step(ctx context.Context, tx *db.Tx, c Claim, set string, args ...any) error {
	return db.MustAffectOne(tx.Exec(ctx, `update grant_claims set version = version + 1, `+set+` where id = $1 and version = $2`,
		append([]any{c.ID, c.Version}, args...)...))
}

// seen refuses a change to what somebody was not shown.
func (c Claim) seen(version int) error {
	if c.Version != version {
		return db.ErrStale
	}
	return nil
}

// turn is taken by whatever decides whose a payment is.
const turn = "grant"

// errTaken is the refusal of a payment that another claim has.
func errTaken(l Line) error {
	return fault.New(fault.Conflict, "The %s of %s has been claimed by another employer since this was signed. Open the claim again, leave the payment out, and tell the national team whose it is",
		l.Shown.Milestone, l.Shown.Name())
}
