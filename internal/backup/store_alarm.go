package backup

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
)

// About is what an alarm is about.
type About string

// What alarms are about.
const (
	ofBackup   About = "backup"
	ofShipping About = "shipping"
)

// again is how long after a letter the next one goes, while the alarm lasts.
const again = 24 * time.Hour

// Watch raises an alarm, or lets one end, as things stand (BAK-10, BAK-11).
// Those who look after the whole service get a letter when one begins, and
// another each day while it lasts; two programs on one database send it once.
func (s *Store) Watch(ctx context.Context, scope tenant.Scope) error {
	h, err := s.Health(ctx, scope)
	if err != nil {
		return err
	}
	if err := s.settle(ctx, ofBackup, h.Late, s.lateMail(h)); err != nil {
		return err
	}
	return s.settle(ctx, ofShipping, h.Lagging, s.behindMail(h))
}

// settle holds an alarm to whether there is a reason for it.
func (s *Store) settle(ctx context.Context, about About, reason bool, m mail.Message) error {
	if !reason {
		return s.db.Keep(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update backup_alarms set ended_at = $1 where about = $2 and ended_at is null`, tx.Now(), string(about))
			return err
		})
	}
	to, err := s.caretakers(ctx)
	if err != nil {
		return err
	}
	told := false
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		if told, err = due(ctx, tx, about); err != nil || !told {
			return err
		}
		for _, m.To = range to {
			if err := s.outbox.Queue(ctx, tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && told {
		s.outbox.Wake()
	}
	return err
}

// due begins an alarm, or finds that the last letter about it is a day old. It
// is false where another program has just told.
func due(ctx context.Context, tx *db.Tx, about About) (bool, error) {
	var id string
	var told asye.Instant
	err := tx.QueryRow(ctx, `select id, told_at from backup_alarms where about = $1 and ended_at is null`, string(about)).Scan(&id, &told)
	if errors.Is(err, sql.ErrNoRows) {
		return one(tx.Exec(ctx, `
			insert into backup_alarms (id, about, began_at, told_at) values ($1, $2, $3, $3) on conflict do nothing`,
			tx.NewID(), string(about), tx.Now()))
	}
	if err != nil || told.After(tx.Now().Add(-again)) {
		return false, err
	}
	return one(tx.Exec(ctx, `update backup_alarms set told_at = $1 where id = $2 and told_at = $3`, tx.Now(), id, told))
}

func one(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// caretakers are the addresses of the administrators who look after the whole
// service: those of the national body, and of whoever set it up.
func (s *Store) caretakers(ctx context.Context) ([]string, error) {
	today := clock.Today(s.db.Clock())
	rows, err := s.db.Query(ctx, `
		select distinct p.email from people p
		join memberships m on m.person_id = p.id join organisations o on o.id = m.org_id
		where m.role = 'administrator' and m.starts_on <= $1 and (m.ends_on is null or m.ends_on > $1)
			and p.email is not null and p.disabled_at is null
			and (o.type = 'national' or exists (select 1 from setup_codes c where c.org_id = o.id and c.used_at is not null))
		order by 1`, today)
	return db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var address string
		err := rows.Scan(&address)
		return address, err
	})
}
