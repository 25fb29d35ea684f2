package app

import (
	"context"
	"fmt"
	"log/slog"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/account/own"
	"example.org/asye/internal/account/prove"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/account/setup"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/account/works"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/figures"
	answers "example.org/asye/internal/equality/mine"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/equality/publication/releases"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/claims"
	"example.org/asye/internal/grant/funder"
	"example.org/asye/internal/grant/money"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/home"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/disclosure"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/serving"
	"example.org/asye/internal/platform/shipping"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/change"
	"example.org/asye/internal/registration/cohort"
	"example.org/asye/internal/registration/export"
	"example.org/asye/internal/registration/mine"
	"example.org/asye/internal/registration/queue"
	"example.org/asye/internal/registration/record"
	"example.org/asye/internal/registration/register"
	"example.org/asye/internal/registration/regulator"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/roster"
	"example.org/asye/internal/schema"
)

// service is every capability, built on one database.
type service struct {
	config       config
	log          *slog.Logger
	db           *db.DB
	outbox       *mail.Outbox
	queue        *jobs.Queue
	drafts       *journey.Store
	roster       *roster.Store
	account      *account.Store
	tries        *tries.Store
	provider     *provider.Store
	works        *works.Store
	factors      *factor.Store
	held         *held.Store
	employers    *employers.Store
	registration *registration.Store
	upload       *upload.Store
	export       *export.Store
	register     regulator.Register
	equality     *equality.Store
	publication  *publication.Store
	questions    *question.Store
	grants       *grant.Store
	claims       *claim.Store
	statements   *statement.Store
	rights       *rights.Store
	backups      *backup.Store
	shipped      *shipping.Process
	audit        *audit.Keeper
	server       *serving.Server
}

