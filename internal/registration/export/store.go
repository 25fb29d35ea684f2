package export

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// Store reads registrations for a file. It has no tables.
type Store struct {
	db            *db.DB
	registrations *registration.Store
	columns       columns.List
}

// NewStore reads what the store of registrations keeps.
func NewStore(d *db.DB, r *registration.Store) *Store {
	return &Store{d, r, columns.New(r.Catalogue())}
}

func (s *Store) today() asye.Date { return clock.Today(s.db.Clock()) }

// each visits the rows of a file, one cell for each column. A visitor that wants
// to keep a row clones it.
func (s *Store) each(ctx context.Context, scope tenant.Scope, f File, visit func([]string) error) error {
	today, all := s.today(), s.columns.All()
	row := make([]string, len(all))
	return s.registrations.Each(ctx, s.db, scope, f.Filter, func(full registration.Full) error {
		for i, c := range all {
			row[i] = c.Show(full, today)
		}
		return visit(row)
	})
}
