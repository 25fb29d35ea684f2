package grant

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// reach is whose registrations are read.
type reach struct {
	org      asye.OrganisationID // those that are, or were, with an employer; empty for the nation
	standing bool                // only of those for whom a payment stands
}

func (r reach) args() []any { return []any{string(r.org), r.standing} }

// DueTo is [Store.Due] of any employer, as it is now: for the funder, who holds
// it against what was signed.
func (s *Store) DueTo(ctx context.Context, scope tenant.Scope, org asye.OrganisationID) ([]Row, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	return s.due(ctx, s.db, org)
}

// Nation lists each milestone of every registration once, for the employer that
// has claimed it or could: for the funder's forecast.
func (s *Store) Nation(ctx context.Context, scope tenant.Scope) ([]Row, error) {
	return s.nation(ctx, scope, reach{}, func(Entitlement) bool { return true })
}

// Doubts judges every payment that stands by the facts as they are now, in one
// go, and lists those that are not due any more: to be recovered, or in doubt
// (GRA-11).
func (s *Store) Doubts(ctx context.Context, scope tenant.Scope) ([]Row, error) {
	return s.nation(ctx, scope, reach{standing: true}, func(e Entitlement) bool {
		return e.Standing != nil && e.Standing.Accepted && e.Doubtful()
	})
}

func (s *Store) nation(ctx context.Context, scope tenant.Scope, of reach, wanted func(Entitlement) bool) ([]Row, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	people, err := s.people(ctx, s.db, of)
	if err != nil {
		return nil, err
	}
	var out []Row
	at := s.At()
	for _, p := range people {
		for _, key := range s.book.milestones[p.facts.Programme] {
			stands := p.facts.standing(key)
			if stands == nil && of.standing || stands != nil && stands.Enrolment != p.facts.Enrolment { // another year of theirs was paid for, and not this one
				continue
			}
			if e := s.book.whoever(&p.facts, key, at); wanted(e) {
				out = append(out, p.row(e))
			}
		}
	}
	return out, nil
}

func (p *person) row(e Entitlement) Row {
	return Row{e, p.given, p.family, p.number, p.orgName, p.orgCode, p.orgType}
}

// whoever decides what the facts entitle to whichever employer has claimed a
// milestone, or could.
func (b *Book) whoever(f *Facts, key string, at When) Entitlement {
	if s := f.standing(key); s != nil {
		return b.entitlement(f, s.Org, key, at)
	}
	fell := b.fall(f, key, at.Today)
	fell.Facts = *f
	return b.entitlement(f, fell.due().Org, key, at)
}

// Doubtful reports whether a payment stands that is not due by the facts as they
// are now.
func (e Entitlement) Doubtful() bool {
	if e.Standing == nil {
		return false
	}
	for _, w := range e.Why {
		if w.Rule == "doubt" || w.Rule == "recovery" {
			return true
		}
	}
	return false
}
