// Package engine opens pools of connections to SQLite and PostgreSQL. Each
// connection is asked for its settings as it opens, and is of no use where one
// is wrong (DUR-2): pools open connections late and by themselves, so a look at
// the first one proves little.
package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"modernc.org/sqlite"
)

// oldestSQLite is the first release without the fault that could spoil a file
// in WAL mode when two connections write or checkpoint at once (3.7.0 to
// 3.51.2; sqlite.org/wal.html, "The WAL-Reset Bug").
var oldestSQLite = [3]int{3, 51, 3}

// Pragma is one setting of a connection to SQLite: the name, what is asked for,
// and what the engine then says.
type Pragma struct{ Name, Set, Says string }

// pragmas are what every connection to SQLite must have (DUR-2). The first
// comes first, since the others may have to wait for a lock.
var pragmas = []Pragma{
	{"busy_timeout", "5000", "5000"}, // another process, like an import, is waited for, and not for ever
	{"journal_mode", "wal", "wal"},   // reading goes on while something is written
	{"synchronous", "full", "2"},     // a commit is on the disk before it is acknowledged; normal loses the last at a power cut
	{"foreign_keys", "1", "1"},
	{"secure_delete", "1", "1"},                    // nothing is left in the file of what was deleted
	{"trusted_schema", "0", "0"},                   // a file that somebody has tampered with runs no function from its schema
	{"cell_size_check", "1", "1"},                  // a damaged page is found when it is read, not when it is written back
	{"mmap_size", "0", "0"},                        // a stray pointer or a failing disk cannot reach the file past the engine
	{"wal_autocheckpoint", "1000", "1000"},         // the log is folded into the file every 4 MB
	{"journal_size_limit", "67108864", "67108864"}, // and given back to the disk where a long reader let it grow: 64 MB stay
	{"cache_size", "-16000", "-16000"},             // 16 MB for each connection
}

// With are the settings of every connection, with one more, or another value.
func With(name, value string) []Pragma {
	all := slices.DeleteFunc(slices.Clone(pragmas), func(p Pragma) bool { return p.Name == name })
	return append(all, Pragma{name, value, value})
}

// SQLite is a pool of connections to a file, which opens none yet. mode is what
// the driver is told besides, as in the query of an address.
func SQLite(path, mode string, all []Pragma) (*sql.DB, error) {
	base, err := sqlite.NewConnector(sqliteDSN(path, mode, all))
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(checked{base, all}), nil
}

// FileURI is the address of a file for SQLite.
func FileURI(path string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}).String()
}

func sqliteDSN(path, mode string, all []Pragma) string {
	dsn := FileURI(path) + "?" + mode
	for _, p := range all {
		dsn += "&_pragma=" + p.Name + "(" + p.Set + ")"
	}
	return dsn
}

// checked opens connections that have every setting, or none.
type checked struct {
	driver.Connector
	pragmas []Pragma
}

// Connect opens a connection and asks it for its settings.
func (c checked) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("the database file cannot be opened: %w", err)
	}
	if err := c.check(ctx, conn); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func (c checked) check(ctx context.Context, conn driver.Conn) error {
	version, err := ask(ctx, conn, "select sqlite_version()")
	if err != nil {
		return err
	}
	if tooOld(version) {
		return fmt.Errorf("SQLite %s is too old: before %d.%d.%d it can spoil a database. Build asye with a newer modernc.org/sqlite",
			version, oldestSQLite[0], oldestSQLite[1], oldestSQLite[2])
	}
	for _, p := range c.pragmas {
		got, err := ask(ctx, conn, "pragma "+p.Name)
		if err != nil {
			return err
		}
		if got != p.Says {
			return fmt.Errorf("SQLite has %s=%s here where asye needs %s, and could lose or spoil records. "+
				"Put the file on a local disk that nobody else has changed", p.Name, got, p.Says)
		}
	}
	return nil
}

// ask reads one value from a connection that is in no pool yet.
func ask(ctx context.Context, conn driver.Conn, query string) (string, error) {
	asker, ok := conn.(driver.QueryerContext)
	if !ok {
		return "", fmt.Errorf("the SQLite driver does not answer %q", query)
	}
	rows, err := asker.QueryContext(ctx, query, nil)
	if err != nil {
		return "", fmt.Errorf("the database file cannot be opened: %w", err)
	}
	defer rows.Close()
	value := make([]driver.Value, 1)
	if err := rows.Next(value); err != nil && err != io.EOF {
		return "", fmt.Errorf("the database file cannot be opened: %w", err)
	}
	return fmt.Sprint(value[0]), nil
}

// tooOld judges the version of the library that is linked in, like 3.51.3.
func tooOld(version string) bool {
	parts := strings.Split(version, ".")
	for i, want := range oldestSQLite {
		got := 0
		if i < len(parts) {
			got, _ = strconv.Atoi(parts[i]) // what is no number is too old
		}
		if got != want {
			return got < want
		}
	}
	return false
}
