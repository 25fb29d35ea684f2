package backup

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
)

// Store remembers backups and alarms.
type Store struct {
	db       *db.DB
	queue    *jobs.Queue
	outbox   *mail.Outbox
	settings Settings
	needs    Needs
	began    asye.Instant // when this program did
}

// Needs is what the store cannot do by itself.
type Needs struct {
	Files   Files
	Allow   func(ctx context.Context, scope tenant.Scope) error // refuses all but those who look after the whole service
	Behind  func() (behind time.Duration, ships bool)           // how far the shipped log is behind
	Service string                                              // what the service is called, in letters
	Site    string                                              // how its addresses begin
}

// Files is where backups lie.
type Files struct {
	Make   func(ctx context.Context, at asye.Instant) (Made, error)
	List   func() ([]Kept, error) // the oldest first
	Remove func(name string) error
}

// NewStore is the backups of a database.
func NewStore(d *db.DB, q *jobs.Queue, o *mail.Outbox, s Settings, n Needs) *Store {
	return &Store{db: d, queue: q, outbox: o, settings: s, needs: n, began: d.Clock().Now()}
}

// Settings is what the operator has decided.
func (s *Store) Settings() Settings { return s.settings }

// allow refuses everybody but those who look after the whole service, and the
// program itself.
func (s *Store) allow(ctx context.Context, scope tenant.Scope) error {
	if scope.Actor() != tenant.ByPerson {
		return nil
	}
	if scope.Role() != asye.Administrator {
		return fault.New(fault.Forbidden, "Backups are for the administrators who look after the whole service")
	}
	return s.needs.Allow(ctx, scope)
}

// Begin remembers that a backup is being made, and gives its identifier.
func (s *Store) Begin(ctx context.Context, scope tenant.Scope, way Way, place string) (string, error) {
	if err := s.allow(ctx, scope); err != nil {
		return "", err
	}
	id := ""
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		id = tx.NewID()
		_, err := tx.Exec(ctx, `insert into backups (id, way, state, place, started_at) values ($1, $2, 'running', $3, $4)`,
			id, string(way), place, tx.Now())
		return err
	})
	return id, err
}

// End remembers what came of it; failure is nil when it is good. One that
// somebody asked for leaves a line in the audit trail: a copy of everything has
// left the service. The schedule's own would bury the trail under lines.
func (s *Store) End(ctx context.Context, scope tenant.Scope, id string, made Made, failure error) error {
	if err := s.allow(ctx, scope); err != nil {
		return err
	}
	state, why := Good, ""
	if failure != nil {
		state, why = Failed, failure.Error()
	}
	way := Scheduled
	end := func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `
			update backups set state = $1, ended_at = $2, size_bytes = $3, rows_total = $4, failure = $5,
				place = case when $6 = '' then place else $6 end
			where id = $7 returning way`,
			string(state), tx.Now(), made.Size, made.Rows, why, made.Path, id).Scan((*string)(&way))
	}
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := end(tx); err != nil || way == Scheduled {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "backup.made", Kind: "backup", ID: id,
			After: map[string]any{"state": state, "place": made.Path, "size": made.Size}})
	})
}

const columns = `id, way, state, place, started_at, ended_at, size_bytes, rows_total, failure`

func scan(row interface{ Scan(...any) error }) (Backup, error) {
	var b Backup
	err := row.Scan(&b.ID, (*string)(&b.Way), (*string)(&b.State), &b.Place, &b.StartedAt, &b.EndedAt, &b.Size, &b.Rows, &b.Failure)
	return b, err
}

// List gives the newest backups, good and failed.
func (s *Store) List(ctx context.Context, scope tenant.Scope, n int) ([]Backup, error) {
	if err := s.allow(ctx, scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `select `+columns+` from backups order by started_at desc, id desc limit $1`, n)
	return db.Rows(rows, err, func(rows *sql.Rows) (Backup, error) { return scan(rows) })
}

// Health tells how things stand (BAK-10, BAK-11).
func (s *Store) Health(ctx context.Context, scope tenant.Scope) (Health, error) {
	if err := s.allow(ctx, scope); err != nil {
		return Health{}, err
	}
	last, err := s.lastGood(ctx)
	if err != nil {
		return Health{}, err
	}
	since, err := s.firstTried(ctx)
	if err != nil {
		return Health{}, err
	}
	h := judge(s.settings, last, since, s.db.Clock().Now())
	h.Behind, h.Ships = s.needs.Behind()
	h.Lagging = h.Ships && h.Behind > mostBehind
	return h, nil
}

// Age is how old the last good backup is, for metrics. found is false where
// there has never been one.
func (s *Store) Age(ctx context.Context, scope tenant.Scope) (age time.Duration, found bool, err error) {
	h, err := s.Health(ctx, scope)
	return h.Age, h.Found, err
}

func (s *Store) lastGood(ctx context.Context) (*Backup, error) {
	b, err := scan(s.db.QueryRow(ctx, `
		select `+columns+` from backups where state = 'good' order by started_at desc, id desc limit 1`))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &b, err
}

// firstTried is when a backup was first tried, or when this program began:
// from then on there should be one.
func (s *Store) firstTried(ctx context.Context) (asye.Instant, error) {
	var at asye.Instant
	err := s.db.QueryRow(ctx, `select min(started_at) from backups`).Scan(&at)
	if at.IsZero() || s.began.Before(at) {
		at = s.began
	}
	return at, err
}

// Ask has a backup made as soon as it can be.
func (s *Store) Ask(ctx context.Context, scope tenant.Scope) error {
	if err := s.allow(ctx, scope); err != nil {
		return err
	}
	if !s.settings.IsSet() {
		return fault.New(fault.Conflict, "The service has no folder for backups. Set backup_to and backup_key, and start it again")
	}
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := s.queue.Enqueue(ctx, tx, jobs.New{Kind: KindNow, Dedupe: "one"}); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "backup.asked", Kind: "backup", ID: "new"})
	})
	if err == nil {
		s.queue.Wake()
	}
	return err
}

// forgotten is how long what came of a backup is remembered after the backup
// itself is gone.
const forgotten = 30 * 24 * time.Hour

// Tidy forgets backups that are long gone, and alarms that ended then. The last
// good one is never forgotten.
func (s *Store) Tidy(ctx context.Context, scope tenant.Scope, now asye.Instant) error {
	if err := s.allow(ctx, scope); err != nil {
		return err
	}
	before := now.Add(-s.settings.Keep - forgotten)
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `
			delete from backups where started_at < $1
			and id <> coalesce((select id from backups where state = 'good' order by started_at desc, id desc limit 1), '')`, before); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `delete from backup_alarms where ended_at < $1`, before)
		return err
	})
}
