package rights

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
)

// People refuses everybody but those who look after the whole service, and the
// program; the account capability does.
type People interface {
	WholeService(ctx context.Context, scope tenant.Scope) error
}

// Store reads and erases what is held of a person, by the inventory of every
// table.
type Store struct {
	db       *db.DB
	tables   []inventory.Table
	settings Settings
	people   People
}

// Settings is what an operator decides about the data of others.
type Settings struct {
	Schedule Schedule
	Applies  bool // the service erases by itself whoever is due
}

// NewStore works on the tables of an inventory, which stand in the order in
// which they refer to each other: parents first.
func NewStore(d *db.DB, tables []inventory.Table, s Settings, p People) *Store {
	return &Store{db: d, tables: tables, settings: s, people: p}
}

func (s *Store) today() asye.Date { return clock.Today(s.db.Clock()) }

// mayLook refuses everybody but the person themselves, those who look after the
// whole service, and the program. whole tells that more is shown than to the
// person themselves.
func (s *Store) mayLook(ctx context.Context, scope tenant.Scope, person asye.PersonID) (whole bool, err error) {
	if scope.IsSignedIn() && scope.Person() == person {
		return false, nil
	}
	return true, s.mayDecide(ctx, scope)
}

// mayDecide refuses everybody but those who look after the whole service, and
// the program.
func (s *Store) mayDecide(ctx context.Context, scope tenant.Scope) error {
	return s.people.WholeService(ctx, scope)
}

// about is the condition under which a row of a table is about the person $1;
// empty for a table that is about nobody.
func (s *Store) about(t inventory.Table) string {
	switch {
	case t.Subject.Column == "":
		return ""
	case t.Subject.Address:
		return t.Subject.Column + ` = (select email from people where id = $1)`
	case t.Subject.Through != "":
		return t.Subject.Column + ` in (select id from ` + t.Subject.Through + ` where ` + s.about(s.table(t.Subject.Through)) + `)`
	}
	return t.Subject.Column + ` = $1`
}

// About is the condition under which a row of a table is about the person $1,
// as its subject or as much; empty for a table that is about nobody.
func (s *Store) About(t inventory.Table) string {
	condition := s.about(t)
	for _, m := range t.Also {
		if m.Equally {
			condition += ` or ` + m.Column + ` = $1`
		}
	}
	return condition
}

func (s *Store) table(name string) inventory.Table {
	for _, t := range s.tables {
		if t.Name == name {
			return t
		}
	}
	return inventory.Table{}
}
