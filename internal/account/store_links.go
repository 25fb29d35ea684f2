package account

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account/letters"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/tenant"
)

// Asked is a request for a sign-in link.
type Asked struct {
	Email  string // as typed
	Client string // the network address it came from
	Next   string // where the person wanted to go
}

// mailLink is what the job that mails a link needs to know.
type mailLink struct {
	Email string `json:"email"`
	Next  string `json:"next"`
}

// AskForLink notes that somebody wants a link and leaves the rest to a job, so
// that the answer and the time it takes are the same whether the address is
// known or not. An address that has asked often gets no more for a while (those
// already sent still work); a network that has asked very often is told to wait
// with addresses for which it has asked already, so that a colleague who asks
// without end locks nobody out, and with all of them when it asks without limit.
func (s *Store) AskForLink(ctx context.Context, a Asked) error {
	key, err := s.siteKey(ctx)
	if err != nil {
		return err
	}
	email := asye.Identity{Email: a.Email}.Trimmed().Email
	address, client := veiled(key, email), veiled(key, a.Client)
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		var ofAddress, ofClient, ofBoth int
		if err := tx.QueryRow(ctx, `
			select count(*) filter (where address_hash = $1), count(*) filter (where client_hash = $2),
				count(*) filter (where address_hash = $1 and client_hash = $2)
			from sign_in_attempts where (address_hash = $1 or client_hash = $2) and at > $3`,
			address, client, tx.Now().Add(-s.settings.Window)).Scan(&ofAddress, &ofClient, &ofBoth); err != nil {
			return err
		}
		if ofClient >= s.settings.PerClient && (ofBoth > 0 || ofClient >= 10*s.settings.PerClient) {
			return fault.New(fault.Invalid, "Many people on your network are asking for links just now, so we have to slow down. Nobody is locked out: a link "+
				"that was sent to you already works. Otherwise try again in a few minutes, in %d at the latest", int(s.settings.Window.Minutes()))
		}
		if _, err := tx.Exec(ctx, `
			insert into sign_in_attempts (id, address_hash, client_hash, at) values ($1, $2, $3, $4)`,
			tx.NewID(), address, client, tx.Now()); err != nil {
			return err
		}
		if ofAddress >= s.settings.PerAddress {
			return nil
		}
		return s.queue.Enqueue(ctx, tx, jobs.New{Kind: KindMailLink, Payload: mailLink{email, LocalPath(a.Next)}})
	})
	s.queue.Wake()
	return err
}

// MailLink makes a sign-in link for whoever has an address, and queues the mail
// with it. Nothing happens for an address that is unknown, disabled or without
// a role today. end, which ends the job that asks for it, is done in the same
// transaction: whatever happens to the program, one wish makes one mail.
func (s *Store) MailLink(ctx context.Context, email, next string, end func(context.Context, *db.Tx) error) error {
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		p, err := scanPerson(tx.QueryRow(ctx, `
			select `+personColumns+` from people p
			where p.email = $1 and p.disabled_at is null`, email))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := pick(ctx, tx, p.ID, ""); err != nil {
			if fault.KindOf(err) == fault.Forbidden {
				return nil
			}
			return err
		}
		if err := s.sendLink(ctx, tx, p, link{purpose: ToSignIn, next: next}); err != nil {
			return err
		}
		return end(ctx, tx)
	})
	s.outbox.Wake()
	return err
}

// link is a one-time link that is to be made.
type link struct {
	purpose Purpose
	org     asye.OrganisationID
	letter  letters.Letter // what the mail says beside the link
	next    string
}

// sendLink mails a link to a person, or, where their organisation's directory is
// the only way in, the address of that.
func (s *Store) sendLink(ctx context.Context, tx *db.Tx, p Person, l link) error {
	if d, only := s.settings.onlyBy(p.Email); only {
		l.letter.Directory, l.letter.Link = d.Name, s.settings.BaseURL+paths.DirectoryTo(d.Key, l.next)
	} else {
		token, err := s.makeLink(ctx, tx, p.ID, l)
		if err != nil {
			return err
		}
		l.letter.Link = s.settings.BaseURL + paths.SignInWith(token, l.next)
	}
	l.letter.Until = clock.Moment(tx.Now().Add(s.settings.life(l.purpose)))
	m, err := s.linkMail(p, l.purpose, l.letter)
	if err != nil {
		return err
	}
	return s.outbox.Queue(ctx, tx, m)
}

func (s *Store) makeLink(ctx context.Context, tx *db.Tx, person asye.PersonID, l link) (string, error) {
	token := NewToken()
	_, err := tx.Exec(ctx, `
		insert into sign_in_links (token_hash, person_id, org_id, purpose, made_at, expires_at)
		values ($1, $2, $3, $4, $5, $6)`,
		HashToken(token), string(person), orNull(string(l.org)), string(l.purpose), tx.Now(), tx.Now().Add(s.settings.life(l.purpose)))
	return token, err
}

