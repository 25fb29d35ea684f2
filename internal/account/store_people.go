package account

import (
	"context"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// AddPerson puts a person on record, within a transaction that does more. An
// address that another person has is a problem with the field email; a person
// of years past may have none.
func (s *Store) AddPerson(ctx context.Context, tx *db.Tx, scope tenant.Scope, who asye.Identity) (asye.PersonID, error) {
	who = who.Trimmed()
	if err := CheckIdentity(who); err != nil {
		return "", err
	}
	id := asye.PersonID(tx.NewID())
	res, err := tx.Exec(ctx, `
		insert into people (id, given_name, middle_names, family_name, email, sort_name, search_text, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (email) where email is not null do nothing`,
		string(id), who.GivenName, who.MiddleNames, who.FamilyName, orNull(who.Email),
		who.SortName(), who.SearchText(), tx.Now())
	if err := db.MustAffectOne(res, err); errors.Is(err, db.ErrStale) {
		return "", taken(who.Email)
	} else if err != nil {
		return "", err
	}
	return id, tx.Audit(ctx, scope, db.Line{What: "account.personAdded", Kind: "person", ID: string(id), After: who})
}

// ChangePerson gives a person another name or address, within a transaction
// that does more. A new address ends the sessions and links of the old one,
// which is told of the change. See [Store.Change] for what may not be changed.
func (s *Store) ChangePerson(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID, who asye.Identity) error {
	was, err := findPerson(ctx, tx, id)
	if err != nil {
		return err
	}
	return s.change(ctx, tx, scope, was, who)
}

// Change saves a person's name and address as an administrator typed them, if
// nobody else has changed them since version seen: otherwise a Conflict. The
// address of somebody who also works for another organisation is the national
// team's to change. A person whom the administrator cannot see is NotFound.
func (s *Store) Change(ctx context.Context, scope tenant.Scope, id asye.PersonID, seen int, who asye.Identity) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		was, err := visible(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if was.Version != seen {
			return db.ErrStale
		}
		if who.Email == "" && was.Email != "" {
			return fault.Problems{{Field: "email", Text: "Enter an e-mail address, because this person signs in with it"}}
		}
		return s.change(ctx, tx, scope, was, who)
	})
}

func (s *Store) change(ctx context.Context, tx *db.Tx, scope tenant.Scope, was Person, who asye.Identity) error {
	who = who.Trimmed()
	if err := CheckIdentity(who); err != nil {
		return err
	}
	if err := mayTouchName(ctx, tx, scope, was.ID); err != nil {
		return err
	}
	moved := who.Email != was.Email
	if moved {
		if err := mayTouchAddress(ctx, tx, scope, was.ID); err != nil {
			return err
		}
		if err := isFree(ctx, tx, was.ID, who.Email); err != nil {
			return err
		}
	}
	err := db.MustAffectOne(tx.Exec(ctx, `
		update people set given_name = $1, middle_names = $2, family_name = $3, email = $4,
			sort_name = $5, search_text = $6, version = version + 1
		where id = $7 and version = $8`,
		who.GivenName, who.MiddleNames, who.FamilyName, orNull(who.Email),
		who.SortName(), who.SearchText(), string(was.ID), was.Version))
	if errors.Is(err, db.ErrDuplicate) {
		return taken(who.Email)
	}
	if err != nil {
		return err
	}
	if moved {
		if err := s.movedAddress(ctx, tx, scope, was, who); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.personChanged", Kind: "person", ID: string(was.ID),
		Before: was.Identity, After: who})
}

// movedAddress shuts out whoever reads the old mailbox, and tells them.
func (s *Store) movedAddress(ctx context.Context, tx *db.Tx, scope tenant.Scope, was Person, who asye.Identity) error {
	if err := shutOut(ctx, tx, was.ID); err != nil {
		return err
	}
	if s.moved != nil {
		if err := s.moved(ctx, tx, scope, was.ID, who.Email); err != nil {
			return err
		}
	}
	if was.Email == "" {
		return nil
	}
	m, err := s.movedMail(was, who)
	if err != nil {
		return err
	}
	return s.outbox.Queue(ctx, tx, m)
}

// Moved is told, in the same transaction, that a person has a new e-mail address.
type Moved func(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, email string) error

