package lines

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/inventory"
)

// kind is a kind of record, as the inventory has it.
type kind struct {
	ask    string // finds the organisation and the people of one; empty where the identifier is the person
	person bool   // it is a person itself
	people bool   // it is about people
}

// About is whose record a line is about, and about whom.
type About struct {
	Org    asye.OrganisationID
	People []string
}

// kindsOf reads the inventory: how to find, for each kind of record, whose it
// is and about whom.
func kindsOf(tables []inventory.Table) map[string]kind {
	byName, out := map[string]inventory.Table{}, map[string]kind{}
	for _, t := range tables {
		byName[t.Name] = t
	}
	for _, t := range tables {
		if t.Kind == "" {
			continue
		}
		out[t.Kind] = kind{ask: question(t, byName), people: t.Subject != inventory.Nobody,
			person: t.Subject == inventory.Person("id")}
	}
	return out
}

// question is the statement that finds the organisation and the people of one
// row, along the tables through which it belongs to a person.
func question(t inventory.Table, tables map[string]inventory.Table) string {
	from, org, person, other := t.Name+" t0", "''", "''", "''"
	for _, m := range t.Also {
		if m.Equally {
			other = "t0." + m.Column
		}
	}
	at := t
	for n := 0; ; n++ {
		alias := fmt.Sprintf("t%d", n)
		if at.Org != "" && org == "''" {
			org = alias + "." + at.Org
		}
		if at.Subject == inventory.Nobody {
			break
		}
		if at.Subject.Through == "" {
			person = alias + "." + at.Subject.Column
			break
		}
		from += fmt.Sprintf(" join %s t%d on t%d.id = %s.%s", at.Subject.Through, n+1, n+1, alias, at.Subject.Column)
		at = tables[at.Subject.Through]
	}
	return "select coalesce(" + strings.Join([]string{org, person, other}, ", ''), coalesce(") + ", '') from " + from + " where t0.id = $1"
}

// About finds whose record a line is about, and about whom. A list, and a kind
// that the inventory does not have, is nobody's.
func (s *Sealer) About(ctx context.Context, q Queryer, name, id string) (About, error) {
	k, known := s.kinds[name]
	if !known || id == "" {
		return About{}, nil
	}
	if k.person {
		return About{People: []string{id}}, nil
	}
	var found About
	var one, other string
	err := q.QueryRow(ctx, k.ask, id).Scan((*string)(&found.Org), &one, &other)
	if errors.Is(err, sql.ErrNoRows) {
		return found, nil
	}
	for _, person := range []string{one, other} {
		if person != "" {
			found.People = append(found.People, person)
		}
	}
	return found, err
}
