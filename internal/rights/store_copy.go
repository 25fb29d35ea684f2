package rights

import (
	"context"
	"database/sql"
	"regexp"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
)

// Copy is everything that is held of a person (DAT-1). To the person it masks
// what speaks of others and what the law may exempt; those who look after the
// whole service get all of it, to look, but for what is the person's alone
// (EQU-5). Anybody else is Forbidden; a person who
// is not known is NotFound.
func (s *Store) Copy(ctx context.Context, scope tenant.Scope, person asye.PersonID) (Copy, error) {
	whole, err := s.mayLook(ctx, scope, person)
	if err != nil {
		return Copy{}, err
	}
	c := Copy{Person: person, MadeOn: s.today(), Whole: whole,
		byOther: scope.Actor() == tenant.ByPerson && scope.Person() != person}
	if c.Name, err = s.name(ctx, s.db, person); err != nil {
		return c, err
	}
	employers, err := s.organisations(ctx)
	if err != nil {
		return c, err
	}
	for _, t := range s.tables {
		section, err := s.section(ctx, t, c, employers)
		if err != nil {
			return c, err
		}
		if len(section.Rows) > 0 {
			c.Sections = append(c.Sections, section)
		}
	}
	return c, nil
}

func (s *Store) name(ctx context.Context, q db.Queryer, person asye.PersonID) (string, error) {
	var i asye.Identity
	err := q.QueryRow(ctx, `select given_name, middle_names, family_name from people where id = $1`, string(person)).
		Scan(&i.GivenName, &i.MiddleNames, &i.FamilyName)
	return i.Full(), db.NotFound(err, "person")
}

func (s *Store) organisations(ctx context.Context) (map[string]string, error) {
	rows, err := s.db.Query(ctx, `select id, name from organisations`)
	names := map[string]string{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (id string, err error) {
		name := ""
		err = rows.Scan(&id, &name)
		names[id] = name
		return id, err
	})
	return names, err
}

// section reads the rows of one table that are about the person.
func (s *Store) section(ctx context.Context, t inventory.Table, c Copy, employers map[string]string) (Section, error) {
	out := Section{Name: t.Title, Holds: t.Holds, Kept: s.settings.Schedule.Sentence(t.Keep)}
	condition, columns := s.About(t), columnsOf(t, c)
	if condition == "" {
		return out, nil
	}
	texts := make([]string, len(columns))
	for i, one := range columns {
		texts[i] = `coalesce(cast(` + one.name + ` as text), '')`
	}
	rows, err := s.db.Query(ctx, `select `+strings.Join(texts, ", ")+` from `+t.Name+` where `+condition, string(c.Person))
	out.Rows, err = db.Rows(rows, err, func(rows *sql.Rows) (Row, error) {
		values, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		err := rows.Scan(into...)
		return row(columns, values, employers), err
	})
	return out, err
}

// row puts values into words, and leaves out those that are empty.
func row(columns []column, values []string, employers map[string]string) Row {
	var out Row
	for i, c := range columns {
		value := readable(values[i])
		if name, ok := employers[value]; ok {
			value = name
		}
		if value == "" {
			continue
		}
		if c.mask != "" {
			value = c.mask
		}
		out = append(out, Fact{c.label, value})
	}
	return out
}

var (
	isDate    = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	isInstant = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|\+00)$`)
)

// readable writes dates and instants as pages do, whichever engine they come
// from.
func readable(text string) string {
	if isDate.MatchString(text) {
		if d, err := asye.ParseDate(text); err == nil {
			return d.String()
		}
	}
	if m := isInstant.FindStringSubmatch(text); m != nil {
		var at asye.Instant
		if at.UnmarshalText([]byte(m[1]+"T"+m[2]+"Z")) == nil {
			return clock.Moment(at)
		}
	}
	return text
}
