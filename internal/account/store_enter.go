package account

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// SecondStep judges somebody who has shown one thing: where they have to show a
// second, it keeps their sign-in until then and gives the secret by which it is
// found again; nothing where they may come in. It works in the transaction that
// uses up what they have shown.
type SecondStep func(ctx context.Context, tx *db.Tx, e Entry, as Membership) (Started, error)

// AskSecond lets a second step be asked for. It is set once, before anybody
// comes.
func (s *Store) AskSecond(ask SecondStep) { s.second = ask }

// Enter lets somebody in who has shown that it is them, within the transaction
// that used up what they showed: their session starts, or their second step is
// asked for. Whoever is disabled, or has no role today, is Forbidden. Every way of
// signing in ends here.
func (s *Store) Enter(ctx context.Context, tx *db.Tx, e Entry) (Started, error) {
	p, err := findPerson(ctx, tx, e.Person)
	if err != nil {
		return Started{}, err
	}
	if !p.DisabledAt.IsZero() {
		return Started{}, errDisabled
	}
	m, err := pick(ctx, tx, e.Person, e.Org)
	if err != nil {
		return Started{}, err
	}
	scope := tenant.SignedIn(e.Person, m.Org, m.Role)
	l := db.Line{What: "account.signedIn", Kind: "person", ID: string(e.Person),
		After: map[string]string{"role": string(m.Role), "how": Came(e.Way, e.Also)}}
	if s.second != nil && e.Also == "" {
		half, err := s.second(ctx, tx, e, m)
		if err != nil {
			return Started{}, err
		}
		if half.Token != "" {
			half.Half, l.What = true, "account.signInBegun"
			return half, tx.Audit(ctx, scope, l)
		}
	}
	started, err := s.start(ctx, tx, e, m)
	if err != nil {
		return started, err
	}
	return started, tx.Audit(ctx, scope, l)
}

// pick chooses what a person works as when they sign in: in the organisation
// that invited them, else as they last did.
func pick(ctx context.Context, tx *db.Tx, person asye.PersonID, org asye.OrganisationID) (Membership, error) {
	var m Membership
	err := tx.QueryRow(ctx, `
		select m.org_id, m.role from memberships m
		where m.person_id = $1 and m.starts_on <= $2 and (m.ends_on is null or m.ends_on > $2)
		order by case when m.org_id = $3 then 0 else 1 end,
			m.last_used_at desc nulls last, m.starts_on desc, m.id desc limit 1`,
		string(person), clock.DateOf(tx.Now()), string(org)).Scan((*string)(&m.Org), (*string)(&m.Role))
	if errors.Is(err, sql.ErrNoRows) {
		return m, noRole(ctx, tx, person)
	}
	return m, err
}

// noRole says why a person who is known cannot work here today.
func noRole(ctx context.Context, tx *db.Tx, person asye.PersonID) error {
	var from asye.Date
	err := tx.QueryRow(ctx, `
		select min(starts_on) from memberships where person_id = $1 and starts_on > $2`,
		string(person), clock.DateOf(tx.Now())).Scan(&from)
	if err != nil {
		return err
	}
	if !from.IsZero() {
		return fault.New(fault.Forbidden, "Your role starts on %s. Come back on that day; a link that has not been used works then", from)
	}
	return fault.New(fault.Forbidden, "You have no role here at present. Ask the person who runs the ASYE programme at your employer")
}
