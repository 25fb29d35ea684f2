package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"time"
)

// hold is PostgreSQL's lock on the whole database, on a connection of its own.
type hold struct {
	stop func()
	done sync.WaitGroup
}

// grip is how a hold is taken: the SQL that tries.
type grip string

// One number for asye, and one for the schema that the tables lie in.
const (
	sharing     grip = "select pg_try_advisory_lock_shared(1634958693, hashtext(current_schema()))"
	exclusively grip = "select pg_try_advisory_lock(1634958693, hashtext(current_schema()))"
)

// regrip is how often the connection that holds the lock is looked at.
const regrip = 5 * time.Second

// Hold marks the database as in use until it is closed, so that a restore or a
// move keeps off. An open SQLite file is marked already.
func (d *DB) Hold(ctx context.Context) error {
	if d.dialect == SQLite {
		return nil
	}
	if err := d.take(ctx, sharing); errors.Is(err, ErrInUse) {
		return ErrTaken
	} else if err != nil {
		return err
	}
	return nil
}

func (d *DB) take(ctx context.Context, how grip) error {
	conn, err := d.grasp(ctx, how)
	if err != nil {
		return err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	d.hold = &hold{stop: stop}
	d.hold.done.Go(func() { d.keepHold(background, conn, how) })
	return nil
}

// grasp takes the lock on a connection of its own.
func (d *DB) grasp(ctx context.Context, how grip) (*sql.Conn, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	got := false
	if err := conn.QueryRowContext(ctx, string(how)).Scan(&got); err != nil {
		conn.Close()
		return nil, err
	}
	if !got {
		conn.Close()
		return nil, ErrInUse
	}
	return conn, nil
}

// keepHold takes the lock again when the server has lost it with the
// connection, as it does when it is restarted. The connection is thrown away at
// the end, and the lock with it.
func (d *DB) keepHold(ctx context.Context, conn *sql.Conn, how grip) {
	tick := time.NewTicker(regrip)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			if conn != nil {
				_ = conn.Raw(func(any) error { return driver.ErrBadConn })
				conn.Close()
			}
			return
		case <-tick.C:
		}
		if conn != nil && conn.PingContext(ctx) == nil {
			continue
		}
		if conn != nil {
			conn.Close()
		}
		conn, _ = d.grasp(ctx, how) // the next tick tries again
	}
}

// letGo gives the lock back.
func (d *DB) letGo() {
	if d.hold != nil {
		d.hold.stop()
		d.hold.done.Wait()
		d.hold = nil
	}
}
