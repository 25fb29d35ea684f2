package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// oldestPostgres is the first release of PostgreSQL that we test on, as
// server_version_num gives it.
const oldestPostgres = 150000

var errAddress = errors.New("the database address cannot be read: write it like postgres://user@host/name")

// connectPatience is how long a connection may take to come about where the
// address does not say.
const connectPatience = 5 * time.Second

// Postgres is a pool of connections to the server at an address, which opens
// none yet. doubt is told what may be right and cannot be judged from here.
func Postgres(address string, doubt func(string)) (*sql.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errAddress
	}
	unlessSaid(config.RuntimeParams, "timezone", "UTC")
	unlessSaid(config.RuntimeParams, "jit", "off") // our statements are short: they are not worth compiling
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectPatience
	}
	// A server whose machine has gone is noticed after half a minute of silence.
	dialer := net.Dialer{Timeout: config.ConnectTimeout,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	config.DialFunc = dialer.DialContext
	judged := func(ctx context.Context, conn *pgx.Conn) error {
		p, err := judge(ctx, conn)
		if err != nil {
			conn.Close(ctx)
			return err
		}
		if text := p.doubt(); text != "" {
			doubt(text)
		}
		return nil
	}
	pool := sql.OpenDB(stdlib.GetConnector(*config, stdlib.OptionAfterConnect(judged)))
	return pool, nil
}

func unlessSaid(settings map[string]string, name, value string) {
	for said := range settings {
		if strings.EqualFold(said, name) {
			return
		}
	}
	settings[name] = value
}

// promises is what a PostgreSQL server says of itself as a connection opens.
type promises struct {
	version              int
	commit, fsync, whole string
	throwaway            string
}

// judge looks at a connection as it opens, and says what is wrong with one on
// which a record could be lost. The setting that it finds is pinned to the
// connection, so that nobody turns it off under our feet.
func judge(ctx context.Context, conn *pgx.Conn) (p promises, err error) {
	ctx, done := context.WithTimeout(ctx, connectPatience)
	defer done()
	err = conn.QueryRow(ctx, `select current_setting('server_version_num')::int,
		set_config('synchronous_commit', current_setting('synchronous_commit'), false), current_setting('fsync'),
		current_setting('full_page_writes'), coalesce(current_setting('asye.throwaway', true), '')`,
		pgx.QueryExecModeExec).
		Scan(&p.version, &p.commit, &p.fsync, &p.whole, &p.throwaway)
	if err == nil {
		err = p.refusal()
	}
	return p, err
}

// refusal says why a server cannot be trusted with records; nil when it can.
func (p promises) refusal() error {
	switch {
	case p.version < oldestPostgres:
		return fmt.Errorf("PostgreSQL %d is too old: asye needs release 15 or later", p.version/10000)
	case p.commit == "off":
		return errors.New("PostgreSQL has synchronous_commit=off here, and would lose what it has acknowledged when it stops. " +
			"Turn it on for this server, this database and this user")
	case p.fsync == "off" && p.throwaway != "yes":
		return errors.New("PostgreSQL has fsync=off here, and would lose the database when the machine stops. Turn it on. " +
			"A server for tests, whose data may go, says so with asye.throwaway=yes in its own settings")
	}
	return nil
}

// doubt is what may be right and that we cannot know; empty for nothing.
func (p promises) doubt() string {
	if p.whole == "off" && p.throwaway != "yes" {
		return "PostgreSQL has full_page_writes=off here. That is right only on a file system that never writes half a page, such as ZFS; " +
			"on any other, a power cut can spoil the database in silence"
	}
	return ""
}
