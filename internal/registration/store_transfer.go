package registration

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

const transferColumns = `
	select t.id, t.enrolment_id, t.from_org_id, coalesce(t.to_org_id, ''), f.name, coalesce(g.name, ''), t.leaves_on,
		t.joins_on, t.status, t.reported_at, t.claimed_at, t.confirmed_at, t.dispute, t.resolution, t.recorded_at, t.version
	from transfers t
	join organisations f on f.id = t.from_org_id
	left join organisations g on g.id = t.to_org_id`

func scanTransfer(row interface{ Scan(...any) error }, more ...any) (t Transfer, err error) {
	into := []any{&t.ID, &t.Enrolment, &t.From, &t.To, &t.FromName, &t.ToName, &t.LeavesOn, &t.JoinsOn, &t.Status,
		&t.ReportedAt, &t.ClaimedAt, &t.ConfirmedAt, &t.Dispute, &t.Resolution, &t.RecordedAt, &t.Version}
	return t, row.Scan(append(into, more...)...)
}

func loadTransfers(ctx context.Context, q db.Queryer, r *Record) (err error) {
	rows, err := q.Query(ctx, transferColumns+` where t.enrolment_id = $1 order by t.recorded_at desc, t.id desc`, string(r.ID))
	r.Transfers, err = db.Rows(rows, err, func(rows *sql.Rows) (Transfer, error) { return scanTransfer(rows) })
	return err
}

// Leaving reports that an NQSW leaves the scope's organisation; to may be empty
// when nobody knows where they go.
func (s *Store) Leaving(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, to asye.OrganisationID, on asye.Date) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.Leave(on, s.today()); err != nil {
			return change{}, err
		}
		if to == r.Org {
			return change{}, fault.Problems{{Field: "to_org", Text: "Choose an employer other than your own"}}
		}
		t := Transfer{Enrolment: r.ID, From: r.Org, To: to}
		if open := r.OpenTransfer(); open != nil {
			t = *open
		}
		t.ReportedAt, t.LeavesOn = tx.Now(), on
		return change{What: "leavingReported", On: on, After: map[string]any{"leaves_on": on, "to": t.To}}, s.settle(ctx, tx, t)
	})
}

// Wanted is what a gaining employer must know of an NQSW to claim them: enough
// that nobody can fish for other employers' people.
type Wanted struct {
	Number      Number
	DateOfBirth asye.Date
	JoinsOn     asye.Date
}

// errNotThere is the one answer to a claim that finds nobody, whatever the cause.
var errNotThere = fault.Problems{{Field: "regulator_number",
	Text: "No NQSW whose year is running has this number and date of birth with another employer. Check both, or register them as new"}}

// Claim says that an NQSW of another employer now works for the scope's.
func (s *Store) Claim(ctx context.Context, scope tenant.Scope, w Wanted) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		var id asye.EnrolmentID
		err := tx.QueryRow(ctx, `
			select e.id from enrolments e join nqsws n on n.person_id = e.person_id
			where n.regulator_number = $1 and n.date_of_birth = $2 and e.ends_on is null and e.org_id <> $3`,
			w.Number, w.DateOfBirth, string(scope.Org())).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return errNotThere
		}
		if err != nil {
			return err
		}
		r, err := s.load(ctx, tx, byID(id))
		if err != nil {
			return err
		}
		if err := r.Join(scope.Org(), w.JoinsOn, s.today()); err != nil {
			return err
		}
		return s.claim(ctx, tx, scope, r, w)
	})
}

func (s *Store) claim(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, w Wanted) error {
	t := Transfer{Enrolment: r.ID, From: r.Org}
	if open := r.OpenTransfer(); open != nil {
		t = *open
	}
	named := t.To
	t.To, t.ClaimedAt, t.JoinsOn = scope.Org(), tx.Now(), w.JoinsOn
	if named != "" && named != scope.Org() {
		t.Dispute = "The losing employer named another employer as the one the NQSW moves to"
	}
	if err := s.settle(ctx, tx, t); err != nil {
		return err
	}
	return s.finish(ctx, tx, scope, r, change{What: "claimed", On: w.JoinsOn,
		After: map[string]any{"joins_on": w.JoinsOn, "to": scope.Org()}})
}

