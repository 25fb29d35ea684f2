package statement

import (
	"context"
	"database/sql"
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Movements lists what was claimed of a scheme, and what went through its
// ledger, with the kind and the region of the employer; of every scheme where
// none is named. It is for the funder's report, which counts them.
func (s *Store) Movements(ctx context.Context, scope tenant.Scope, scheme string) ([]Movement, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select o.type, o.region, l.pence, c.submitted_at
		from grant_lines l join grant_claims c on c.id = l.claim_id join organisations o on o.id = l.org_id
		where l.payment <> 'signed' and ($1 = '' or l.scheme = $1)`, scheme)
	claimed, err := db.Rows(rows, err, func(rows *sql.Rows) (Movement, error) {
		m, at := Movement{Figure: FigureClaimed}, asye.Instant{}
		err := rows.Scan(&m.Type, &m.Region, &m.Pence, &at)
		m.On = clock.DateOf(at)
		return m, err
	})
	if err != nil {
		return nil, err
	}
	rows, err = s.db.Query(ctx, `
		select o.type, o.region, coalesce(i.kind, ''), n.debit, n.pence, n.recorded_at, n.effective_on
		from grant_entries n join organisations o on o.id = n.org_id left join grant_items i on i.id = n.item_id
		where ($1 = '' or n.scheme = $1)`, scheme)
	booked, err := db.Rows(rows, err, scanBooked)
	return append(claimed, booked...), err
}

// scanBooked reads an entry as a movement: what was paid falls on the day of the
// payment, everything else on the day on which it was decided.
func scanBooked(rows *sql.Rows) (Movement, error) {
	var m Movement
	var kind Kind
	var debit Account
	var at asye.Instant
	if err := rows.Scan(&m.Type, &m.Region, &kind, &debit, &m.Pence, &at, &m.On); err != nil {
		return m, err
	}
	m.Figure = figureOf(kind)
	if m.Figure != FigurePaid {
		m.On = clock.DateOf(at)
	}
	if debit == Owed && (m.Figure == FigureAccepted || m.Figure == FigureAdjusted) {
		m.Pence = -m.Pence
	}
	return m, nil
}

// Tally is what waits to be closed, and to go into a batch, of one scheme.
type Tally struct {
	Scheme   string
	Open     int // statements with something on them
	Pence    grant.Pence
	Owing    int // of those, how many owe more than is due to them
	Owed     grant.Pence
	Payable  int // closed, and in no batch
	ToBePaid grant.Pence
	NoShows  int // employers that were paid a first instalment and claimed nobody in time: it is taken off when statements are closed
}

// Waits reports whether closing would do anything.
func (t Tally) Waits() bool { return t.Open > 0 || t.NoShows > 0 }

// Tallies lists the schemes of which statements are open, or wait for a batch.
func (s *Store) Tallies(ctx context.Context, scope tenant.Scope) ([]Tally, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select s.scheme, s.state, case when s.state = 'open' then sum(i.pence) else max(s.pence) end, sum(case when i.kind <> 'carried' then 1 else 0 end)
		from grant_statements s join grant_items i on i.statement_id = s.id
		where s.state = 'open' or s.state = 'payable' and s.batch_id is null
		group by s.id, s.scheme, s.state order by s.scheme`)
	var out []Tally
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (struct{}, error) {
		var scheme string
		var state State
		var pence grant.Pence
		var moves int
		err := rows.Scan(&scheme, &state, &pence, &moves)
		if len(out) == 0 || out[len(out)-1].Scheme != scheme {
			out = append(out, Tally{Scheme: scheme})
		}
		out[len(out)-1].add(state, pence, moves)
		return struct{}{}, err
	})
	if err != nil {
		return nil, err
	}
	return s.noShows(ctx, out)
}

// noShows adds the employers whose first instalment is to be taken off.
func (s *Store) noShows(ctx context.Context, all []Tally) ([]Tally, error) {
	rows, err := s.db.Query(ctx, `
		select s.scheme from grant_items i join grant_statements s on s.id = i.statement_id
		where i.kind in ('instalment', 'instalment_back') group by s.scheme, s.org_id having sum(i.pence) > 0 order by s.scheme`)
	owing, err := db.Rows(rows, err, func(rows *sql.Rows) (scheme string, err error) { return scheme, rows.Scan(&scheme) })
	for _, scheme := range owing {
		if !s.over(scheme, s.db.Clock().Now()) {
			continue
		}
		at := slices.IndexFunc(all, func(t Tally) bool { return t.Scheme == scheme })
		if at < 0 {
			at, all = len(all), append(all, Tally{Scheme: scheme})
		}
		all[at].NoShows++
	}
	return all, err
}

func (t *Tally) add(state State, pence grant.Pence, moves int) {
	switch {
	case state == Payable:
		t.Payable, t.ToBePaid = t.Payable+1, t.ToBePaid+pence
	case moves == 0: // nothing but what was carried over: it stays open
	case pence < 0:
		t.Open, t.Owing, t.Owed = t.Open+1, t.Owing+1, t.Owed-pence
	default:
		t.Open, t.Pence = t.Open+1, t.Pence+pence
	}
}

// Exceptions are what somebody has to look at.
type Exceptions struct {
	Owing       []Statement // open, and below zero
	Unconfirmed []Statement // paid for some time, and not all of it has been said to have arrived
}

// patience is how many days a payment may go without the employer saying that it
// has arrived.
const patience = 30

// Exceptions lists them, by employer.
func (s *Store) Exceptions(ctx context.Context, scope tenant.Scope) (Exceptions, error) {
	var out Exceptions
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return out, err
	}
	rows, err := s.db.Query(ctx, statementColumns+`
		where s.state = 'open' and (select sum(i.pence) from grant_items i where i.statement_id = s.id) < 0
		order by o.name, s.scheme, s.number`)
	if out.Owing, err = db.Rows(rows, err, func(rows *sql.Rows) (Statement, error) { return scan(rows) }); err != nil {
		return out, err
	}
	rows, err = s.db.Query(ctx, statementColumns+`
		where s.state = 'paid' and s.paid_on < $1 and s.pence > coalesce((select sum(r.pence) from grant_remittances r where r.statement_id = s.id), 0)
		order by s.paid_on, o.name, s.id`, clock.Today(s.db.Clock()).AddDays(-patience))
	out.Unconfirmed, err = db.Rows(rows, err, func(rows *sql.Rows) (Statement, error) { return scan(rows) })
	return out, err
}
