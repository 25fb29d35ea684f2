package employers

import (
	"context"
	"database/sql"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// PageSize is how many organisations one page of a list holds.
const PageSize = 25

// Status is whether an organisation is open.
type Status string

// What a list can be narrowed to; Either is no narrowing.
const (
	Either     Status = ""
	OnlyOpen   Status = "open"
	OnlyClosed Status = "closed"
)

// Filter narrows a list of employers. The zero value is all of them, first
// page; the national body is left out unless Type asks for it.
type Filter struct {
	Search string // words in the name or the code, in this order
	Type   asye.EmployerType
	Region string
	Status Status
	Page   int // from 1; 0 is 1
}

// Listed is one page of a list of employers.
type Listed struct {
	Organisations []Organisation
	Page, Pages   int // from 1
	Total         int // on all pages
}

// List gives the employers that a filter lets through and the scope can see,
// by name. A page past the end is empty.
func (s *Store) List(ctx context.Context, scope tenant.Scope, f Filter) (Listed, error) {
	of, err := reach(scope)
	if err != nil {
		return Listed{}, err
	}
	where := []any{like(f.Search), string(f.Type), f.Region, string(f.Status), of}
	out := Listed{Page: max(f.Page, 1)}
	err = s.db.QueryRow(ctx, `
		select count(*) from organisations
		where  search_text like $1 escape '\' and ($2 = '' and type <> 'national' or type = $2)
		and    ($3 = '' or region = $3)
		and    ($4 = '' or ($4 = 'closed' and closed_on is not null) or ($4 = 'open' and closed_on is null))
		and    ($5 = '' or id = $5)`, where...).Scan(&out.Total)
	if err != nil {
		return out, err
	}
	out.Pages = (out.Total + PageSize - 1) / PageSize
	rows, err := s.db.Query(ctx, `
		select `+columns+` from organisations
		where  search_text like $1 escape '\' and ($2 = '' and type <> 'national' or type = $2)
		and    ($3 = '' or region = $3)
		and    ($4 = '' or ($4 = 'closed' and closed_on is not null) or ($4 = 'open' and closed_on is null))
		and    ($5 = '' or id = $5)
		order  by name, code limit $6 offset $7`, append(where, PageSize, (out.Page-1)*PageSize)...)
	out.Organisations, err = db.Rows(rows, err, func(rows *sql.Rows) (Organisation, error) { return scan(rows) })
	return out, err
}

var likeLiteral = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// like is the pattern that finds the words in their order, whatever stands
// between them.
func like(search string) string {
	words := strings.Fields(likeLiteral.Replace(searchable(search)))
	return "%" + strings.Join(words, "%") + "%"
}
