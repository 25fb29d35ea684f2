package rescue

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/letters"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
)

// Store makes administrators in an emergency.
type Store struct {
	db       *db.DB
	outbox   *mail.Outbox
	queue    *jobs.Queue
	settings account.Settings
}

// NewStore works on a database of accounts, and mails through an outbox.
func NewStore(d *db.DB, outbox *mail.Outbox, queue *jobs.Queue, s account.Settings) *Store {
	return &Store{d, outbox, queue, s}
}

// place is an organisation whose administrators look after the whole service.
type place struct {
	id   asye.OrganisationID
	name string
}

// Rescue makes somebody an administrator of the whole service, or lets one in
// again, and gives a link with which they sign in once. All of it is one
// transaction, with its lines in the audit trail and its letters to the other
// administrators. What is wrong with the call is Invalid.
func (s *Store) Rescue(ctx context.Context, scope tenant.Scope, c Call) (Rescued, error) {
	c.Email = asye.Identity{Email: c.Email}.Trimmed().Email
	if err := c.check(); err != nil {
		return Rescued{}, err
	}
	var out Rescued
	err := s.db.Write(ctx, scope, func(tx *db.Tx) (err error) {
		out = Rescued{}
		at, err := where(ctx, tx, c.Organisation)
		if err != nil {
			return err
		}
		inside := account.NewStore(s.db.Within(tx, s.db.Clock()), s.outbox, s.queue, s.settings)
		person, err := s.admit(ctx, tx, inside, scope.In(at.id), c, &out)
		if err != nil {
			return err
		}
		if c.Lost && !out.New {
			ways := factor.NewStore(s.db.Within(tx, s.db.Clock()), inside, s.outbox, nil)
			if err := ways.Reset(ctx, scope.In(at.id), person); err != nil {
				return err
			}
		}
		path, err := inside.SignInLink(ctx, person, account.ToSignIn)
		if err != nil {
			return err
		}
		out.OrgName, out.Link, out.Until = at.name, s.settings.BaseURL+path, tx.Now().Add(s.settings.LinkLife)
		if out.Told, err = s.tell(ctx, tx, person, c, out); err != nil {
			return err
		}
		return tx.Audit(ctx, scope.In(at.id), db.Line{What: "account.administratorMade", Kind: "person", ID: string(person),
			After: map[string]string{"role": string(asye.Administrator), "operator": c.Operator}, Reason: c.Reason})
	})
	s.outbox.Wake()
	return out, err
}

// admit puts the person on record or lets them in again, with the role.
func (s *Store) admit(ctx context.Context, tx *db.Tx, inside *account.Store, scope tenant.Scope, c Call, out *Rescued) (asye.PersonID, error) {
	id, err := inside.PersonByEmail(ctx, c.Email)
	switch fault.KindOf(err) {
	case fault.NotFound:
		out.New = true
		if out.Person, err = c.identity(); err == nil {
			id, err = inside.AddPerson(ctx, tx, scope, out.Person)
		}
	case fault.Internal:
		if err != nil {
			return "", err
		}
		var known account.Person
		known, _, err = inside.Person(ctx, scope, id)
		out.Person, out.LetIn = known.Identity, !known.DisabledAt.IsZero()
	}
	if err == nil && out.LetIn {
		err = inside.SetDisabled(ctx, scope, id, false)
	}
	if err != nil {
		return "", err
	}
	return id, inside.Join(ctx, tx, scope, id, scope.Org(), asye.Administrator, clock.DateOf(tx.Now()))
}

// where is the organisation in which the administrator will work: the one with a
// code, else the one that set the service up, else the national body.
func where(ctx context.Context, tx *db.Tx, code string) (place, error) {
	var p place
	err := tx.QueryRow(ctx, `
		select o.id, o.name from organisations o
		where (o.type = 'national' or exists (select 1 from setup_codes k where k.org_id = o.id and k.used_at is not null))
		  and (o.closed_on is null or o.closed_on > $1) and ($2 = '' or o.code = $2)
		order by case when exists (select 1 from setup_codes k where k.org_id = o.id and k.used_at is not null) then 0 else 1 end, o.name
		limit 1`, clock.DateOf(tx.Now()), code).Scan((*string)(&p.id), &p.name)
	if !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	if code != "" {
		return p, fault.New(fault.Invalid, "No organisation with the code %s looks after the whole service. "+
			"Leave the code out, or give that of the national body or of the organisation that set the service up", code)
	}
	return p, fault.New(fault.Invalid, "Nobody has set this service up yet. Run asye serve, and use the code that it prints")
}

// tell writes to every other administrator of the whole service.
func (s *Store) tell(ctx context.Context, tx *db.Tx, made asye.PersonID, c Call, r Rescued) (int, error) {
	others, err := administrators(ctx, tx, made)
	if err != nil {
		return 0, err
	}
	for _, one := range others {
		text, err := letters.Rescued(letters.Rescue{Name: one.Known(), Service: s.settings.ServiceName, Who: r.Person.Full(), Email: r.Person.Email,
			When: clock.Moment(tx.Now()), Operator: c.Operator, Reason: c.Reason, Site: s.settings.BaseURL})
		if err != nil {
			return 0, err
		}
		if err := s.outbox.Queue(ctx, tx, mail.Message{To: one.Email, Subject: text.Subject, Body: text.Body}); err != nil {
			return 0, err
		}
	}
	return len(others), nil
}

// administrators are those of the whole service who may sign in, but for one.
func administrators(ctx context.Context, tx *db.Tx, but asye.PersonID) ([]asye.Identity, error) {
	rows, err := tx.Query(ctx, `
		select p.given_name, p.middle_names, p.family_name, p.email from people p
		where p.id <> $1 and p.email is not null and p.disabled_at is null and exists (
			select 1 from memberships m join organisations o on o.id = m.org_id
			where m.person_id = p.id and m.role = 'administrator' and m.starts_on <= $2 and (m.ends_on is null or m.ends_on > $2)
			  and (o.type = 'national' or exists (select 1 from setup_codes k where k.org_id = o.id and k.used_at is not null)))
		order by p.sort_name, p.id`, string(but), clock.DateOf(tx.Now()))
	return db.Rows(rows, err, func(rows *sql.Rows) (asye.Identity, error) {
		var one asye.Identity
		return one, rows.Scan(&one.GivenName, &one.MiddleNames, &one.FamilyName, &one.Email)
	})
}
