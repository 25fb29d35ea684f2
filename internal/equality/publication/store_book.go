package publication

import (
	"context"
	"crypto/rand"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// book is everything that was released of a programme, with the base of it and
// of some cohorts more; fresh are those that nothing was released of.
func (s *Store) book(ctx context.Context, scope tenant.Scope, programme string, cohorts []asye.Cohort) (b *Book, fresh []asye.Cohort, err error) {
	b = &Book{Base: Base{}, Names: map[string]string{}}
	past, err := s.Published(ctx, scope)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range past {
		if r.Content.Programme == programme {
			b.Past = append(b.Past, r.Content)
		}
	}
	slices.Reverse(b.Past) // the earliest first
	if err := s.frozen(ctx, programme, b.Base); err != nil {
		return nil, nil, err
	}
	frozen := map[asye.Cohort]bool{}
	for p := range b.Base {
		frozen[p.Cohort] = true
	}
	for _, c := range cohorts {
		if !frozen[c] {
			fresh = append(fresh, c)
		}
	}
	if len(fresh) > 0 {
		cube, err := s.counts.Cube(ctx, scope, equality.Query{Programme: programme, Cohorts: fresh}, Columns()...)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(b.Base, Counted(cube))
	}
	b.Names, err = s.employers(ctx)
	return b, fresh, err
}

// frozen reads what earlier releases were counted from.
func (s *Store) frozen(ctx context.Context, programme string, into Base) error {
	rows, err := s.db.Query(ctx, `select family, leaf, cohort, result, people, key_sum from release_bases where programme = $1`, programme)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (p Place, err error) {
		var a Amount
		err = rows.Scan(&p.Family, &p.Leaf, (*int)(&p.Cohort), &p.Result, &a.People, &a.Keys)
		into[p] = a
		return p, err
	})
	return err
}

// employers are the names of employers, which are public.
func (s *Store) employers(ctx context.Context) (map[string]string, error) {
	rows, err := s.db.Query(ctx, `select id, name from organisations`)
	out := map[string]string{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var id, name string
		err := rows.Scan(&id, &name)
		out[id] = name
		return id, err
	})
	return out, err
}

// freeze keeps what a release was counted from, of cohorts that nothing was
// released of before.
func (s *Store) freeze(ctx context.Context, tx *db.Tx, programme, release string, base Base) error {
	for _, p := range slices.SortedFunc(maps.Keys(base), func(a, b Place) int {
		return strings.Compare(a.Family+"|"+a.Leaf+"|"+a.Result+a.Cohort.String(), b.Family+"|"+b.Leaf+"|"+b.Result+b.Cohort.String())
	}) {
		a := base[p]
		if _, err := tx.Exec(ctx, `
			insert into release_bases (programme, cohort, family, leaf, result, people, key_sum, release_id)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			programme, int(p.Cohort), p.Family, p.Leaf, p.Result, a.People, a.Keys, release); err != nil {
			return err
		}
	}
	return nil
}

// Key gives every registration of a programme its record key, where it has none
// yet (PUB-8). A key says nothing of anybody, so that no line tells of it.
func (s *Store) Key(ctx context.Context, scope tenant.Scope, programme string) error {
	if err := works(scope); err != nil {
		return err
	}
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `
			select e.id from enrolments e left join record_keys k on k.enrolment_id = e.id
			where  e.programme = $1 and k.enrolment_id is null order by e.id`, programme)
		ids, err := db.Rows(rows, err, func(rows *sql.Rows) (id string, err error) { return id, rows.Scan(&id) })
		if err != nil {
			return err
		}
		for part := range slices.Chunk(ids, 200) {
			if err := addKeys(ctx, tx, part); err != nil {
				return err
			}
		}
		return nil
	})
}

func addKeys(ctx context.Context, tx *db.Tx, ids []string) error {
	values := make([]byte, len(ids))
	if _, err := rand.Read(values); err != nil {
		return err
	}
	var rows []string
	args := []any{clock.DateOf(tx.Now())}
	for i, id := range ids {
		rows = append(rows, `($`+strconv.Itoa(2*i+2)+`, $`+strconv.Itoa(2*i+3)+`, $1)`)
		args = append(args, id, int(values[i]))
	}
	_, err := tx.Exec(ctx, `insert into record_keys (enrolment_id, value, made_on) values `+strings.Join(rows, ", ")+` on conflict do nothing`, args...)
	return err
}