// open connects to the database and builds the capabilities. The schema is
// brought up to date first, unless the settings leave that to asye migrate.
func open(ctx context.Context, c config, now clock.Clock, log *slog.Logger) (*service, error) {
	d, err := db.Open(ctx, c.Database, now)
	if err != nil {
		return nil, err
	}
	if doubt := d.Doubt(); doubt != "" {
		log.Warn(doubt)
	}
	s, err := build(c, d, log)
	if err == nil {
		err = d.Hold(ctx)
	}
	if err == nil {
		err = s.fit(ctx)
	}
	if err == nil {
		s.audit, err = guard(ctx, c, d, log)
	}
	if err == nil {
		err = s.employers.SeedAuthorities(ctx, tenant.System("start"))
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return s, nil
}

// fit lets the schema and the program fit each other.
func (s *service) fit(ctx context.Context) error {
	standing, err := s.db.Standing(ctx, schema.All()...)
	if err != nil {
		return err
	}
	if len(standing.Pending) > 0 && !s.config.Migrate {
		return fmt.Errorf("the database is of an earlier release: %d migrations have not run, and the setting migrate leaves them to you. "+
			"Run asye migrate, then start again", len(standing.Pending))
	}
	if len(standing.Beyond) > 0 && standing.Refusal() == nil {
		s.log.Info("the database is of a later release, which this program can use", "migrations", standing.Beyond)
	}
	_, err = s.db.Migrate(ctx, schema.All()...)
	return err
}

func build(c config, d *db.DB, log *slog.Logger) (s *service, err error) {
	s = &service{config: c, log: log, db: d}
	s.server = &serving.Server{Log: log, Notice: c.StopNotice, Patience: requestsMayTake, Quiet: mustHaveBeenIdle}
	s.outbox = mail.NewOutbox(d, c.Mail)
	s.queue = jobs.NewQueue(d)
	s.drafts = journey.NewStore(d)
	s.roster = roster.NewStore(d)
	c.Account.Demo = c.Site.Demo
	s.account = account.NewStore(d, s.outbox, s.queue, c.Account)
	s.tries = tries.NewStore(d, s.account, tries.DefaultBudget())
	s.provider = provider.NewStore(d, s.account, c.providers())
	s.account.OnMoved(s.provider.Moved)
	s.works = works.NewStore(d, s.account, s.outbox, s.queue)
	s.factors = factor.NewStore(d, s.account, s.outbox, s.tries)
	s.held = held.NewStore(d, held.DefaultSettings())
	s.registration = registration.NewStore(d, c.Catalogue, s.account, s.account).Writing(s)
	s.upload = upload.NewStore(d, s.registration, upload.DefaultSettings())
	s.export = export.NewStore(d, s.registration)
	s.employers = employers.NewStore(d, s.onMerge)
	s.equality = equality.NewStore(d, registration.Stages()...)
	s.publication = publication.NewStore(d, s.equality)
	s.questions = question.NewStore(d, s.equality, s.publication)
	s.grants = grant.NewStore(d, c.Schemes)
	s.statements = statement.NewStore(d, c.Schemes)
	s.statements.PaidBy(c.Payer)
	s.claims = claim.NewStore(d, s.grants, s.statements)
	s.shipped = s.shipper()
	s.backups = backup.NewStore(d, s.queue, s.outbox, c.Backup, s.backupNeeds())
	s.rights = rights.NewStore(d, schema.Tables(), c.Rights, s.account)
	s.register, err = regulator.NewSimulator(s.recordedName)
	return s, err
}

// handler mounts every capability's pages: one line each.
func (s *service) handler() *web.Mux {
	m := s.mux()
	m.Raw("GET /healthz", s.alive())
	m.Raw("GET /readyz", s.ready())
	secured := ""
	if s.config.Site.Secure {
		secured = s.config.Account.BaseURL
	}
	m.Raw("GET "+disclosure.Path, disclosure.Handler(s.config.Contact, secured, s.db.Clock()))
	return m
}

func (s *service) mux() *web.Mux { return s.muxOn(s.db) }

// muxOn is the mux with whoever notes what pages leave behind: the database.
func (s *service) muxOn(results web.Results) *web.Mux {
	m := web.New(s.config.Site, account.Identify(s.account, navigation()), results, s.db.Clock(), s.log)
	account.Mount(m, s.account, account.Deps{Ways: prove.Ways(s.factors)})
	setup.Mount(m, s.account, s.addFirst)
	prove.Mount(m, prove.Deps{Account: s.account, Factors: s.factors, Held: s.held})
	own.Mount(m, s.account, s.factors)
	var table policy.Table
	admin.Mount(m, admin.Deps{Accounts: s.account, Factors: s.factors, Works: s.works, Trail: s.trail(), Settings: s.settingLines(),
		Policy: func() policy.Table { return table }, Tables: schema.Tables()})
	provider.Mount(m, s.provider, provider.Deps{Accounts: s.account, Clients: s.directoryClients(), Log: s.log})
	home.Mount(m, home.Needs{Cards: s.cards(), Drafts: s.drafts, Known: known(), Roster: s.roster})
	employers.Mount(m, s.employers, s.drafts)
	cohort.Mount(m, cohort.Deps{Store: s.registration, Drafts: s.drafts, Answered: s.answered})
	register.Mount(m, s.registration, s.drafts)
	record.Mount(m, record.Deps{Store: s.registration, Answered: s.answered, Register: s.register})
	upload.Mount(m, s.upload)
	export.Mount(m, s.export)
	change.Mount(m, s.registration, s.otherEmployers)
	mine.Mount(m, s.mineNeeds())
	queue.Mount(m, s.registration)
	answers.Mount(m, s.equality, s.drafts)
	figures.Mount(m, s.equality, s.config.Catalogue)
	releases.Mount(m, s.publication, s.questions, s.config.Catalogue)
	claims.Mount(m, s.grants, s.claims)
	funder.Mount(m, s.funderNeeds())
	money.Mount(m, money.Deps{Grants: s.grants, Claims: s.claims, Statements: s.statements, Books: books.NewStore(s.db), Drafts: s.drafts})
	rights.Mount(m, s.rights)
	backup.Mount(m, s.backups)
	table = policyOf(m.Routes())
	return m
}

// close lets go of the database.
func (s *service) close() error { return s.db.Close() }

// trail is the audit trail as administrators read it.
func (s *service) trail() *trail.Store { return trail.NewStore(s.db, s.account, s.audit) }
