package example

import (
	"context"
	"strings"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// Stores are what the example is built with: every record is made in the way
// in which the service makes it.
type Stores struct {
	DB           *db.DB
	Account      *account.Store
	Employers    *employers.Store
	Registration *registration.Store
	Equality     *equality.Store
}

// Build makes the example service in a database that has no people yet;
// otherwise it is a Conflict, and a second time nothing happens. All of it is
// one transaction, so a build that is interrupted can simply be run again.
// progress, which may be nil, is told how many registrations are done.
func Build(ctx context.Context, s Stores, progress func(done, total int)) error {
	return build(ctx, s, progress, func(b *builder) []func(context.Context) error {
		return []func(context.Context) error{b.employ, b.hirePersonas, b.coordinate, b.history, b.publish, b.present, b.tell, b.fund, b.nightly}
	})
}

// Stories makes of the example service only the employers and the people whose
// stories are told: small enough to be kept with each release.
func Stories(ctx context.Context, s Stores) error {
	return build(ctx, s, nil, func(b *builder) []func(context.Context) error {
		return []func(context.Context) error{b.employ, b.hirePersonas, b.coordinate, b.act, b.nightly}
	})
}

// build makes parts of the example in one transaction.
func build(ctx context.Context, s Stores, progress func(done, total int), parts func(*builder) []func(context.Context) error) error {
	built, err := Built(ctx, s.DB)
	if err != nil || built {
		return err
	}
	used, err := inUse(ctx, s.DB)
	if err != nil {
		return err
	}
	if used {
		return fault.New(fault.Conflict, "This database has people on record already. Build the example service in an empty one")
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return s.DB.Write(ctx, tenant.System(reason), func(tx *db.Tx) error {
		b := newBuilder(s, tx, progress)
		return b.build(ctx, tx, parts(b))
	})
}

// reason is what the audit trail says of everything here that nobody in the
// stories did.
const reason = "example service"

// builder is one run of Build.
type builder struct {
	Stores
	db       *db.DB // inside the transaction, at the clock's day
	clock    *clock.Stopped
	records  *registration.Store // on db
	answers  *equality.Store     // on db
	system   tenant.Scope
	draw     chance
	progress func(done, total int)
	done     int // registrations
	total    int

	employers []*employer // the 202, authorities first
	byCode    map[string]*employer
	national  asye.OrganisationID
	personas  map[string]asye.PersonID // by e-mail address
	wheels    map[mix]wheel
	running   []*scene // years of the cohort 2026-27 to which something can still happen
	trial     []registration.Number

	met       map[string]bool // names with dates of birth
	addresses map[string]int  // how often each local part has been given
	numbered  int
}

func newBuilder(s Stores, tx *db.Tx, progress func(done, total int)) *builder {
	b := &builder{Stores: s, clock: clock.Fixed(momentOn(AsOf)), system: tenant.System(reason), draw: newChance(),
		progress: progress, total: expected(), byCode: map[string]*employer{}, personas: map[string]asye.PersonID{}, wheels: map[mix]wheel{}, trial: trial,
		met: map[string]bool{}, addresses: map[string]int{}}
	for _, p := range Personas() {
		local, _, _ := strings.Cut(p.Email, "@")
		b.addresses[local] = 1
	}
	b.db = s.DB.Within(tx, b.clock)
	b.records = registration.NewStore(b.db, s.Registration.Catalogue(), s.Account, s.Account)
	b.answers = equality.NewStore(b.db)
	return b
}

func (b *builder) build(ctx context.Context, tx *db.Tx, parts []func(context.Context) error) error {
	b.stand(asye.MustDate("2018-04-02"))
	for _, part := range parts {
		if err := part(ctx); err != nil {
			return err
		}
	}
	b.progress(b.done, b.done)
	return tx.Audit(ctx, b.system, db.Line{What: builtLine, Kind: builtKind, ID: builtKind,
		After: map[string]any{"as_of": AsOf, "registrations": b.done}})
}

// nightly does what the service does each night.
func (b *builder) nightly(ctx context.Context) error {
	b.stand(AsOf)
	_, err := b.records.Refresh(ctx)
	return err
}

// momentOn is the moment of a day at which things happen in the example. It is
// no round number, so that no identifier made later is like one made here.
func momentOn(day asye.Date) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 9, 41, 17, 417e6, time.UTC)
}

// stand lets a day be today.
func (b *builder) stand(day asye.Date) {
	b.clock.Move(momentOn(day).Sub(b.clock.Now().Time()))
}

func (b *builder) today() asye.Date { return clock.Today(b.clock) }

// instant is a moment on a day.
func instant(day asye.Date) asye.Instant { return asye.InstantOf(momentOn(day)) }

// on makes a change on a day.
func (b *builder) on(ctx context.Context, day asye.Date, as tenant.Scope, do func(tx *db.Tx) error) error {
	b.stand(day)
	return b.db.Write(ctx, as, do)
}
