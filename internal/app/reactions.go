package app

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/grant/funder"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/mine"
)

// onMerge: when employers merge, the years that are running move with them.
func (s *service) onMerge(ctx context.Context, tx *db.Tx, scope tenant.Scope, from, to asye.OrganisationID, on asye.Date) error {
	return s.registration.MoveAll(ctx, tx, scope, from, to, on)
}

// addFirst: the first administrator's organisation is put on record, or found
// by its code when it is one of the local authorities.
func (s *service) addFirst(ctx context.Context, tx *db.Tx, scope tenant.Scope, o account.FirstOrganisation) (asye.OrganisationID, error) {
	known, err := s.employers.ByCode(ctx, scope, o.Code)
	if err == nil && o.Type == asye.LocalAuthority && known.Type == o.Type {
		return known.ID, nil
	}
	return s.employers.AddOrganisation(ctx, tx, scope, employers.Organisation{Name: o.Name, Code: o.Code,
		Type: o.Type, Region: o.Region, OpenedOn: s.today()})
}

// answered: who has answered the equality questions; never what.
func (s *service) answered(ctx context.Context, scope tenant.Scope, people []asye.PersonID) (map[asye.PersonID]bool, error) {
	return s.equality.Complete(ctx, scope, people...)
}

// otherEmployers: where an NQSW may be moving to.
func (s *service) otherEmployers(ctx context.Context) ([]registration.Option, error) {
	open, err := s.roster.Employers(ctx, s.today())
	options := make([]registration.Option, len(open))
	for i, o := range open {
		options[i] = registration.Option{Key: string(o.ID), Label: o.Name}
	}
	return options, err
}

// recordedName: the simulated register knows the NQSWs of this service by the
// names that they have here.
func (s *service) recordedName(ctx context.Context, number registration.Number) (string, error) {
	return s.registration.NameOf(ctx, tenant.System("register simulator"), number)
}

// Send puts a letter about a registration into the outbox, with who it is from
// and the address of the page it is about.
func (s *service) Send(ctx context.Context, tx *db.Tx, l registration.Letter) error {
	body := l.Text + "\n\n" + s.config.Account.BaseURL + l.Page + "\n\n" + l.Because +
		"\nIt comes from " + s.config.Site.Theme.ServiceName + ", where employers and the national team keep the record of the ASYE.\n"
	return s.outbox.Queue(ctx, tx, mail.Message{To: l.To, Subject: s.config.Site.Theme.ServiceName + ": " + l.Subject, Body: body})
}

// mineNeeds is what an NQSW's own pages are built on.
func (s *service) mineNeeds() mine.Needs {
	return mine.Needs{Store: s.registration, Answered: s.answered}
}

// funderNeeds is what the national team's pages of grants are built on.
func (s *service) funderNeeds() funder.Needs {
	return funder.Needs{Grants: s.grants, Claims: s.claims, Statements: s.statements}
}
