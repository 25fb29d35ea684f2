package app

import (
	"context"
	"log/slog"
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/account/works"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/logs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/metrics"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/export"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/roster"
)

// Whole is the service put together on a database and in its parts, as serve
// puts it together: for the nets of internal/proof, which ask all of it.
type Whole struct {
	Mux          *web.Mux
	Policy       policy.Table
	DB           *db.DB
	Outbox       *mail.Outbox
	Queue        *jobs.Queue
	Drafts       *journey.Store
	Roster       *roster.Store
	Account      *account.Store
	Provider     *provider.Store
	Factors      *factor.Store
	Held         *held.Store
	Tries        *tries.Store
	Works        *works.Store
	Trail        *trail.Store
	Keeper       *audit.Keeper
	Backups      *backup.Store
	Employers    *employers.Store
	Registration *registration.Store
	Upload       *upload.Store
	Export       *export.Store
	Equality     *equality.Store
	Publication  *publication.Store
	Questions    *question.Store
	Grants       *grant.Store
	Claims       *claim.Store
	Statements   *statement.Store
	Books        *books.Store
	Rights       *rights.Store
	Recurring    []jobs.Recurring
	Metrics      http.Handler // what is counted, as it is served
}

// Assemble puts the service together on a database that has its schema, with
// settings by their names.
func Assemble(d *db.DB, settings map[string]string, log *slog.Logger) (*Whole, error) {
	v, err := given{flags: settings}.read()
	if err != nil {
		return nil, err
	}
	c, err := understand(v)
	if err != nil {
		return nil, err
	}
	s, err := build(c, d, log)
	if err != nil {
		return nil, err
	}
	key, err := c.auditKey(context.Background(), d, log)
	if err != nil {
		return nil, err
	}
	s.audit = audit.NewKeeper(d, key, c.Audit.Outside, log)
	m := s.mux()
	m.Tell(logs.Requests(log))
	counted := metrics.New("test", log, s.measures(m)...)
	m.Tell(counted.Request)
	return &Whole{Mux: m, Policy: policyOf(m.Routes()), DB: d, Outbox: s.outbox, Queue: s.queue, Drafts: s.drafts, Roster: s.roster,
		Account: s.account, Provider: s.provider, Factors: s.factors, Held: s.held, Tries: s.tries, Works: s.works, Trail: s.trail(),
		Keeper: s.audit, Backups: s.backups, Employers: s.employers, Registration: s.registration, Upload: s.upload,
		Export: s.export, Equality: s.equality, Publication: s.publication, Questions: s.questions,
		Grants: s.grants, Claims: s.claims, Statements: s.statements, Books: books.NewStore(s.db), Rights: s.rights, Recurring: s.recurring(), Metrics: counted.Handler()}, nil
}
