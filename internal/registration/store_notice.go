package registration

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Post sends mail; internal/app puts it into the outbox.
type Post interface {
	// Send queues a letter in the transaction of the change that it tells of.
	Send(ctx context.Context, tx *db.Tx, l Letter) error
}

// Writing is the same store, with somebody to send the letters about moves. A
// store without sends none: records that are brought in tell nobody.
func (s *Store) Writing(p Post) *Store {
	with := *s
	with.post = p
	return &with
}

// tellClaimed asks the losing employer's coordinators for their answer.
func (s *Store) tellClaimed(ctx context.Context, tx *db.Tx, r Record) error {
	return s.toCoordinators(ctx, tx, r.Org, claimedLetter(r))
}

// tellAgreed asks the NQSW to confirm, once both employers have spoken and do
// not disagree.
func (s *Store) tellAgreed(ctx context.Context, tx *db.Tx, r Record, t Transfer) error {
	if status, _ := t.Both(); status != TransferAgreed || t.Dispute != "" {
		return nil
	}
	return s.toNQSW(ctx, tx, r, agreedLetter(r))
}

// tellMoved tells everybody concerned that the year has moved.
func (s *Store) tellMoved(ctx context.Context, tx *db.Tx, r Record, t Transfer) error {
	from, to, nqsw := movedLetters(r, t)
	return s.toAll(ctx, tx, r, t, [3]Letter{from, to, nqsw})
}

// tellRuled tells everybody concerned that the national team has decided.
func (s *Store) tellRuled(ctx context.Context, tx *db.Tx, r Record, t Transfer) error {
	from, to, nqsw := ruledLetters(r, t)
	return s.toAll(ctx, tx, r, t, [3]Letter{from, to, nqsw})
}

// toAll sends one letter each to the losing employer, the gaining one and the
// NQSW.
func (s *Store) toAll(ctx context.Context, tx *db.Tx, r Record, t Transfer, letters [3]Letter) error {
	if err := s.toCoordinators(ctx, tx, t.From, letters[0]); err != nil {
		return err
	}
	if t.To != "" {
		if err := s.toCoordinators(ctx, tx, t.To, letters[1]); err != nil {
			return err
		}
	}
	return s.toNQSW(ctx, tx, r, letters[2])
}

func (s *Store) toNQSW(ctx context.Context, tx *db.Tx, r Record, l Letter) error {
	if s.post == nil || r.Email == "" {
		return nil
	}
	l.To = r.Email
	return s.post.Send(ctx, tx, l)
}

// toCoordinators sends a letter to each coordinator of an employer who can sign
// in today.
func (s *Store) toCoordinators(ctx context.Context, tx *db.Tx, org asye.OrganisationID, l Letter) error {
	if s.post == nil {
		return nil
	}
	rows, err := tx.Query(ctx, `
		select p.email from memberships m join people p on p.id = m.person_id
		where m.org_id = $1 and m.role = 'coordinator' and m.starts_on <= $2 and (m.ends_on is null or m.ends_on > $2)
		  and p.disabled_at is null and p.email is not null
		order by p.email`, string(org), s.today())
	all, err := db.Rows(rows, err, func(rows *sql.Rows) (email string, err error) { return email, rows.Scan(&email) })
	if err != nil {
		return err
	}
	for _, email := range all {
		l.To = email
		if err := s.post.Send(ctx, tx, l); err != nil {
			return err
		}
	}
	return nil
}