// OnMoved sets who is told of new addresses.
func (s *Store) OnMoved(m Moved) { s.moved = m }

// MayTouch refuses whoever may not change how a person comes in: a person beyond
// their sight is NotFound, one beyond their reach Forbidden.
func (s *Store) MayTouch(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) error {
	if _, err := visible(ctx, tx, scope, id); err != nil {
		return err
	}
	return mayTouchAccess(ctx, tx, scope, id)
}

// isFree refuses an address before the engine would: PostgreSQL gives up a
// whole transaction over a refused row.
func isFree(ctx context.Context, tx *db.Tx, id asye.PersonID, email string) error {
	n := 0
	err := tx.QueryRow(ctx, `select count(*) from people where email = $1 and id <> $2`, email, string(id)).Scan(&n)
	if err == nil && n > 0 {
		return taken(email)
	}
	return err
}

// mayTouchAccess refuses a change of address, or a shutting out, that is not
// this person's to make.
func mayTouchAccess(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) error {
	held, err := heldBeyond(ctx, tx, scope, id)
	if err != nil {
		return err
	}
	return mayReach(scope.Org(), scope.Role(), held)
}

// mayTouchAddress refuses a change of address that would let somebody sign in
// as an NQSW who has made the account their own (ACC-19).
func mayTouchAddress(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) error {
	if err := mayTouchAccess(ctx, tx, scope, id); err != nil || scope.Person() == id {
		return err
	}
	held, err := heldBeyond(ctx, tx, scope, id)
	if err != nil {
		return err
	}
	return mayReadAs(held)
}

// mayTouchName refuses a change of the name of somebody who has moved on.
func mayTouchName(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) error {
	held, err := heldBeyond(ctx, tx, scope, id)
	if err != nil {
		return err
	}
	return mayName(scope.Org(), held)
}

// heldBeyond gives the roles of a person, by which it is judged whether the
// actor may touch them; none where nothing is beyond the actor's reach: that of
// the program, and of the administrators of the whole service.
func heldBeyond(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) ([]Membership, error) {
	reach, err := reachOf(ctx, tx, scope)
	if err != nil {
		return nil, err
	}
	if reach == WholeService && (scope.Actor() != tenant.ByPerson || scope.Role() == asye.Administrator) {
		return nil, nil
	}
	return memberships(ctx, tx, id)
}

