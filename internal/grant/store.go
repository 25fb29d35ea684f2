package grant

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Store knows what the registrations of the service entitle employers to. It
// only reads them.
type Store struct {
	db   *db.DB
	book *Book
}

// NewStore reads registrations in a database, by the schemes of a book.
func NewStore(d *db.DB, b *Book) *Store { return &Store{d, b} }

// Book is the schemes that claims can be made from.
func (s *Store) Book() *Book { return s.book }

// At is the present moment.
func (s *Store) At() When { return When{s.db.Clock().Now(), clock.Today(s.db.Clock())} }

// Row is one milestone of an NQSW with the names that lists and files show.
type Row struct {
	Entitlement
	GivenName  string
	FamilyName string
	Number     string // with the regulator
	OrgName    string
	OrgCode    string
	OrgType    asye.EmployerType
}

// Name is the NQSW's given and family name.
func (r Row) Name() string {
	return asye.Identity{GivenName: r.GivenName, FamilyName: r.FamilyName}.Full()
}

// Due lists what the employer at work can claim, cannot, and has claimed, by
// name. Of a year that has moved on it shows what was paid, or is due, for the
// time with this employer.
func (s *Store) Due(ctx context.Context, scope tenant.Scope) ([]Row, error) {
	if err := access.Entitlements.Ask(scope, policy.FormerEmployer); err != nil {
		return nil, err
	}
	return s.due(ctx, s.db, scope.Org())
}

// Within is [Store.Due] as a transaction of a claim sees it: for the capability
// that makes claims.
func (s *Store) Within(ctx context.Context, tx *db.Tx, scope tenant.Scope) ([]Row, error) {
	if err := access.Entitlements.Ask(scope, policy.FormerEmployer); err != nil {
		return nil, err
	}
	return s.due(ctx, tx, scope.Org())
}

func (s *Store) due(ctx context.Context, q db.Queryer, org asye.OrganisationID) ([]Row, error) {
	people, err := s.people(ctx, q, reach{org: org})
	if err != nil {
		return nil, err
	}
	var out []Row
	at := s.At()
	for _, p := range people {
		for _, e := range s.book.Entitlements(p.facts, org, at) {
			if p.concerns(e, org) {
				out = append(out, p.row(e))
			}
		}
	}
	return out, nil
}

// concerns reports whether an employer is shown a milestone: of a year that has
// moved on, only what falls in its own time or was claimed by it.
func (p *person) concerns(e Entitlement, org asye.OrganisationID) bool {
	if p.org == org {
		return true
	}
	own := e.Standing != nil && e.Standing.Org == org
	return own || e.State == Claimable || e.State == Clash || e.Scheme.Key != "" && e.State == Never && e.Scheme.payee(e.Milestone, e.Facts, e.On).Org == org
}
