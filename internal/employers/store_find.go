package employers

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// inBrackets is the code of "Essex (881)", as pages write an employer.
var inBrackets = regexp.MustCompile(`\(([0-9A-Za-z]{2,12})\)$`)

// Find finds the organisation whose code or whole name was typed, capitals or
// not; the code may stand in brackets behind the name. Of several with one name
// it takes the one that is open. Where it finds none or too many, NotFound says
// which come near; one that the scope cannot see does not.
func (s *Store) Find(ctx context.Context, scope tenant.Scope, typed string) (Organisation, error) {
	typed = oneSpace(typed)
	code := typed
	if found := inBrackets.FindStringSubmatch(typed); found != nil {
		code = found[1]
	}
	o, err := s.ByCode(ctx, scope, code)
	if err == nil || fault.KindOf(err) != fault.NotFound {
		return o, err
	}
	near, err := s.List(ctx, scope, Filter{Search: typed})
	if err != nil {
		return Organisation{}, err
	}
	return named(near.Organisations, typed)
}

// nearest is how many employers a sentence offers to somebody whose words fit
// none exactly.
const nearest = 5

// named picks the one with a name out of those that come near.
func named(near []Organisation, typed string) (Organisation, error) {
	other := func(o Organisation) bool { return searchable(o.Name) != searchable(typed) }
	closed := func(o Organisation) bool { return !o.ClosedOn.IsZero() }
	open := slices.DeleteFunc(slices.Clone(near), closed)
	exact := slices.DeleteFunc(slices.Clone(near), other)
	if len(exact) > 1 {
		exact = slices.DeleteFunc(slices.Clone(open), other)
	}
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(exact) > 1:
		return Organisation{}, fault.New(fault.NotFound, "Several employers are called %q. Enter the code of one: %s", typed, codes(exact))
	case len(open) > 0:
		return Organisation{}, fault.New(fault.NotFound, "No employer has the code or the whole name %q. Is it %s?",
			typed, strings.Join(labels(open[:min(nearest, len(open))]), ", or "))
	}
	return Organisation{}, fault.New(fault.NotFound, "No employer has the code or the name %q. Add the employer first, or correct what is typed", typed)
}

func codes(list []Organisation) string {
	var out []string
	for _, o := range list {
		out = append(out, o.Code)
	}
	return strings.Join(out, ", ")
}

// labels writes each organisation as people tell it from others: "Essex (881)".
func labels(list []Organisation) []string {
	var out []string
	for _, o := range list {
		out = append(out, o.Name+" ("+o.Code+")")
	}
	return out
}

// OpenOn lists the employers that are open on a day and that the scope can see,
// by name.
func (s *Store) OpenOn(ctx context.Context, scope tenant.Scope, day asye.Date) ([]Organisation, error) {
	of, err := reach(scope)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select `+columns+` from organisations
		where  type <> 'national' and opened_on <= $1 and (closed_on is null or closed_on > $1)
		and    ($2 = '' or id = $2)
		order  by name, code`, day, of)
	return db.Rows(rows, err, func(rows *sql.Rows) (Organisation, error) { return scan(rows) })
}
