package employers

import (
	"context"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// End records an ending: it closes the predecessors, writes who came after, and
// in a merger or a rename hands their registrations over, all in one
// transaction. Only the IDs of the organisations are taken from e; the rest is
// read again and judged by [Ended].
func (s *Store) End(ctx context.Context, scope tenant.Scope, e Ending) error {
	if err := manages(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		fresh, err := refreshed(ctx, tx, scope, e)
		if err != nil {
			return err
		}
		if fresh, err = Ended(clock.DateOf(tx.Now()), fresh); err != nil {
			return err
		}
		for _, p := range fresh.Predecessors {
			if err := s.close(ctx, tx, scope, fresh, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func refreshed(ctx context.Context, tx *db.Tx, scope tenant.Scope, e Ending) (Ending, error) {
	again := func(stale []Organisation) ([]Organisation, error) {
		var out []Organisation
		for _, o := range stale {
			now, err := load(ctx, tx, scope, o.ID)
			if err != nil {
				return nil, err
			}
			out = append(out, now)
		}
		return out, nil
	}
	var err error
	if e.Predecessors, err = again(e.Predecessors); err != nil {
		return e, err
	}
	e.Successors, err = again(e.Successors)
	return e, err
}

// close ends one predecessor and leads from it to each successor.
func (s *Store) close(ctx context.Context, tx *db.Tx, scope tenant.Scope, e Ending, was Organisation) error {
	err := db.MustAffectOne(tx.Exec(ctx, `
		update organisations set closed_on = $1, version = version + 1
		where  id = $2 and version = $3 and closed_on is null`, e.On, string(was.ID), was.Version))
	if err != nil {
		return err
	}
	after := []Named{}
	for _, to := range e.Successors {
		after = append(after, Named{to.ID, to.Code, to.Name})
		if err := s.succeed(ctx, tx, scope, e, link{was.ID, to.ID}); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "employer." + string(e.Kind), Kind: "organisation", ID: string(was.ID),
		Org: was.ID, After: map[string]any{"closed_on": e.On, "successors": after}, On: e.On, Reason: e.Reason})
}

type link struct{ from, to asye.OrganisationID }

func (s *Store) succeed(ctx context.Context, tx *db.Tx, scope tenant.Scope, e Ending, l link) error {
	_, err := tx.Exec(ctx, `
		insert into organisation_successions (id, predecessor_id, successor_id, happened_on, kind, recorded_at)
		values ($1, $2, $3, $4, $5, $6)`,
		tx.NewID(), string(l.from), string(l.to), e.On, string(e.Kind), tx.Now())
	if err != nil || s.onMerge == nil || !e.Kind.TakesAlong() {
		return err
	}
	return s.onMerge(ctx, tx, scope, l.from, l.to, e.On)
}

// Reopen undoes a closing that was recorded in error. An organisation that
// somebody succeeded stays closed, since its registrations may have moved
// (EMP-8).
func (s *Store) Reopen(ctx context.Context, scope tenant.Scope, id asye.OrganisationID, seen int, reason string) error {
	if err := manages(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		was, err := load(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		history, err := history(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := was.mayReopen(history, reason); err != nil {
			return err
		}
		err = db.MustAffectOne(tx.Exec(ctx, `
			update organisations set closed_on = null, version = version + 1
			where  id = $1 and version = $2 and closed_on is not null`, string(id), seen))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "employer.reopened", Kind: "organisation", ID: string(id), Org: id,
			Before: map[string]any{"closed_on": was.ClosedOn}, On: was.ClosedOn, Reason: oneSpace(reason)})
	})
}

// History tells whom an organisation came after and who came after it, in the
// order in which it happened.
func (s *Store) History(ctx context.Context, scope tenant.Scope, id asye.OrganisationID) ([]Succession, error) {
	if _, err := load(ctx, s.db, scope, id); err != nil {
		return nil, err
	}
	return history(ctx, s.db, id)
}

func history(ctx context.Context, q db.Queryer, id asye.OrganisationID) ([]Succession, error) {
	rows, err := q.Query(ctx, `
		select p.id, p.code, p.name, n.id, n.code, n.name, s.happened_on, s.kind
		from   organisation_successions s
		join   organisations p on p.id = s.predecessor_id
		join   organisations n on n.id = s.successor_id
		where  s.predecessor_id = $1 or s.successor_id = $1
		order  by s.happened_on, p.name, n.name`, string(id))
	return db.Rows(rows, err, func(rows *sql.Rows) (Succession, error) {
		var s Succession
		return s, rows.Scan((*string)(&s.Predecessor.ID), &s.Predecessor.Code, &s.Predecessor.Name,
			(*string)(&s.Successor.ID), &s.Successor.Code, &s.Successor.Name, &s.On, (*string)(&s.Kind))
	})
}

// Years counts the registrations of an organisation that have not ended, by
// where they stand on a day: what registration calls their status, in SQL. One
// that the scope cannot see is NotFound.
func (s *Store) Years(ctx context.Context, scope tenant.Scope, id asye.OrganisationID, day asye.Date) (Years, error) {
	if _, err := load(ctx, s.db, scope, id); err != nil {
		return Years{}, err
	}
	var y Years
	err := s.db.QueryRow(ctx, `
		select coalesce(sum(case when e.starts_on > $2 then 1 else 0 end), 0),
		       coalesce(sum(case when e.starts_on <= $2 and u.starts_on <= $2 then 1 else 0 end), 0),
		       coalesce(sum(case when e.starts_on <= $2 and (u.starts_on is null or u.starts_on > $2) and e.due_on <= $2 then 1 else 0 end), 0),
		       coalesce(sum(case when e.starts_on <= $2 and (u.starts_on is null or u.starts_on > $2) and e.due_on > $2 then 1 else 0 end), 0)
		from   enrolments e
		left   join pauses u on u.enrolment_id = e.id and u.ends_on is null
		where  e.org_id = $1 and e.ends_on is null`, string(id), day).Scan(&y.NotStarted, &y.Paused, &y.Overdue, &y.UnderWay)
	return y, err
}

// Missing counts the open employers that have no primary contact, among those
// that the scope can see.
func (s *Store) Missing(ctx context.Context, scope tenant.Scope) (int, error) {
	if err := access.Employers.Ask(scope, policy.SameEmployer); err != nil {
		return 0, err
	}
	of, err := reach(scope)
	if err != nil {
		return 0, err
	}
	var n int
	err = s.db.QueryRow(ctx, `
		select count(*) from organisations
		where  type <> 'national' and closed_on is null and contact_email = '' and contact_phone = ''
		and    ($1 = '' or id = $1)`, of).Scan(&n)
	return n, err
}
