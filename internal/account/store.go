package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"sync"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps people, their roles, their sessions and the links that let them
// in.
type Store struct {
	db       *db.DB
	outbox   *mail.Outbox
	queue    *jobs.Queue
	settings Settings
	moved    Moved      // nil where nobody asks
	second   SecondStep // nil where none is ever asked for
	keyOnce  sync.Mutex
	key      string
}

// NewStore keeps accounts in a database, mails through an outbox and leaves
// work in a queue.
func NewStore(d *db.DB, outbox *mail.Outbox, queue *jobs.Queue, s Settings) *Store {
	s.BaseURL = strings.TrimSuffix(s.BaseURL, "/")
	return &Store{db: d, outbox: outbox, queue: queue, settings: s}
}

// SendsMail reports whether there is a mail server.
func (s *Store) SendsMail() bool { return s.outbox.Sends() }

// Settings are the figures that this store works with.
func (s *Store) Settings() Settings { return s.settings }

func (s *Store) today() asye.Date { return clock.Today(s.db.Clock()) }

// siteKey is a secret of this service, made once and kept in its database. It
// signs the forms of visitors who have no session, and hashes what is counted.
func (s *Store) siteKey(ctx context.Context) (string, error) {
	s.keyOnce.Lock()
	defer s.keyOnce.Unlock()
	if s.key != "" {
		return s.key, nil
	}
	const find = `select value from account_keys where name = 'site'`
	var key string
	err := s.db.QueryRow(ctx, find).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.db.Keep(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `
				insert into account_keys (name, value, made_at) values ('site', $1, $2)
				on conflict (name) do nothing`, NewToken(), tx.Now()); err != nil {
				return err
			}
			return tx.QueryRow(ctx, find).Scan(&key)
		})
	}
	if err == nil {
		s.key = key
	}
	return key, err
}

// Veil gives a value in the form in which it can be counted but not read back.
// A folder of this capability begins what it veils with a word of its own. Not
// to be called within a transaction: the first call ever writes the key.
func (s *Store) Veil(ctx context.Context, value string) (string, error) {
	key, err := s.siteKey(ctx)
	return veiled(key, value), err
}

// veiled is a value that can be counted but not read back without the key.
func veiled(key, value string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(value))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Reach tells how far an administrator's arm goes: over the whole service for
// those of the national body and of the organisation that set the service up.
// Nobody else has one.
func (s *Store) Reach(ctx context.Context, scope tenant.Scope) (Reach, error) {
	return reachOf(ctx, s.db, scope)
}

// WholeService refuses all but those who look after the whole service.
func (s *Store) WholeService(ctx context.Context, scope tenant.Scope) error {
	reach, err := s.Reach(ctx, scope)
	if err == nil && reach != WholeService {
		return fault.New(fault.Forbidden, "This page is for the administrators who look after the whole service")
	}
	return err
}

// mayManage refuses all but administrators.
func mayManage(scope tenant.Scope) error { return access.People.Ask(scope, policy.SameEmployer) }

func reachOf(ctx context.Context, q db.Queryer, scope tenant.Scope) (Reach, error) {
	if scope.Actor() != tenant.ByPerson {
		return WholeService, nil
	}
	if mayManage(scope) != nil {
		return OwnOrganisation, nil
	}
	n := 0
	err := q.QueryRow(ctx, `
		select count(*) from organisations o
		where o.id = $1 and (o.type = 'national' or exists (
			select 1 from setup_codes c where c.org_id = o.id and c.used_at is not null))`,
		string(scope.Org())).Scan(&n)
	return n > 0, err
}
