package registration

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// transferFields and transferTables are the one projection of a transfer, with
// both employers and whom to ask there.
const transferFields = `
		t.id, t.enrolment_id, t.from_org_id, coalesce(t.to_org_id, ''), f.name, coalesce(g.name, ''),
		f.contact_name, f.contact_email, f.contact_phone,
		coalesce(g.contact_name, ''), coalesce(g.contact_email, ''), coalesce(g.contact_phone, ''),
		t.leaves_on, t.joins_on, t.status, t.reported_at, t.claimed_at, t.confirmed_at, t.dispute, t.resolution,
		t.recorded_at, t.version`

const transferTables = ` transfers t
	join organisations f on f.id = t.from_org_id
	left join organisations g on g.id = t.to_org_id`

const transferColumns = `select ` + transferFields + ` from ` + transferTables

func scanTransfer(row interface{ Scan(...any) error }, more ...any) (t Transfer, err error) {
	into := []any{&t.ID, &t.Enrolment, &t.From, &t.To, &t.FromName, &t.ToName,
		&t.FromContact.Name, &t.FromContact.Email, &t.FromContact.Phone, &t.ToContact.Name, &t.ToContact.Email,
		&t.ToContact.Phone, &t.LeavesOn, &t.JoinsOn, &t.Status,
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
		c := change{What: "leavingReported", On: on, After: map[string]any{"leaves_on": on, "to": t.To}}
		if err := s.settle(ctx, tx, t); err != nil {
			return c, err
		}
		return c, s.tellAgreed(ctx, tx, r, t)
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
	Text: "No NQSW with this number and date of birth has a year with another employer that you could take over on that day. Check all three. Only if all three are right, register them as new"}}

// missesADay is how many claims of one organisation may match nobody within 24
// hours: our own judgement of slips of the keyboard against fishing.
const missesADay = 20

// Claim says that an NQSW of another employer now works for the scope's. A claim
// that matches nobody leaves a line in the audit trail, and too many of them are
// a Conflict (REG-47). A claim of the organisation's own NQSW is [Ours].
func (s *Store) Claim(ctx context.Context, scope tenant.Scope, w Wanted) error {
	if err := moves(scope); err != nil {
		return err
	}
	if err := w.check(s.today()); err != nil {
		return err
	}
	if err := s.mayGuess(ctx, scope); err != nil {
		return err
	}
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.wanted(ctx, tx, scope, w)
		if err != nil {
			return err
		}
		if err := r.Join(scope.Org(), w.JoinsOn, s.today()); fault.ProblemsOf(err) != nil {
			return errNotThere
		} else if err != nil {
			return err
		}
		return s.claim(ctx, tx, scope, r, w)
	})
	if fault.ProblemsOf(err) == nil {
		return err
	}
	if own := s.notOurs(ctx, scope, w); own != nil {
		return own
	}
	return errors.Join(s.missed(ctx, scope), err)
}

// wanted finds the running year of another employer that a claim is about.
func (s *Store) wanted(ctx context.Context, tx *db.Tx, scope tenant.Scope, w Wanted) (Record, error) {
	var id asye.EnrolmentID
	err := tx.QueryRow(ctx, `
		select e.id from enrolments e join nqsws n on n.person_id = e.person_id
		where n.regulator_number = $1 and n.date_of_birth = $2 and e.ends_on is null and e.org_id <> $3`,
		w.Number, w.DateOfBirth, string(scope.Org())).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return Record{}, errNotThere
	}
	if err != nil {
		return Record{}, err
	}
	return s.load(ctx, tx, byID(id))
}

// mayGuess refuses an organisation whose claims have matched nobody too often.
func (s *Store) mayGuess(ctx context.Context, scope tenant.Scope) error {
	misses := 0
	err := s.db.QueryRow(ctx, `
		select count(*) from audit_lines where org_id = $1 and what = 'registration.claimMissed' and recorded_at > $2`,
		string(scope.Org()), s.db.Clock().Now().Add(-24*time.Hour)).Scan(&misses)
	if err == nil && misses >= missesADay {
		return fault.New(fault.Conflict, "Your organisation has made %d claims within a day that matched nobody. Ask the national team to find the NQSW", misses)
	}
	return err
}

// missed leaves a line about a claim that matched nobody. The form is not spent:
// it can be mended and sent again.
func (s *Store) missed(ctx context.Context, scope tenant.Scope) error {
	scope = scope.WithForm(nil)
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		return tx.Audit(ctx, scope, db.Line{What: "registration.claimMissed", Kind: "organisation", ID: string(scope.Org())})
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
		t.Dispute = "The losing employer named another employer, " + t.ToName + ", as the one the NQSW moves to"
	}
	if err := s.settle(ctx, tx, t); err != nil {
		return err
	}
	if err := s.tellClaimed(ctx, tx, r); err != nil {
		return err
	}
	if err := s.tellAgreed(ctx, tx, r, t); err != nil {
		return err
	}
	return s.finish(ctx, tx, scope, r, change{What: "claimed", On: w.JoinsOn,
		After: map[string]any{"joins_on": w.JoinsOn, "to": scope.Org()}})
}

// settle stores a transfer with the status that follows from who has spoken. A
// confirmation given before no longer counts.
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
			confirmed_at = null, dispute = $7, version = version + 1
		where id = $8 and version = $9`,
		orNull(string(t.To)), t.LeavesOn, t.JoinsOn, string(status), t.ReportedAt, t.ClaimedAt, dispute, t.ID, t.Version))
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