// settle stores a transfer with the status that follows from who has spoken.
func (s *Store) settle(ctx context.Context, tx *db.Tx, t Transfer) error {
	status, dispute := t.Both()
	if t.Dispute != "" {
		status, dispute = TransferDisputed, t.Dispute
	}
	if t.ID == "" {
		_, err := tx.Exec(ctx, `
			insert into transfers (id, enrolment_id, from_org_id, to_org_id, leaves_on, joins_on, status, reported_at,
				claimed_at, dispute, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			tx.NewID(), string(t.Enrolment), string(t.From), orNull(string(t.To)), t.LeavesOn, t.JoinsOn, string(status),
			t.ReportedAt, t.ClaimedAt, dispute, tx.Now())
		return err
	}
	return db.MustAffectOne(tx.Exec(ctx, `
		update transfers set to_org_id = $1, leaves_on = $2, joins_on = $3, status = $4, reported_at = $5, claimed_at = $6,
			dispute = $7, version = version + 1
		where id = $8 and version = $9`,
		orNull(string(t.To)), t.LeavesOn, t.JoinsOn, string(status), t.ReportedAt, t.ClaimedAt, dispute, t.ID, t.Version))
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// Confirm is the NQSW's own word that both employers are right: the year moves.
func (s *Store) Confirm(ctx context.Context, scope tenant.Scope, transfer string) error {
	return s.own(ctx, scope, transfer, func(tx *db.Tx, r Record, t Transfer) (change, error) {
		if t.Status != TransferAgreed {
			return change{}, fault.New(fault.Conflict, "Both employers have to agree before you can confirm the move")
		}
		return s.complete(ctx, tx, scope, r, t)
	})
}

// Deny is the NQSW's own word that something about the move is wrong.
func (s *Store) Deny(ctx context.Context, scope tenant.Scope, transfer, why string) error {
	return s.own(ctx, scope, transfer, func(tx *db.Tx, _ Record, t Transfer) (change, error) {
		if err := words("dispute", why, "Say what is wrong about the move"); err != nil {
			return change{}, err
		}
		t.Dispute = t.said("The NQSW says", why)
		return change{What: "transferDisputed", Reason: why}, s.settle(ctx, tx, t)
	})
}

// own runs a step on a transfer of the person at work.
func (s *Store) own(ctx context.Context, scope tenant.Scope, transfer string, step func(*db.Tx, Record, Transfer) (change, error)) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byPerson(scope))
		if err != nil {
			return err
		}
		open := r.OpenTransfer()
		if open == nil || open.ID != transfer {
			return fault.New(fault.NotFound, "There is no such move")
		}
		c, err := step(tx, r, *open)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope, r, c)
	})
}

// Object is the losing employer's word that a claim is wrong.
func (s *Store) Object(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, why string) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		open := r.OpenTransfer()
		if open == nil || open.ClaimedAt.IsZero() {
			return change{}, fault.New(fault.Conflict, "There is no claim to object to")
		}
		if open.Status == TransferDisputed {
			return change{}, fault.New(fault.Conflict, "The national team is deciding on this move already")
		}
		if err := words("dispute", why, "Say why the claim is wrong"); err != nil {
			return change{}, err
		}
		open.Dispute = open.said("The losing employer says", why)
		return change{What: "transferDisputed", Reason: why}, s.settle(ctx, tx, *open)
	})
}

// Cancel takes back a report of leaving that nobody has claimed yet.
func (s *Store) Cancel(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		open := r.OpenTransfer()
		if open == nil || open.Status != TransferReported {
			return change{}, fault.New(fault.Conflict, "There is no report of leaving that you can still take back")
		}
		return change{What: "transferCancelled"}, s.close(ctx, tx, *open, TransferCancelled, "Taken back by the losing employer")
	})
}

// complete moves the year: one employment ends, the next begins, and who
// coordinated and assessed there no longer does.
func (s *Store) complete(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, t Transfer) (change, error) {
	moved := change{What: "transferred", On: t.JoinsOn, Before: map[string]any{"employer": t.From},
		After: map[string]any{"employer": t.To, "leaves_on": t.LeavesOn, "joins_on": t.JoinsOn}}
	if _, err := tx.Exec(ctx, `update employments set ends_on = $1 where person_id = $2 and ends_on is null`, t.LeavesOn, string(r.Person)); err != nil {
		return moved, err
	}
	if err := s.arrive(ctx, tx, scope, r, t); err != nil {
		return moved, err
	}
	if err := s.close(ctx, tx, t, TransferCompleted, t.Resolution); err != nil {
		return moved, err
	}
	_, err := tx.Exec(ctx, `update transfers set confirmed_at = $1 where id = $2`, tx.Now(), t.ID)
	return moved, err
}

// arrive starts the employment with the gaining employer.
func (s *Store) arrive(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, t Transfer) error {
	_, err := tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on) values ($1, $2, $3, $4)`,
		tx.NewID(), string(r.Person), string(t.To), t.JoinsOn)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update enrolments set org_id = $1, team = '' where id = $2`, string(t.To), string(r.ID)); err != nil {
		return err
	}
	if err := endAllocation(ctx, tx, "assessor_allocations", r.AssessedBy(), t.LeavesOn); err != nil {
		return err
	}
	if err := endAllocation(ctx, tx, "coordinator_allocations", r.CoordinatedBy(), t.LeavesOn); err != nil {
		return err
	}
	if err := s.members.Leave(ctx, tx, scope, r.Person, t.From, asye.NQSW, t.LeavesOn); err != nil {
		return err
	}
	return s.members.Join(ctx, tx, scope, r.Person, t.To, asye.NQSW, t.JoinsOn)
}

func (s *Store) close(ctx context.Context, tx *db.Tx, t Transfer, status TransferStatus, resolution string) error {
	return db.MustAffectOne(tx.Exec(ctx, `
		update transfers set status = $1, resolution = $2, version = version + 1 where id = $3 and version = $4`,
		string(status), resolution, t.ID, t.Version))
}