// SetDisabled shuts a person out, or lets them in again. Nobody can shut
// themselves out; see [Store.Change] for whom else. Whom the national body has
// shut out, an employer cannot let in (ACC-20). A person whom the administrator
// cannot see is NotFound.
func (s *Store) SetDisabled(ctx context.Context, scope tenant.Scope, id asye.PersonID, disabled Disabled) error {
	if disabled && id == scope.Person() {
		return errSelf
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := stillAtWork(ctx, tx, scope); err != nil {
			return err
		}
		was, err := visible(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if err := mayTouchAccess(ctx, tx, scope, id); err != nil {
			return err
		}
		reach, err := reachOf(ctx, tx, scope)
		if err != nil {
			return err
		}
		if was.ShutOutBeyond(reach, scope.Org()) {
			return errShutOut
		}
		at, in, what := asye.Instant{}, "", "account.personEnabled"
		if disabled {
			at, in, what = tx.Now(), string(scope.Org()), "account.personDisabled"
			if err := shutOut(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update people set disabled_at = $1, disabled_in = $2, version = version + 1 where id = $3 and version = $4`,
			at, orNull(in), string(id), was.Version)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: what, Kind: "person", ID: string(id),
			Before: maySignIn(Disabled(!was.DisabledAt.IsZero())), After: maySignIn(disabled)})
	})
}

// stillAtWork refuses somebody who has been shut out, or whose role has ended,
// since their request was let in. It holds their rows until the change is made,
// so that of two who shut each other out one stays.
func stillAtWork(ctx context.Context, tx *db.Tx, scope tenant.Scope) error {
	if scope.Actor() != tenant.ByPerson {
		return nil
	}
	err := db.MustAffectOne(tx.Exec(ctx, `
		update people set version = version where id = $1 and disabled_at is null`, string(scope.Person())))
	if err == nil {
		err = db.MustAffectOne(tx.Exec(ctx, `
			update memberships set last_used_at = last_used_at
			where person_id = $1 and org_id = $2 and role = $3 and (ends_on is null or ends_on > $4)`,
			string(scope.Person()), string(scope.Org()), string(scope.Role()), clock.DateOf(tx.Now())))
	}
	if errors.Is(err, db.ErrStale) {
		return errNoLonger
	}
	return err
}

// Disabled says that a person may not sign in.
type Disabled bool

func maySignIn(d Disabled) map[string]bool { return map[string]bool{"may_sign_in": !bool(d)} }

// ShutOut signs a person out everywhere, within a transaction that does more. It is
// refused to whoever could not disable them.
func (s *Store) ShutOut(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.PersonID) error {
	if err := stillAtWork(ctx, tx, scope); err != nil {
		return err
	}
	if _, err := visible(ctx, tx, scope, id); err != nil {
		return err
	}
	if err := mayTouchAccess(ctx, tx, scope, id); err != nil {
		return err
	}
	return shutOut(ctx, tx, id)
}

// shutOut ends a person's sessions and links.
func shutOut(ctx context.Context, tx *db.Tx, id asye.PersonID) error {
	if _, err := tx.Exec(ctx, `delete from sessions where person_id = $1`, string(id)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `delete from sign_in_links where person_id = $1 and used_at is null`, string(id))
	return err
}

const personColumns = `p.id, p.given_name, p.middle_names, p.family_name, coalesce(p.email, ''), p.disabled_at,
	coalesce(p.disabled_in, ''), p.version`

func scanPerson(row interface{ Scan(...any) error }, more ...any) (Person, error) {
	var p Person
	err := row.Scan(append([]any{(*string)(&p.ID), &p.GivenName, &p.MiddleNames, &p.FamilyName, &p.Email,
		&p.DisabledAt, (*string)(&p.DisabledIn), &p.Version}, more...)...)
	return p, err
}

func findPerson(ctx context.Context, q db.Queryer, id asye.PersonID) (Person, error) {
	p, err := scanPerson(q.QueryRow(ctx, `select `+personColumns+` from people p where p.id = $1`, string(id)))
	return p, db.NotFound(err, "person")
}

// Find is a person by their name in the database, for a capability's own use:
// nobody is shown them by it. One who is not there is NotFound.
func Find(ctx context.Context, q db.Queryer, id asye.PersonID) (Person, error) {
	return findPerson(ctx, q, id)
}

// PersonByEmail finds the person who has an address, for the example service,
// which knows its personas by theirs. An address that nobody has is NotFound.
func (s *Store) PersonByEmail(ctx context.Context, email string) (asye.PersonID, error) {
	var id asye.PersonID
	err := s.db.QueryRow(ctx, `select id from people where email = $1`,
		asye.Identity{Email: email}.Trimmed().Email).Scan((*string)(&id))
	return id, db.NotFound(err, "person")
}

// visible finds a person whom an administrator can see: anybody who has, or
// had, a role in their organisation; for the whole service, anybody.
func visible(ctx context.Context, q db.Queryer, scope tenant.Scope, id asye.PersonID) (Person, error) {
	if err := mayManage(scope); err != nil {
		return Person{}, err
	}
	reach, err := reachOf(ctx, q, scope)
	if err != nil {
		return Person{}, err
	}
	p, err := scanPerson(q.QueryRow(ctx, `
		select `+personColumns+` from people p
		where p.id = $1 and ($2 or exists (select 1 from memberships m where m.person_id = p.id and m.org_id = $3))`,
		string(id), bool(reach), string(scope.Org())))
	return p, db.NotFound(err, "person")
}

// Person finds a person whom an administrator can see, and the roles they have
// had there, the open ones first.
func (s *Store) Person(ctx context.Context, scope tenant.Scope, id asye.PersonID) (Person, []Membership, error) {
	p, err := visible(ctx, s.db, scope, id)
	if err != nil {
		return p, nil, err
	}
	reach, err := s.Reach(ctx, scope)
	if err != nil {
		return p, nil, err
	}
	held, err := memberships(ctx, s.db, id)
	if reach == WholeService {
		return p, held, err
	}
	var own []Membership
	for _, m := range held {
		if m.Org == scope.Org() {
			own = append(own, m)
		}
	}
	return p, own, err
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