// Invite sends a person a link with which they sign in for the first time, to
// work for an organisation, within a transaction that does more. A person
// without an address is Invalid.
func (s *Store) Invite(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, org asye.OrganisationID) error {
	p, err := findPerson(ctx, tx, person)
	if err != nil {
		return err
	}
	if p.Email == "" {
		return fault.New(fault.Invalid, "%s has no e-mail address on record. Add one, then send the invitation", p.Full())
	}
	l := link{purpose: ToInvite, org: org}
	if l.letter, err = invitation(ctx, tx, scope, person, org); err != nil {
		return err
	}
	if err := s.sendLink(ctx, tx, p, l); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.invited", Kind: "person", ID: string(person), Org: org})
}

// invitation is who invites a person, to work as what and for whom: in the role
// that they were given last.
func invitation(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, org asye.OrganisationID) (letters.Letter, error) {
	var l letters.Letter
	err := tx.QueryRow(ctx, `
		select o.name,
			coalesce((select w.given_name || ' ' || w.family_name from people w where w.id = $1 and w.id <> $2), ''),
			coalesce((select m.role from memberships m where m.person_id = $2 and m.org_id = o.id and m.ends_on is null
				order by m.starts_on desc, m.id desc limit 1), '')
		from organisations o where o.id = $3`,
		string(scope.Person()), string(person), string(org)).Scan(&l.Org, &l.Inviter, (*string)(&l.Role))
	return l, db.NotFound(err, "organisation")
}

// InviteAgain sends another invitation to a person whom the administrator can
// see and who has a role; otherwise NotFound or Invalid.
func (s *Store) InviteAgain(ctx context.Context, scope tenant.Scope, person asye.PersonID) error {
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		p, err := visible(ctx, tx, scope, person)
		if err != nil {
			return err
		}
		reach, err := reachOf(ctx, tx, scope)
		if err != nil {
			return err
		}
		held, err := memberships(ctx, tx, person)
		if err != nil {
			return err
		}
		for _, m := range held {
			if m.Until.IsZero() && (reach == WholeService || m.Org == scope.Org()) && p.DisabledAt.IsZero() {
				return s.Invite(ctx, tx, scope, person, m.Org)
			}
		}
		return fault.New(fault.Invalid, "%s cannot sign in at present. Give them a role or let them in first, then send the invitation", p.Full())
	})
	s.outbox.Wake()
	return err
}

// SignInLink makes a one-time link and gives its path, for the example service
// to print. Those made for the same purpose before stop working.
func (s *Store) SignInLink(ctx context.Context, person asye.PersonID, purpose Purpose) (string, error) {
	if purpose == Example && !s.settings.Demo {
		return "", fault.New(fault.Forbidden, "Only the example service makes links of this kind")
	}
	token := ""
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		if _, err := findPerson(ctx, tx, person); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			delete from sign_in_links where person_id = $1 and purpose = $2 and used_at is null`,
			string(person), string(purpose)); err != nil {
			return err
		}
		var err error
		token, err = s.makeLink(ctx, tx, person, link{purpose: purpose})
		return err
	})
	if err != nil {
		return "", err
	}
	return paths.SignInWith(token, ""), nil
}

// Peek tells whose link this is, without using it up. A link that cannot be
// used is Forbidden, whatever the reason.
func (s *Store) Peek(ctx context.Context, token string) (Person, error) {
	p, _, err := s.peek(ctx, s.db, token, s.db.Clock().Now())
	return p, err
}

func (s *Store) peek(ctx context.Context, q db.Queryer, token string, now asye.Instant) (Person, asye.OrganisationID, error) {
	var org string
	p, err := scanPerson(q.QueryRow(ctx, `
		select `+personColumns+`, coalesce(l.org_id, '')
		from sign_in_links l join people p on p.id = l.person_id
		where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and p.disabled_at is null
		  and (l.purpose <> 'example' or $3)`, HashToken(token), now, s.settings.Demo), &org)
	if errors.Is(err, sql.ErrNoRows) {
		err = errLink
	}
	return p, asye.OrganisationID(org), err
}

// Open uses a link up and lets its person in: of two who press the button at the
// same moment, one gets in. A person without a role today keeps the link for
// the day on which they have one.
func (s *Store) Open(ctx context.Context, form *tenant.Form, token string, e Entry) (Started, error) {
	var started Started
	err := s.db.Write(ctx, tenant.Nobody().WithForm(form), func(tx *db.Tx) error {
		p, org, err := s.peek(ctx, tx, token, tx.Now())
		if err != nil {
			return err
		}
		err = db.MustAffectOne(tx.Exec(ctx, `
			update sign_in_links set used_at = $1 where token_hash = $2 and used_at is null`,
			tx.Now(), HashToken(token)))
		if errors.Is(err, db.ErrStale) {
			return errLink
		}
		if err != nil {
			return err
		}
		e.Person, e.Org, e.Way = p.ID, org, ByLink
		started, err = s.Enter(ctx, tx, e)
		return err
	})
	return started, err
}
