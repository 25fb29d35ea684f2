package upload

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// names are those whom a sheet names.
type names struct {
	numbers   []registration.Number
	addresses []string
}

// named reads the numbers and e-mail addresses of a sheet, each once. Cells that
// cannot be read are the check's business.
func named(columns []Column, l layout, sheet *files.Sheet) names {
	var n names
	numbers, addresses := map[registration.Number]bool{}, map[string]bool{}
	for i, column := range columns {
		if l.at[i] < 0 || column.Key != "regulator_number" && column.Key != "email" {
			continue
		}
		for _, row := range sheet.Rows {
			var e registration.Entry
			cell := row.Cells[l.at[i]]
			if cell.Blank() || column.read(cell, &e) != nil {
				continue
			}
			if e.Number != "" && !numbers[e.Number] {
				numbers[e.Number] = true
				n.numbers = append(n.numbers, e.Number)
			}
			if address := e.Identity.Trimmed().Email; address != "" && !addresses[address] {
				addresses[address] = true
				n.addresses = append(n.addresses, address)
			}
		}
	}
	return n
}

// known loads what is recorded about those whom a sheet names: every year of
// this employer in one query, and who else has their numbers and addresses.
func (s *Store) known(ctx context.Context, q db.Queryer, scope tenant.Scope, n names) (known, error) {
	k := known{years: map[registration.Number][]registration.Full{}, numbers: map[string]registration.Number{},
		addresses: map[string]asye.PersonID{}, elsewhere: map[registration.Number]bool{}}
	err := s.registrations.Each(ctx, q, scope, registration.Filter{Sort: "starts", Down: true}, func(f registration.Full) error {
		if f.Number != "" {
			k.years[f.Number] = append(k.years[f.Number], f)
			k.numbers[f.Reference] = f.Number
		}
		return nil
	})
	if err != nil {
		return k, err
	}
	err = chunked(ctx, q, n.addresses, question{text: `select email, id from people where email in (%)`}, func(rows *sql.Rows) error {
		var address string
		var person asye.PersonID
		err := rows.Scan(&address, &person)
		k.addresses[address] = person
		return err
	})
	if err != nil {
		return k, err
	}
	return k, chunked(ctx, q, n.numbers, question{`
		select distinct n.regulator_number from nqsws n join enrolments e on e.person_id = n.person_id
		where e.org_id <> $1 and n.regulator_number in (%)`, []any{string(scope.Org())}}, func(rows *sql.Rows) error {
		var number registration.Number
		err := rows.Scan(&number)
		k.elsewhere[number] = true
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
