package factor

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// tell queues a letter to a person about how they sign in. Whoever has no address
// gets none.
func (s *Store) tell(ctx context.Context, tx *db.Tx, person asye.PersonID, done string) error {
	to, err := account.Find(ctx, tx, person)
	if err != nil || to.Email == "" {
		return err
	}
	m, err := s.changedMail(to, letter{Done: done, When: clock.Moment(tx.Now())})
	if err != nil {
		return err
	}
	return s.outbox.Queue(ctx, tx, m)
}

// HeldBy tells an administrator what a person can show. Somebody whom the
// administrator cannot see is NotFound.
func (s *Store) HeldBy(ctx context.Context, scope tenant.Scope, person asye.PersonID) (Held, error) {
	if _, _, err := s.account.Person(ctx, scope, person); err != nil {
		return Held{}, err
	}
	return held(ctx, s.db, person)
}

// Reset takes everything away that a person could show but their link, because
// they have lost it, and signs them out everywhere. They are told by a letter. It
// is for whoever may disable the person: see account.Store.SetDisabled.
func (s *Store) Reset(ctx context.Context, scope tenant.Scope, person asye.PersonID) error {
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := s.account.ShutOut(ctx, tx, scope, person); err != nil {
			return err
		}
		for _, query := range []string{
			`delete from passkeys where person_id = $1`,
			`delete from authenticators where person_id = $1`,
			`delete from printed_codes where person_id = $1`,
			`delete from passwords where person_id = $1`,
			`delete from half_sign_ins where person_id = $1`,
		} {
			if _, err := tx.Exec(ctx, query, string(person)); err != nil {
				return err
			}
		}
		if err := s.tell(ctx, tx, person, "An administrator has removed your passkeys, your authenticator app, your printed codes and your password. "+
			"You have been signed out everywhere, and sign in by a link in an e-mail. You can set up the others again under “Your account”."); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.waysReset", Kind: "person", ID: string(person)})
	})
	s.outbox.Wake()
	return err
}
