package registration

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Administrators lists who looks after the service for the scope's
// organisation, by name: its own administrators or, where it has none, those of
// the national body. Whoever has not signed in is told of nobody.
func (s *Store) Administrators(ctx context.Context, scope tenant.Scope) ([]Allocation, error) {
	if !scope.IsSignedIn() {
		return nil, nil
	}
	rows, err := s.db.Query(ctx, `
		select p.id, p.id, p.given_name || ' ' || p.family_name, coalesce(p.email, ''), m.starts_on, m.ends_on
		from memberships m join people p on p.id = m.person_id join organisations o on o.id = m.org_id
		where m.role = 'administrator' and m.ends_on is null and p.disabled_at is null
		  and (m.org_id = $1 or o.type = 'national' and not exists (
			select 1 from memberships own join people q on q.id = own.person_id
			where own.org_id = $1 and own.role = 'administrator' and own.ends_on is null and q.disabled_at is null))
		order by p.sort_name, m.id`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Allocation, error) { return scanAllocation(rows) })
}

// NationalBody is the organisation of the national team, with how to reach it;
// zero where there is none. Whoever has not signed in gets no name of a person.
func (s *Store) NationalBody(ctx context.Context, scope tenant.Scope) (name string, contact Contact, err error) {
	err = s.db.QueryRow(ctx, `
		select name, contact_name, contact_email, contact_phone from organisations
		where type = 'national' and (closed_on is null or closed_on > $1) order by opened_on, id limit 1`, s.today()).
		Scan(&name, &contact.Name, &contact.Email, &contact.Phone)
	if errors.Is(err, sql.ErrNoRows) {
		return "", Contact{}, nil
	}
	if !scope.IsSignedIn() {
		contact.Name = ""
	}
	return name, contact, err
}
