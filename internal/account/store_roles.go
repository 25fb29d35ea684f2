package account

import (
	"context"
	"database/sql"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Join gives a person a role in an organisation from a day on, within a
// transaction that does more. Where they have it already nothing changes.
func (s *Store) Join(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID,
	org asye.OrganisationID, role asye.Role, from asye.Date) error {
	res, err := tx.Exec(ctx, `
		insert into memberships (id, person_id, org_id, role, starts_on) values ($1, $2, $3, $4, $5)
		on conflict (person_id, org_id, role) where ends_on is null do nothing`,
		tx.NewID(), string(person), string(org), string(role), from)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.joined", Kind: "person", ID: string(person), Org: org,
		After: map[string]string{"role": string(role)}, On: from})
}

// Leave ends a role on a day, the first day without it, within a transaction
// that does more. A role that has not begun by then ends on the day it would
// have begun. It is no error where there is no such role.
func (s *Store) Leave(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID,
	org asye.OrganisationID, role asye.Role, on asye.Date) error {
	res, err := tx.Exec(ctx, `
		update memberships set ends_on = case when starts_on > $1 then starts_on else $1 end
		where person_id = $2 and org_id = $3 and role = $4 and ends_on is null`,
		on, string(person), string(org), string(role))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.left", Kind: "person", ID: string(person), Org: org,
		Before: map[string]string{"role": string(role)}, On: on})
}

// memberships gives every role of a person, the open ones first.
func memberships(ctx context.Context, q db.Queryer, person asye.PersonID) ([]Membership, error) {
	rows, err := q.Query(ctx, `
		select m.org_id, o.name, m.role, m.starts_on, m.ends_on, case when m.last_used_at is null then 0 else 1 end
		from memberships m join organisations o on o.id = m.org_id
		where m.person_id = $1
		order by case when m.ends_on is null then 0 else 1 end, o.name, m.role, m.starts_on desc`, string(person))
	return db.Rows(rows, err, func(rows *sql.Rows) (Membership, error) {
		var m Membership
		var used int
		err := rows.Scan((*string)(&m.Org), &m.OrgName, (*string)(&m.Role), &m.From, &m.Until, &used)
		m.Used = used == 1
		return m, err
	})
}

// Roles lists what the person signed in can work as today.
func (s *Store) Roles(ctx context.Context, scope tenant.Scope) ([]Membership, error) {
	all, err := memberships(ctx, s.db, scope.Person())
	var out []Membership
	for _, m := range all {
		if m.HeldOn(s.today()) {
			out = append(out, m)
		}
	}
	return out, err
}

// Add puts a person on record with a role from today on, and sends them an
// invitation. What the administrator may not give is a problem with the field
// role.
func (s *Store) Add(ctx context.Context, scope tenant.Scope, who asye.Identity, g Grant) (asye.PersonID, error) {
	var id asye.PersonID
	if who.Trimmed().Email == "" {
		return "", fault.Problems{{Field: "email", Text: "Enter an e-mail address, because the invitation is sent to it"}}
	}
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := mayGive(ctx, tx, scope, g); err != nil {
			return err
		}
		var err error
		if id, err = s.AddPerson(ctx, tx, scope, who); err != nil {
			return err
		}
		if err := s.Join(ctx, tx, scope, id, g.Org, g.Role, clock.DateOf(tx.Now())); err != nil {
			return err
		}
		return s.Invite(ctx, tx, scope, id, g.Org)
	})
	s.outbox.Wake()
	return id, err
}

// Give gives a person another role from today on. One they have already is a
// problem with the field role; a person whom the administrator cannot see is
// NotFound.
func (s *Store) Give(ctx context.Context, scope tenant.Scope, person asye.PersonID, g Grant) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if _, err := visible(ctx, tx, scope, person); err != nil {
			return err
		}
		if err := mayGive(ctx, tx, scope, g); err != nil {
			return err
		}
		held, err := memberships(ctx, tx, person)
		if err != nil {
			return err
		}
		for _, m := range held {
			if m.Org == g.Org && m.Role == g.Role && m.Until.IsZero() {
				return fault.Problems{{Field: "role", Text: "This person has this role already. Select another"}}
			}
		}
		return s.Join(ctx, tx, scope, person, g.Org, g.Role, clock.DateOf(tx.Now()))
	})
}

// End ends a role today. Nobody can end their own role as administrator, and an
// NQSW's role ends with their registration, not here.
func (s *Store) End(ctx context.Context, scope tenant.Scope, person asye.PersonID, g Grant) error {
	if person == scope.Person() && g.Role == asye.Administrator {
		return errSelf
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := stillAtWork(ctx, tx, scope); err != nil {
			return err
		}
		if _, err := visible(ctx, tx, scope, person); err != nil {
			return err
		}
		if g.Role == asye.NQSW {
			return fault.New(fault.Forbidden, "The role of an NQSW follows their registration. Record a transfer, a withdrawal or an outcome there")
		}
		reach, err := reachOf(ctx, tx, scope)
		if err != nil {
			return err
		}
		if reach == OwnOrganisation && g.Org != scope.Org() {
			return fault.New(fault.NotFound, "There is no such role in your organisation")
		}
		n := 0
		err = tx.QueryRow(ctx, `select count(*) from memberships
			where person_id = $1 and org_id = $2 and role = $3 and ends_on is null`,
			string(person), string(g.Org), string(g.Role)).Scan(&n)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "This role has ended already")
		}
		return s.Leave(ctx, tx, scope, person, g.Org, g.Role, clock.DateOf(tx.Now()))
	})
}

// mayGive refuses a role that is not the administrator's to give.
func mayGive(ctx context.Context, tx *db.Tx, scope tenant.Scope, g Grant) error {
	if err := mayManage(scope); err != nil {
		return err
	}
	reach, err := reachOf(ctx, tx, scope)
	if err != nil {
		return err
	}
	if reach == OwnOrganisation && g.Org != scope.Org() {
		return fault.New(fault.NotFound, "There is no such organisation here that you can see")
	}
	var kind string
	err = tx.QueryRow(ctx, `select type from organisations where id = $1`, string(g.Org)).Scan(&kind)
	if err != nil {
		return db.NotFound(err, "organisation")
	}
	return mayGrant(reach, kind == string(asye.NationalBody), g.Role)
}

// NamedDirector lists the employers that have a person's address on record as
// their director's, where an administrator may give them that role and they do
// not have it yet. Nobody gets it by this alone (ACC-60). A person whom the
// administrator cannot see is NotFound.
func (s *Store) NamedDirector(ctx context.Context, scope tenant.Scope, person asye.PersonID) ([]Option, error) {
	who, err := visible(ctx, s.db, scope, person)
	if err != nil || who.Email == "" {
		return nil, err
	}
	places, err := s.Places(ctx, scope)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select o.id from organisations o
		where lower(o.director_email) = $1 and o.type <> 'national' and not exists (
			select 1 from memberships m
			where m.person_id = $2 and m.org_id = o.id and m.role = 'director' and m.ends_on is null)`, who.Email, string(person))
	named, err := db.Rows(rows, err, func(rows *sql.Rows) (id asye.OrganisationID, err error) {
		return id, rows.Scan((*string)(&id))
	})
	return slices.DeleteFunc(places, func(o Option) bool { return !slices.Contains(named, o.ID) }), err
}
