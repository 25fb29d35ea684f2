package upload

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
)

// known loads what is recorded about those whom a sheet names: every year of
// this employer in one query, and who else has their numbers and addresses.
func (s *Store) known(ctx context.Context, q db.Queryer, scope tenant.Scope, n check.Names) (check.Known, error) {
	k := check.Known{Years: map[registration.Number][]registration.Full{}, Numbers: map[string]registration.Number{},
		Addresses: map[string]asye.PersonID{}, Elsewhere: map[registration.Number]bool{}}
	err := s.registrations.Each(ctx, q, scope, registration.Filter{Sort: "starts", Down: true}, func(f registration.Full) error {
		if f.Number != "" {
			k.Years[f.Number] = append(k.Years[f.Number], f)
			k.Numbers[f.Reference] = f.Number
		}
		return nil
	})
	if err != nil {
		return k, err
	}
	err = chunked(ctx, q, n.Addresses, question{text: `select email, id from people where email in (%)`}, func(rows *sql.Rows) error {
		var address string
		var person asye.PersonID
		err := rows.Scan(&address, &person)
		k.Addresses[address] = person
		return err
	})
	if err != nil {
		return k, err
	}
	return k, chunked(ctx, q, n.Numbers, question{`
		select distinct n.regulator_number from nqsws n join enrolments e on e.person_id = n.person_id
		where e.org_id <> $1 and n.regulator_number in (%)`, []any{string(scope.Org())}}, func(rows *sql.Rows) error {
		var number registration.Number
		err := rows.Scan(&number)
		k.Elsewhere[number] = true
		return err
	})
}

// question is a query about a part of a long list. % in its text stands for the
// part, whose placeholders follow those of args.
type question struct {
	text string
	args []any
}

// chunked asks for a long list a part at a time.
func chunked[T ~string](ctx context.Context, q db.Queryer, list []T, ask question, scan func(*sql.Rows) error) error {
	const size = 500
	for len(list) > 0 {
		n := min(size, len(list))
		texts := make([]string, n)
		for i, one := range list[:n] {
			texts[i] = string(one)
		}
		list = list[n:]
		in, more := db.In(len(ask.args)+1, texts)
		rows, err := q.Query(ctx, strings.Replace(ask.text, "%", in, 1), append(slices.Clone(ask.args), more...)...)
		_, err = db.Rows(rows, err, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) })
		if err != nil {
			return err
		}
	}
	return nil
}
