package account

import (
	"context"
	"database/sql"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// PageSize is how many lines a list shows at a time.
const PageSize = 25

// PeopleFilter says which people a list shows. The zero filter is everybody.
type PeopleFilter struct {
	Text   string    // part of a name or an e-mail address
	Role   asye.Role // who has this role now; empty for any
	Status string    // "", in (may sign in), new (never did), out (disabled), none (no role now)
	Page   int       // from 1
}

// Listed is one line of the list of people.
type Listed struct {
	Person
	Roles []Membership // those that have not ended, as far as the administrator can see
}

// People gives one page of the people whom an administrator can see, by name,
// and how many there are in all.
func (s *Store) People(ctx context.Context, scope tenant.Scope, f PeopleFilter) ([]Listed, int, error) {
	if err := mayManage(scope); err != nil {
		return nil, 0, err
	}
	reach, err := s.Reach(ctx, scope)
	if err != nil {
		return nil, 0, err
	}
	var c db.Conditions
	if reach == OwnOrganisation {
		c.Add(`exists (select 1 from memberships o where o.person_id = p.id and o.org_id = $%d)`, string(scope.Org()))
	}
	if f.Text != "" {
		c.Add(`p.search_text like $%d escape '\'`, containing(asye.Fold(f.Text)))
	}
	if f.Role != "" {
		c.Add(`exists (select 1 from memberships r where r.person_id = p.id and r.ends_on is null and r.role = $%d
			and ($%d or r.org_id = $%d))`, string(f.Role), bool(reach), string(scope.Org()))
	}
	for _, text := range statuses[f.Status] {
		c.Add(text)
	}
	total := 0
	if err := s.db.QueryRow(ctx, `select count(*) from people p`+c.Where(), c.Args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	limit := c.Next(PageSize, (max(f.Page, 1)-1)*PageSize)
	rows, err := s.db.Query(ctx, `select `+personColumns+` from people p`+c.Where()+`
		order by p.sort_name, p.id limit `+limit[0]+` offset `+limit[1], c.Args...)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (Listed, error) {
		p, err := scanPerson(rows)
		return Listed{Person: p}, err
	})
	if err != nil || len(list) == 0 {
		return list, total, err
	}
	return list, total, s.addRoles(ctx, scope, reach, list)
}

var statuses = map[string][]string{
	"in":   {`p.disabled_at is null and p.email is not null`, hasRole},
	"new":  {`p.disabled_at is null and p.email is not null`, neverCame},
	"out":  {`p.disabled_at is not null`},
	"none": {`not ` + hasRole},
}

// neverCame is somebody who was given a role by hand and has not used any yet.
const neverCame = `exists (select 1 from memberships h where h.person_id = p.id and h.ends_on is null and h.role <> 'nqsw')
	and not exists (select 1 from memberships u where u.person_id = p.id and u.last_used_at is not null)`

const hasRole = `exists (select 1 from memberships h where h.person_id = p.id and h.ends_on is null)`

// addRoles fills in the open roles of the people on one page.
func (s *Store) addRoles(ctx context.Context, scope tenant.Scope, reach Reach, list []Listed) error {
	at, ids := map[string]int{}, make([]string, len(list))
	for i, one := range list {
		ids[i] = string(one.ID)
		at[ids[i]] = i
	}
	in, args := db.In(3, ids)
	rows, err := s.db.Query(ctx, `
		select m.person_id, m.org_id, o.name, m.role, m.starts_on
		from memberships m join organisations o on o.id = m.org_id
		where m.ends_on is null and ($1 or m.org_id = $2) and m.person_id in (`+in+`)
		order by o.name, m.role`, append([]any{bool(reach), string(scope.Org())}, args...)...)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (Membership, error) {
		var m Membership
		person := ""
		err := rows.Scan(&person, (*string)(&m.Org), &m.OrgName, (*string)(&m.Role), &m.From)
		if i, ok := at[person]; ok {
			list[i].Roles = append(list[i].Roles, m)
		}
		return m, err
	})
	return err
}

// Option is an organisation to choose from.
type Option struct {
	ID   asye.OrganisationID
	Name string
	Type asye.EmployerType
}

// Places lists the organisations in which an administrator may give roles.
func (s *Store) Places(ctx context.Context, scope tenant.Scope) ([]Option, error) {
	if err := mayManage(scope); err != nil {
		return nil, err
	}
	reach, err := s.Reach(ctx, scope)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select id, name, type from organisations
		where (closed_on is null or closed_on > $1) and ($2 or id = $3)
		order by case when id = $3 then 0 else 1 end, name`, s.today(), bool(reach), string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Option, error) {
		var o Option
		return o, rows.Scan((*string)(&o.ID), &o.Name, (*string)(&o.Type))
	})
}

// containing is a LIKE pattern for text anywhere, its own % and _ taken as they
// are.
func containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
