package trail

import (
	"context"
	"database/sql"
	"regexp"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// quoted is any text in JSON that may be an identifier.
var quoted = regexp.MustCompile(`"([A-Za-z0-9-]{1,36})"`)

// nameIn finds the names of the organisations and people that lines name by
// their identifiers. Of people, those of other organisations stay unnamed to
// whoever does not look after the whole service.
func (s *Store) nameIn(ctx context.Context, scope tenant.Scope, lines []Line) error {
	reach, err := s.people.Reach(ctx, scope)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, l := range lines {
		for _, text := range [][]byte{l.Before, l.After} {
			for _, found := range quoted.FindAllSubmatch(text, -1) {
				ids[string(found[1])] = true
			}
		}
	}
	names, err := s.names(ctx, scope, reach, ids)
	for i := range lines {
		lines[i].Names = names
	}
	return err
}

func (s *Store) names(ctx context.Context, scope tenant.Scope, reach account.Reach, ids map[string]bool) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	in, args := db.In(3, list)
	rows, err := s.db.Query(ctx, `
		select o.id, o.name from organisations o where o.id in (`+in+`)
		union all
		select p.id, p.given_name || ' ' || p.family_name from people p where p.id in (`+in+`)
			and ($1 or exists (select 1 from memberships m where m.person_id = p.id and m.org_id = $2))`,
		append([]any{bool(reach), string(scope.Org())}, args...)...)
	names := map[string]string{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (id string, err error) {
		name := ""
		err = rows.Scan(&id, &name)
		names[id] = name
		return id, err
	})
	return names, err
}
